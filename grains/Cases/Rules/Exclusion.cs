using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>
/// Time that a limit leaves out: from one event until another. While it lasts the limit stands still, for nobody knows yet how much is left out;
/// when it is over, its days are added.
/// </summary>
internal sealed class Exclusion(Trigger[] from, Trigger[] until)
{
    public Trigger[] From => from;

    /// <summary>The time left out for a suspect. For the whole case only what every suspect has left out: the case expires at its earliest member.</summary>
    public static List<Interval> Intervals(Exclusion[] exclusions, CaseState state, HolidayCalendar calendar, SuspectState? suspect)
    {
        if (suspect is not null || state.Suspects.Count == 0) return Own(exclusions, state, calendar, suspect);
        List<Interval>? common = null;
        foreach (var one in state.Suspects)
        {
            var own = Own(exclusions, state, calendar, one);
            common = common is null ? own : Intersect(common, own);
        }

        return common!;
    }

    private static List<Interval> Own(Exclusion[] exclusions, CaseState state, HolidayCalendar calendar, SuspectState? suspect)
    {
        var intervals = new List<Interval>();
        foreach (var exclusion in exclusions) exclusion.Gather(state, calendar, suspect, intervals);
        return intervals;
    }

    private void Gather(CaseState state, HolidayCalendar calendar, SuspectState? suspect, List<Interval> into)
    {
        foreach (var trigger in from)
        {
            foreach (var e in state.Of(trigger.Ordinal))
            {
                if (!Tells(trigger, state, calendar, suspect, e)) continue;
                var begins = CaseState.InstantOf(e, trigger.DateField);
                into.Add(new Interval(e, begins, End(state, calendar, suspect, begins)));
            }
        }
    }

    private DateTimeOffset? End(CaseState state, HolidayCalendar calendar, SuspectState? suspect, DateTimeOffset begins)
    {
        DateTimeOffset? first = null;
        foreach (var trigger in until)
        {
            foreach (var e in state.Of(trigger.Ordinal))
            {
                var at = CaseState.InstantOf(e, trigger.DateField);
                if (at >= begins && !(first <= at) && Tells(trigger, state, calendar, suspect, e)) first = at;
            }
        }

        return first;
    }

    private static bool Tells(Trigger trigger, CaseState state, HolidayCalendar calendar, SuspectState? suspect, CaseEvent e) =>
        (suspect is null || Trigger.Concerns(e, suspect)) && trigger.Matches(new Scope(state, calendar, e, suspect));

    private static List<Interval> Intersect(List<Interval> left, List<Interval> right)
    {
        var both = new List<Interval>();
        foreach (var a in left)
        {
            foreach (var b in right)
            {
                var later = a.Begins >= b.Begins ? a : b;
                var ends = a.Ends is { } x && b.Ends is { } y ? (x < y ? x : y) : a.Ends ?? b.Ends;
                if (!(ends <= later.Begins)) both.Add(later with { Ends = ends });
            }
        }

        return both;
    }

    /// <summary>A stretch of time left out.</summary>
    /// <param name="Event">What began it.</param>
    /// <param name="Ends">Null while it lasts.</param>
    internal readonly record struct Interval(CaseEvent Event, DateTimeOffset Begins, DateTimeOffset? Ends)
    {
        /// <summary>The days left out, at the latest until the clock ended.</summary>
        public ExcludedSpan? Days(DateTimeOffset? clockEnded)
        {
            if ((Ends ?? clockEnded) is not { } ends) return null;
            var (first, last) = (LegalTime.DateOf(Begins), LegalTime.DateOf(ends));
            return first < last ? new ExcludedSpan(first, last) : null;
        }
    }
}
