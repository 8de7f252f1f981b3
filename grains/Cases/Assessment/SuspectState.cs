using System.Runtime.InteropServices;
using Cluster.Cases.Events;

namespace Cluster.Cases.Assessment;

/// <summary>A coercive measure (强制措施) from the instant it took hold until the next one does.</summary>
internal readonly record struct MeasureSpan(string Kind, DateTimeOffset From, string? Organ, CaseEvent Event)
{
    /// <summary>在押: detained or arrested.</summary>
    public bool Custody => Kind is "detention" or "arrest";
}

/// <summary>A suspect or an accused unit, as the events tell.</summary>
internal sealed class SuspectState(string number, EventData? entry)
{
    private List<MeasureSpan>? _measures;

    public string Number { get; } = number;

    /// <summary>The entry of <c>case.accepted</c>; null for a suspect only later events name.</summary>
    public EventData? Entry { get; } = entry;

    public DateOnly? BirthDate { get; } = entry?["birthDate"].Date;

    public bool IsUnit { get; } = entry?["unit"].True ?? false;

    public ReadOnlySpan<MeasureSpan> Measures => CollectionsMarshal.AsSpan(_measures);

    /// <summary>When a defender was first on record; null if never.</summary>
    public DateTimeOffset? DefendedFrom { get; set; }

    public void Take(MeasureSpan span)
    {
        _measures ??= new List<MeasureSpan>(2);
        var at = _measures.Count;
        while (at > 0 && _measures[at - 1].From > span.From) at--;
        _measures.Insert(at, span);
    }

    public MeasureSpan? MeasureAt(DateTimeOffset instant)
    {
        // The last that has begun. Asked for every act and every day of every clock, so a long list is not walked each time.
        var spans = Measures;
        var (begun, end) = (0, spans.Length);
        while (begun < end)
        {
            var middle = (begun + end) / 2;
            if (spans[middle].From <= instant) begun = middle + 1;
            else end = middle;
        }

        return begun > 0 ? spans[begun - 1] : null;
    }

    public bool InCustodyAt(DateTimeOffset instant) => MeasureAt(instant)?.Custody ?? false;

    /// <summary>Under 18 on a date; a birthday counts as reached on the day after it (D20).</summary>
    public bool IsMinorOn(DateOnly date) => BirthDate is { } birth && date <= birth.AddYears(18);
}
