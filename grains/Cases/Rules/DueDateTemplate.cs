using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>
/// <c>dueDate</c>: what began ends on a date that was told with it, such as a freeze or a loan; warn at the leads, violated after.
/// A later beginning ends the run before it: the freeze was renewed.
/// </summary>
/// <param name="due">The field with the last day.</param>
/// <param name="otherwise">How long it lasts where no last day was told; where none applies either, nothing is looked for.</param>
internal sealed class DueDateTemplate(string rule, Trigger[] start, string due, (Predicate When, Period Length)[] otherwise, Trigger[] stop) : IRuleTemplate
{
    private static readonly Period SameDay = new(0, PeriodUnit.Days);

    private readonly ClockBinding _binding = new()
    {
        Id = rule,
        Length = SameDay,
        Clock = Clock.Custody,
        CaseTypes = [],
        PerSuspect = false,
        Runs = Runs.Rounds,
        Gate = CustodyGate.None,
        Start = start,
        Stop = stop,
        Early = false,
    };

    public IEnumerable<Trigger> Evidence => stop;

    public EventSet Grounds(Catalogue catalogue)
    {
        var set = default(EventSet);
        set.Add(start);
        return set;
    }

    public static DueDateTemplate Read(Yaml yaml, string rule)
    {
        yaml.Only("per", "start", "due", "otherwise", "stop");
        return new DueDateTemplate(
            rule,
            Trigger.ReadList(yaml.Need("start")),
            string.Intern(yaml.Need("due").Text),
            [.. (yaml.Get("otherwise")?.Items ?? []).Select(v => (PredicateReader.Read(v.Need("when")), PredicateReader.PeriodOf(v.Need("length"))))],
            Trigger.ReadList(yaml.Need("stop")));
    }

    public void Look(Rule rule, Looking at)
    {
        var begun = 0;
        CaseEvent? running = null;
        Due last = default;
        DateTimeOffset from = default;
        foreach (var e in at.State.Events)
        {
            if (Matching(start, at, e) is not { } began || LastDay(at, e, began) is not { } day) continue;
            if (running is not null) Follow(rule, at, running, last, from, e, ++begun);
            (running, from) = (e, CaseState.InstantOf(e, began.DateField));
            last = LimitClock.Compute(new LimitTerm { Start = LegalTime.StartOf(day), Length = SameDay, Clock = Clock.Custody }, at.Calendar);
        }

        if (running is not null) Follow(rule, at, running, last, from, null, ++begun);
    }

    private void Follow(Rule rule, Looking at, CaseEvent began, Due end, DateTimeOffset from, CaseEvent? renewed, int number)
    {
        CaseEvent? ending = renewed;
        foreach (var e in at.State.Events)
        {
            if (e.Time < began.Time || e == began || Matching(stop, at, e) is null) continue;
            if (ending is null || e.Time < ending.Time) ending = e;
            break;
        }

        // What was told late of a time gone by is known from when it was told.
        if (from < began.Time) from = began.Time;
        var startDay = LegalTime.DateOf(from);
        var clock = new ClockInstance
        {
            Binding = _binding,
            Suspect = null,
            Instance = number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Trigger = began,
            Start = from,
            AppliesFrom = from,
            Clock = Clock.Custody,
            Due = end,
            Length = new Period(Math.Max(0, end.DueOn.DayNumber - startDay.DayNumber), PeriodUnit.Days),
            EndEvent = ending,
            EndedAt = ending?.Time,
            Stopped = renewed is not null && ending == renewed,
        };
        at.Follow(rule, clock, clock.Whole, clock.Instance);
    }

    private DateOnly? LastDay(Looking at, CaseEvent e, Trigger began)
    {
        if (e.Data[due].Date is { } told) return told;
        foreach (var (when, length) in otherwise)
        {
            if (when(new Scope(at.State, at.Calendar, e))) return length.AddTo(LegalTime.DateOf(CaseState.InstantOf(e, began.DateField)));
        }

        return null;
    }

    private static Trigger? Matching(Trigger[] triggers, Looking at, CaseEvent e)
    {
        foreach (var trigger in triggers)
        {
            if (trigger.Ordinal == e.Ordinal && trigger.Matches(new Scope(at.State, at.Calendar, e))) return trigger;
        }

        return null;
    }
}
