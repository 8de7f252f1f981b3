using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules;

internal sealed partial class ClockBinding
{
    public void Run(CaseState state, HolidayCalendar calendar, List<ClockInstance> into)
    {
        if (!PerSuspect)
        {
            Run(state, calendar, null, into);
            return;
        }

        foreach (var suspect in state.Suspects) Run(state, calendar, suspect, into);
    }

    private void Run(CaseState state, HolidayCalendar calendar, SuspectState? suspect, List<ClockInstance> into)
    {
        var starts = Starts(state, calendar, suspect);
        if (starts is null) return;
        for (var i = 0; i < starts.Count; i++)
        {
            var restart = Runs == Runs.Rounds && i + 1 < starts.Count ? starts[i + 1] : (StartPoint?)null;
            if (Build(state, calendar, suspect, starts[i], i + 1, restart) is { } instance) into.Add(instance);
            if (Runs == Runs.Once) return;
        }
    }

    private int EarlierRounds(CaseState state, HolidayCalendar calendar, CaseEvent start, SuspectState? suspect)
    {
        foreach (var (when, first) in NumberFrom)
        {
            if (when(new Scope(state, calendar, start, suspect))) return first - 1;
        }

        return 0;
    }

    private readonly record struct StartPoint(CaseEvent Event, DateTimeOffset Order, DateTimeOffset At);

    /// <summary>Everything that starts a run, in time order; null if nothing does.</summary>
    private List<StartPoint>? Starts(CaseState state, HolidayCalendar calendar, SuspectState? suspect)
    {
        List<StartPoint>? starts = null;
        foreach (var trigger in Start)
        {
            if (trigger.Measures is not null)
            {
                for (var i = 0; i < suspect?.Measures.Count; i++)
                {
                    var span = suspect.Measures[i];
                    if (span.From > state.Now || !trigger.Begins(suspect.Measures, i)) continue;
                    if (trigger.Matches(new Scope(state, calendar, span.Event, suspect))) (starts ??= []).Add(new StartPoint(span.Event, span.From, span.From));
                }

                continue;
            }

            foreach (var e in state.Of(trigger.Ordinal))
            {
                if (suspect is not null && !Trigger.Concerns(e, suspect)) continue;
                if (trigger.Matches(new Scope(state, calendar, e, suspect))) (starts ??= []).Add(new StartPoint(e, e.Time, CaseState.InstantOf(e, trigger.DateField)));
            }
        }

        if (starts?.Count > 1) Sort(starts, state.Events);
        return starts;
    }

    private static void Sort(List<StartPoint> starts, CaseEvent[] events) => starts.Sort((x, y) =>
        x.Order != y.Order ? x.Order.CompareTo(y.Order) : Array.IndexOf(events, x.Event).CompareTo(Array.IndexOf(events, y.Event)));

    private ClockInstance? Build(
        CaseState state, HolidayCalendar calendar, SuspectState? suspect, StartPoint point, int number, StartPoint? restart)
    {
        var (start, order, startAt) = point;
        var floor = Clock == Law.Clock.Hours ? startAt : LegalTime.StartOf(LegalTime.DateOf(startAt));
        // A later run is not met by what ended the run before it on the same day.
        if (number > 1 && floor < order) floor = order < startAt ? order : startAt;
        var (end, endAt, stops) = FirstStop(state, calendar, suspect, Early ? DateTimeOffset.MinValue : floor);
        if (endAt < startAt) endAt = startAt;
        if (restart is { } again && (endAt is null || again.At < endAt)) (end, endAt, stops) = (again.Event, again.At, true);

        var appliesFrom = startAt;
        if (Gate != CustodyGate.None)
        {
            var wanted = Gate == CustodyGate.InCustody;
            if (state.CustodyFrom(suspect, startAt, wanted) is not { } from || (endAt is { } e && from > e)) return null;
            appliesFrom = from;
            if (state.CustodyFrom(suspect, from, !wanted) is { } until && (endAt is null || until < endAt))
            {
                // A clock that custody changed on its first day never governed.
                if (LegalTime.DateOf(until) == LegalTime.DateOf(startAt)) return null;
                (end, endAt, stops) = (null, until, true);
            }
        }

        var length = Length;
        foreach (var (when, variant) in Variants)
        {
            if (when(new Scope(state, calendar, start, suspect))) length = variant;
        }

        var excluded = ExcludesAppraisal ? Appraisals.Excluded(state, suspect) : [];
        if (ExcludesPriorDetention && PriorDetention.Excluded(state, suspect) is { Count: > 0 } detained) excluded = [.. excluded, .. detained];
        var term = new LimitTerm { Start = startAt, Length = length, Clock = Clock ?? Law.Clock.Custody, Excluded = excluded };
        var (baseDue, baseClock, custody) = Settle(state, calendar, suspect, term, endAt);
        var due = baseDue;
        List<ClockExtension>? extensions = null;
        term = term with { Clock = baseClock };
        for (var next = 0; Extend is not null && (extensions?.Count ?? 0) < ExtendBy.Length;)
        {
            if (FindExtension(state, calendar, suspect, startAt, endAt, due, ref next) is not { } found) break;
            term = term with { Extensions = [.. term.Extensions, ExtendBy[term.Extensions.Count]] };
            (due, baseClock, custody) = Settle(state, calendar, suspect, term, endAt);
            term = term with { Clock = baseClock };
            (extensions ??= []).Add(new ClockExtension(found, CaseState.InstantOf(found, Extend.DateField), due));
        }

        return new ClockInstance
        {
            Binding = this,
            Suspect = suspect,
            Instance = Runs == Runs.Rounds ? $"round-{number + EarlierRounds(state, calendar, start, suspect)}" : number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Trigger = start,
            Start = startAt,
            AppliesFrom = appliesFrom,
            Clock = baseClock,
            BaseDue = baseDue,
            Due = due,
            Term = term,
            Extensions = extensions is null ? [] : extensions,
            EndEvent = end,
            EndedAt = endAt,
            Stopped = stops,
            Custody = custody,
        };
    }

    /// <summary>Computes the due date under the clock that governs at its end: a period of somebody in custody never rolls.</summary>
    private (Due Due, Clock Clock, bool Custody) Settle(CaseState state, HolidayCalendar calendar, SuspectState? suspect, LimitTerm term, DateTimeOffset? endAt)
    {
        if (Clock is { } @fixed)
        {
            var own = LimitClock.Compute(term with { Clock = @fixed }, calendar);
            return (own, @fixed, @fixed == Law.Clock.Custody || InCustody(state, suspect, own.ExpiresAt, endAt));
        }

        var unrolled = LimitClock.Compute(term with { Clock = Law.Clock.Custody }, calendar);
        if (InCustody(state, suspect, unrolled.ExpiresAt, endAt)) return (unrolled, Law.Clock.Custody, true);
        return (LimitClock.Compute(term with { Clock = Law.Clock.Calendar }, calendar), Law.Clock.Calendar, false);
    }

    private static bool InCustody(CaseState state, SuspectState? suspect, DateTimeOffset expires, DateTimeOffset? endAt)
    {
        var at = expires.AddTicks(-1);
        if (at > state.Now) at = state.Now;
        if (endAt is { } end && end < at) at = end.AddTicks(-1);
        return suspect?.InCustodyAt(at) ?? state.InCustodyAt(at);
    }

    /// <param name="next">Where to look on among the events of the extension's type.</param>
    private CaseEvent? FindExtension(CaseState state, HolidayCalendar calendar, SuspectState? suspect, DateTimeOffset startAt, DateTimeOffset? endAt, Due due, ref int next)
    {
        var events = state.Of(Extend!.Ordinal);
        while (next < events.Length)
        {
            var e = events[next++];
            if (suspect is not null && !Trigger.Concerns(e, suspect)) continue;
            var at = CaseState.InstantOf(e, Extend.DateField);
            // An expired limit cannot be extended any more.
            if (e.Time < startAt || e.Time > endAt || at >= due.ExpiresAt) continue;
            if (Extend.Matches(new Scope(state, calendar, e, suspect))) return e;
        }

        return null;
    }

    /// <summary>When a stop that must cover every suspect first covered one of them; null if it has not.</summary>
    public DateTimeOffset? Covered(CaseState state, HolidayCalendar calendar, SuspectState suspect, DateTimeOffset floor)
    {
        DateTimeOffset? first = null;
        foreach (var trigger in Stop)
        {
            if (!trigger.Cover) continue;
            foreach (var e in state.Of(trigger.Ordinal))
            {
                var at = CaseState.InstantOf(e, trigger.DateField);
                if (at < floor || first <= at || !Trigger.Concerns(e, suspect) || !trigger.Matches(new Scope(state, calendar, e, suspect))) continue;
                first = at;
            }
        }

        return first;
    }

    private (CaseEvent? Event, DateTimeOffset? At, bool Stops) FirstStop(CaseState state, HolidayCalendar calendar, SuspectState? suspect, DateTimeOffset floor)
    {
        (CaseEvent?, DateTimeOffset?, bool) first = default;
        foreach (var trigger in Stop)
        {
            var uncovered = trigger.Cover && suspect is null ? state.Suspects.Count : 0;
            var covered = uncovered > 0 ? new bool[uncovered] : [];
            foreach (var e in state.Of(trigger.Ordinal))
            {
                var at = CaseState.InstantOf(e, trigger.DateField);
                if (at < floor) continue;
                if (suspect is not null && !Trigger.Concerns(e, suspect)) continue;
                if (!trigger.Matches(new Scope(state, calendar, e, suspect))) continue;
                for (var i = 0; i < covered.Length; i++)
                {
                    if (!covered[i] && Trigger.Concerns(e, state.Suspects[i]))
                    {
                        covered[i] = true;
                        uncovered--;
                    }
                }

                if (uncovered > 0) continue;
                if (first.Item2 is null || at < first.Item2) first = (e, at, trigger.Stops);
                break;
            }
        }

        return first;
    }
}
