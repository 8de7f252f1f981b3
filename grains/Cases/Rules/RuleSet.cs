using Cluster.Cases.Assessment;
using Cluster.Cases.Rules.Cards;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>What looks at cases of one type.</summary>
/// <param name="Rules">Those that ship with the product; of a rule that an office replaced, the version before.</param>
/// <param name="Documents">The documents that its nodes ask for.</param>
internal sealed record RuleSet(Ground<ClockBinding>[] Clocks, Ground<Rule>[] Rules, DocumentChecklist Documents)
{
    // Checks of cards come last: some give way to what the others found.
    private readonly Ground<Rule>[] _events = [.. Rules.Where(r => r.Of.Template is not FieldTemplate)];
    private readonly Ground<Rule>[] _cards = [.. Rules.Where(r => r.Of.Template is FieldTemplate)];

    /// <summary>Every stretch in which a card of the case was or will be wrong by the rules that ship with the product. A rule that fails on the case is silent there.</summary>
    public GatheredCards GatherCards(CaseState state, HolidayCalendar calendar)
    {
        var spans = new List<CardSpan>();
        List<string>? failed = null;
        foreach (ref readonly var rule in _cards.AsSpan())
        {
            if (!rule.Needs.Meets(state.Happened)) continue;
            var first = spans.Count;
            try
            {
                ((FieldTemplate)rule.Of.Template).Gather(rule.Of, state, calendar, spans);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                spans.RemoveRange(first, spans.Count - first);
                (failed ??= []).Add(rule.Of.Id);
            }
        }

        return new([.. spans], failed ?? []);
    }

    /// <summary>Where an office published rules: those, and whatever must look after them.</summary>
    public Ground<Rule>[] Office { get; init; } = [];

    /// <summary>Clocks whose end the office would never report.</summary>
    public Ground<ClockBinding>[] Unwatched { get; init; } = [];

    /// <summary>Rules that are tried out.</summary>
    public Ground<Rule>[] Tried { get; init; } = [];

    /// <summary>Whether any rule, other than one on trial, may find something in a case.</summary>
    public bool MayFind(CaseState state)
    {
        foreach (ref readonly var rule in Rules.AsSpan())
        {
            if (rule.Needs.Meets(state.Happened)) return true;
        }

        foreach (ref readonly var rule in Office.AsSpan())
        {
            if (rule.Needs.Meets(state.Happened)) return true;
        }

        return false;
    }

    /// <summary>Starts and ends the clocks of a case.</summary>
    public void RunClocks(CaseState state, HolidayCalendar calendar)
    {
        foreach (ref readonly var clock in Clocks.AsSpan())
        {
            if (clock.Needs.Meets(state.Happened)) clock.Of.Run(state, calendar, state.Clocks);
        }

        RunUnwatched(state, calendar);

        foreach (var clock in state.Clocks) clock.Kept = true;
    }

    /// <summary>What is not reported is not missed: such a clock is there to be seen until it has run out, and then no longer.</summary>
    private void RunUnwatched(CaseState state, HolidayCalendar calendar)
    {
        var pool = ClockPool.Own;
        foreach (ref readonly var clock in Unwatched.AsSpan())
        {
            if (clock.Needs.Meets(state.Happened)) clock.Of.Run(state, calendar, pool.Clocks);
        }

        foreach (var clock in pool.Clocks)
        {
            if (clock.EndedAt is null && clock.Due.ExpiresAt <= state.Now) continue;
            clock.Kept = clock.Unwatched = true;
            state.Clocks.Add(clock);
        }

        pool.Return();
    }

    /// <summary>Lets every rule look at a case whose clocks run.</summary>
    public Looking Look(CaseState state, HolidayCalendar calendar)
    {
        var looking = new Looking(state, calendar);
        foreach (ref readonly var rule in _events.AsSpan())
        {
            if (rule.Needs.Meets(state.Happened)) looking.Look(rule.Of);
        }

        var cards = state.WrongCards(this, calendar);
        looking.Fail(cards.Failed);
        foreach (var span in cards.Spans) span.Report(looking);
        if (Office.Length > 0) looking.LookCarefully(Office);
        return looking;
    }

    /// <summary>What the rules on trial find, each with its trial, and when that changes.</summary>
    /// <param name="live">What the rules in force found.</param>
    public Looking? Try(CaseState state, HolidayCalendar calendar, Looking live)
    {
        if (Tried.Length == 0) return null;
        var looking = new Looking(state, calendar);
        looking.Findings.AddRange(live.Findings);
        looking.LookCarefully(Tried);
        looking.Findings.RemoveRange(0, live.Findings.Count);
        return looking;
    }
}

/// <summary>A clock or a rule with what must have happened, any of it, before it has anything to look at.</summary>
internal readonly record struct Ground<T>(EventSet Needs, T Of);
