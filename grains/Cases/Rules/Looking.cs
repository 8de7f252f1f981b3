using Cluster.Cases.Assessment;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>One look of the rules at a case: what they see, and where they put what they find.</summary>
internal sealed class Looking(CaseState state, HolidayCalendar calendar)
{
    private ItemLook[]? _items;

    public CaseState State { get; } = state;

    public HolidayCalendar Calendar { get; } = calendar;

    public List<Finding> Findings { get; } = [];

    /// <summary>The items of case property, each with the case as far as it concerns it.</summary>
    public ItemLook[] Items => _items ??= ItemLook.Of(this);

    /// <summary>The next instant at which the assessment changes by time alone; null if none.</summary>
    public DateTimeOffset? NextChange { get; private set; }

    public void ChangesAt(DateTimeOffset instant)
    {
        if (instant > State.Now && !(NextChange <= instant)) NextChange = instant;
    }

    /// <summary>Lets a rule look. One that fails on a case is silent there, and neither keeps the others from looking nor anybody from recording it.</summary>
    public void Look(Rule rule)
    {
        var first = Findings.Count;
        try
        {
            rule.Template.Look(rule, this);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Findings.RemoveRange(first, Findings.Count - first);
            // It may have gone while it was gathering clocks, which are not for the next rule.
            ClockPool.Own.Clocks.Clear();
            (Failed ??= []).Add(rule.Id);
        }
    }

    /// <summary>Lets rules of an office look.</summary>
    public void LookCarefully(IEnumerable<Ground<Rule>> rules)
    {
        var known = new HashSet<(string?, string, string, string)>(Findings.Select(f => (f.Rule.Trial, f.Rule.Id, f.Subject, f.Instance)));
        foreach (var (needs, rule) in rules)
        {
            if (!needs.Meets(State.Happened)) continue;
            var first = Findings.Count;
            Look(rule);
            // An act judged by this version and another by the one before may bear the same number.
            for (var i = first; i < Findings.Count; i++)
            {
                var finding = Findings[i];
                if (!known.Add((finding.Rule.Trial, finding.Rule.Id, finding.Subject, finding.Instance))) Findings[i] = finding.Numbered($"{finding.Instance}/v{rule.Publication?.Version ?? 0}");
            }
        }
    }

    public void Fail(IReadOnlyList<string> rules)
    {
        if (rules.Count > 0) (Failed ??= []).AddRange(rules);
    }

    /// <summary>Rules that failed on this case; null if none.</summary>
    public List<string>? Failed { get; private set; }

    /// <summary>Finds what a clock means for a rule: warnings at its leads, the violation once it has run out.</summary>
    /// <param name="phase">The due date to follow; it ends when there is nothing left to warn of.</param>
    public void Follow(Rule rule, ClockInstance clock, in ClockPhase phase, RunName instance, string? detail = null)
    {
        var (due, from, ended, ending) = phase;
        if (!rule.InForceOn(LegalTime.DateOf(clock.Start))) return;
        // A date told ahead, such as a receipt registered for tomorrow, takes effect when it comes.
        if (ended is { } end) ChangesAt(end);
        var steps = new Steps(from, ended, State.Now);
        for (var i = 0; i < rule.Leads.Length; i++)
        {
            steps.Add(WarningLevel(i, rule.Leads.Length), LeadAt(due, clock.Clock, rule.Leads[i]), this);
        }

        steps.Add(clock.Custody && rule.CustodyLevel is { } graver ? graver : rule.Level, due.ExpiresAt, this);
        if (steps.Count == 0) return;
        clock.Kept = true;
        Findings.Add(new Finding
        {
            Rule = rule,
            Subject = clock.Subject,
            Instance = instance.ToString(),
            Steps = steps.ToArray(),
            ClearedAt = ended <= State.Now ? ended : null,
            Clock = clock,
            OfDue = due,
            Evidence = ended <= State.Now && ending is not null && ending != clock.Trigger ? [clock.Trigger, ending] : [clock.Trigger],
            Detail = detail,
        });
    }

    /// <summary>The first lead warns at W1, the second at W2, the last at W3; a single one at W3.</summary>
    public static string WarningLevel(int index, int count) => index == count - 1 ? "W3" : index == 0 ? "W1" : "W2";

    /// <summary>From 00:00 of the due date minus the lead; for hour limits from the instant.</summary>
    public DateTimeOffset LeadAt(Due due, Clock clock, Period lead) => lead.Unit switch
    {
        PeriodUnit.Hours => due.DueAt.AddHours(-lead.Amount),
        PeriodUnit.WorkingDays => LegalTime.StartOf(WorkingDaysBefore(due.DueOn, lead.Amount)),
        _ => LegalTime.StartOf(due.DueOn.AddDays(-lead.Amount)),
    };

    private DateOnly WorkingDaysBefore(DateOnly date, int days)
    {
        while (days > 0)
        {
            date = date.AddDays(-1);
            if (Calendar.IsWorkingDay(date)) days--;
        }

        return date;
    }

    /// <summary>Collects the levels reached by now; one that comes with a graver one at the same instant is passed over.</summary>
    private struct Steps(DateTimeOffset from, DateTimeOffset? ended, DateTimeOffset now)
    {
        private LevelStep _0, _1, _2, _3, _4;

        public int Count { get; private set; }

        public void Add(string level, DateTimeOffset at, Looking looking)
        {
            if (at < from) at = from;
            if (ended <= at) return;
            if (at > now)
            {
                looking.ChangesAt(at);
                return;
            }

            if (Count > 0 && Get(Count - 1).At == at) Count--;
            Set(Count++, new LevelStep(level, at));
        }

        public readonly LevelStep[] ToArray()
        {
            var result = new LevelStep[Count];
            for (var i = 0; i < Count; i++) result[i] = Get(i);
            return result;
        }

        private readonly LevelStep Get(int i) => i switch { 0 => _0, 1 => _1, 2 => _2, 3 => _3, _ => _4 };

        private void Set(int i, LevelStep step)
        {
            switch (i)
            {
                case 0: _0 = step; break;
                case 1: _1 = step; break;
                case 2: _2 = step; break;
                case 3: _3 = step; break;
                default: _4 = step; break;
            }
        }
    }
}

/// <summary>The name of a run, put together only when there is something to say of it.</summary>
/// <param name="Of">What it is a run of, where one rule follows several limits or documents.</param>
/// <param name="Extension">How many extensions went before its due date.</param>
internal readonly record struct RunName(string? Of, string Instance, int Extension)
{
    public static implicit operator RunName(string instance) => new(null, instance, 0);

    public override string ToString() => (Of, Extension) switch
    {
        (null, 0) => Instance,
        (null, _) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Instance}/extended-{Extension}"),
        (_, 0) => $"{Of}/{Instance}",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Of}/{Instance}/extended-{Extension}"),
    };
}
