using System.Globalization;
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
        var starts = ClockPool.Own.Starts;
        starts.Clear();
        FindStarts(state, calendar, suspect, starts);
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

    /// <summary>Everything that starts a run, in time order.</summary>
    private void FindStarts(CaseState state, HolidayCalendar calendar, SuspectState? suspect, List<StartPoint> starts)
    {
        foreach (var trigger in Start)
        {
            if (trigger.Measures is not null)
            {
                var spans = suspect is null ? default : suspect.Measures;
                for (var i = 0; i < spans.Length; i++)
                {
                    var span = spans[i];
                    if (span.From > state.Now || !trigger.Begins(spans, i)) continue;
                    if (trigger.Matches(new Scope(state, calendar, span.Event, suspect))) starts.Add(new StartPoint(span.Event, span.From, span.From));
                }

                continue;
            }

            foreach (var e in state.Of(trigger.Ordinal))
            {
                if (suspect is not null && !Trigger.Concerns(e, suspect)) continue;
                if (trigger.Matches(new Scope(state, calendar, e, suspect))) starts.Add(new StartPoint(e, e.Time, CaseState.InstantOf(e, trigger.DateField)));
            }
        }

        if (starts.Count > 1) Sort(starts, state.Events);
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
        var (baseDue, clock, custody) = Settle(state, calendar, suspect, term, endAt);
        var due = baseDue;
        ClockExtension[] extensions = [];
        for (var next = 0; Extend is not null && extensions.Length < ExtendBy.Length;)
        {
            if (FindExtension(state, calendar, suspect, startAt, endAt, due, ref next) is not { } found) break;
            term = term with { Extensions = ExtendBy[..(extensions.Length + 1)] };
            (due, clock, custody) = Settle(state, calendar, suspect, term, endAt);
            extensions = [.. extensions, new ClockExtension(found, CaseState.InstantOf(found, Extend.DateField), due)];
        }

        var instance = ClockPool.Own.Take();
        instance.Binding = this;
        instance.Suspect = suspect;
        instance.Instance = Runs == Runs.Rounds ? RoundName(number + EarlierRounds(state, calendar, start, suspect)) : number.ToString(CultureInfo.InvariantCulture);
        instance.Trigger = start;
        instance.Start = startAt;
        instance.AppliesFrom = appliesFrom;
        instance.Clock = clock;
        instance.Due = due;
        instance.Length = length;
        instance.Adjusted = extensions.Length == 0 && excluded.Count == 0 ? null : new ClockAdjustments(baseDue, excluded, extensions);
        instance.EndEvent = end;
        instance.EndedAt = endAt;
        instance.Stopped = stops;
        instance.Custody = custody;
        return instance;
    }

    private static readonly string[] Rounds = [.. Enumerable.Range(0, 10).Select(i => $"round-{i}")];

    private static string RoundName(int number) => number < Rounds.Length ? Rounds[number] : string.Create(CultureInfo.InvariantCulture, $"round-{number}");

    /// <summary>Computes the due date under the clock that governs at its end: a period of somebody in custody never rolls.</summary>
    private (Due Due, Clock Clock, bool Custody) Settle(CaseState state, HolidayCalendar calendar, SuspectState? suspect, in LimitTerm term, DateTimeOffset? endAt)
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
        Span<bool> few = stackalloc bool[32];
        foreach (var trigger in Stop)
        {
            var uncovered = trigger.Cover && suspect is null ? state.Suspects.Count : 0;
            Span<bool> covered = uncovered <= few.Length ? few[..uncovered] : new bool[uncovered];
            covered.Clear();
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
