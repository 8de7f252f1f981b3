using Cluster.Cases.Assessment;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>What looks at cases of one type.</summary>
/// <param name="Rules">Those that ship with the product; of a rule that an office replaced, the version before.</param>
/// <param name="Unobservable">Clocks whose end the office would never report.</param>
internal sealed record RuleSet(ClockBinding[] Clocks, Rule[] Rules, IReadOnlySet<ClockBinding> Unobservable)
{
    private readonly Rule[] _office = [];

    /// <summary>Rules that an office published.</summary>
    public Rule[] Office
    {
        get => _office;
        init
        {
            _office = value;
            Documents = DocumentRules([.. Rules, .. value]);
        }
    }

    /// <summary>Rules that are tried out.</summary>
    public Rule[] Tried { get; init; } = [];

    /// <summary>The versions of the document rule, whose checklist the case shows; empty if the type has none.</summary>
    public Rule[] Documents { get; private init; } = DocumentRules(Rules);

    /// <summary>Runs the clocks and lets every rule look.</summary>
    public Looking Look(CaseState state, HolidayCalendar calendar)
    {
        foreach (var clock in Clocks) clock.Run(state, calendar, state.Clocks);
        var looking = new Looking(state, calendar);
        foreach (var rule in Rules) rule.Template.Look(rule, looking);
        if (Office.Length > 0) looking.LookCarefully(Office);
        return looking;
    }

    /// <summary>What the rules on trial find, each with its trial, and when that changes.</summary>
    public Looking? Try(CaseState state, HolidayCalendar calendar)
    {
        if (Tried.Length == 0) return null;
        var looking = new Looking(state, calendar);
        looking.LookCarefully(Tried);
        return looking;
    }

    private static Rule[] DocumentRules(Rule[] rules) => [.. rules.Where(r => r.Template is DocumentTemplate)];
}
