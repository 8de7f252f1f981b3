using System.Globalization;
using System.Text.Json.Nodes;

namespace Cluster.Api.Demo;

/// <summary>Order of the steps of one case that fall on the same day.</summary>
internal enum Step
{
    Intake,
    Notice,
    Defence,
    PleaNotice,
    Interrogation,
    Opinion,
    Measure,
    Plea,
    Papers,
    Extension,
    Return,
    AfterReturn,
    Check,
    Decision,
    AfterDecision,
    CourtAccepted,
    CourtMeasure,
    CourtResumed,
    CourtOpened,
    CourtAdjourned,
    Judgment,
    Effective,
    Closed,
    Archived,
}

/// <summary>The events of one case as they are written down, then laid into office hours.</summary>
internal sealed class CaseLine(string subject, string source, string idPrefix, DemoDice dice)
{
    private const int Opening = 8 * 3600 + 1800;
    private const int Closing = 17 * 3600 + 1800;
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);

    private readonly List<(DateOnly Day, Step Step, string Type, JsonObject Data)> _steps = new(64);

    public void Add(DateOnly day, Step step, string type, string origin, JsonObject data)
    {
        data["origin"] = origin;
        _steps.Add((day, step, type, data));
    }

    /// <summary>The events in order. Those of one day follow each other between 08:30 and 17:30.</summary>
    public void Write(List<DemoEvent> events)
    {
        var order = Enumerable.Range(0, _steps.Count).ToArray();
        Array.Sort(order, (a, b) =>
        {
            var byDay = _steps[a].Day.CompareTo(_steps[b].Day);
            if (byDay != 0)
                return byDay;
            var byStep = _steps[a].Step.CompareTo(_steps[b].Step);
            return byStep != 0 ? byStep : a.CompareTo(b);
        });

        for (var i = 0; i < order.Length;)
        {
            var day = _steps[order[i]].Day;
            var end = i;
            while (end < order.Length && _steps[order[end]].Day == day)
                end++;
            var slot = (Closing - Opening) / (double)(end - i);
            for (var n = i; n < end; n++)
            {
                var second = Opening + (int)(((n - i) + dice.Unit(idPrefix, n)) * slot);
                var time = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue).AddSeconds(second), Shanghai);
                var (_, _, type, data) = _steps[order[n]];
                events.Add(new DemoEvent(subject, source, string.Create(CultureInfo.InvariantCulture, $"{idPrefix}-{n + 1:000}"), type, time, data));
            }
            i = end;
        }
    }
}
