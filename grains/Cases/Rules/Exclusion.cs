using Cluster.Cases.Assessment;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>Time that does not count into a limit: from one event until another.</summary>
internal sealed record Exclusion(Trigger[] From, Trigger[] Until)
{
    public static Exclusion Read(Yaml yaml)
    {
        yaml.Only("from", "until");
        return new Exclusion(Trigger.ReadList(yaml.Need("from")), Trigger.ReadList(yaml.Need("until")));
    }

    /// <summary>The spans left out, in time order. One that has not ended runs until now, or until the clock ended.</summary>
    public static List<ExcludedSpan> Spans(Exclusion[] exclusions, CaseState state, HolidayCalendar calendar, SuspectState? suspect, DateTimeOffset? endedAt)
    {
        var last = endedAt < state.Now ? endedAt.Value : state.Now;
        var spans = new List<ExcludedSpan>();
        foreach (var exclusion in exclusions)
        {
            foreach (var trigger in exclusion.From)
            {
                foreach (var e in state.Of(trigger.Ordinal))
                {
                    var at = CaseState.InstantOf(e, trigger.DateField);
                    if (at > last || !Speaks(trigger, e, state, calendar, suspect)) continue;
                    var until = exclusion.Ended(e, at, state, calendar, suspect) is { } ended && ended < last ? ended : last;
                    spans.Add(new ExcludedSpan(LegalTime.DateOf(at), LegalTime.DateOf(until)));
                }
            }
        }

        spans.Sort((a, b) => a.Until != b.Until ? a.Until.CompareTo(b.Until) : a.From.CompareTo(b.From));
        return spans;
    }

    private DateTimeOffset? Ended(Events.CaseEvent began, DateTimeOffset from, CaseState state, HolidayCalendar calendar, SuspectState? suspect)
    {
        DateTimeOffset? first = null;
        foreach (var trigger in Until)
        {
            foreach (var e in state.Of(trigger.Ordinal))
            {
                if (e.Time < began.Time || !Speaks(trigger, e, state, calendar, suspect)) continue;
                var at = CaseState.InstantOf(e, trigger.DateField);
                if (at < from) at = from;
                if (!(first <= at)) first = at;
            }
        }

        return first;
    }

    private static bool Speaks(Trigger trigger, Events.CaseEvent e, CaseState state, HolidayCalendar calendar, SuspectState? suspect) =>
        (suspect is null || Trigger.Concerns(e, suspect)) && trigger.Matches(new Scope(state, calendar, e, suspect));
}
