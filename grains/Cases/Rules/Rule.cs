using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>A rule of the catalogue: what it is, on what law it rests, and how it looks at a case.</summary>
internal sealed record Rule
{
    public required string Id { get; init; }
    public required LocalizedText Name { get; init; }
    public required string Category { get; init; }

    /// <summary>The level of a violation: L1, L2, L3, S, T or V; a warning rises through W1 to W3 before.</summary>
    public required string Level { get; init; }

    /// <summary>The level of a violation while somebody is in custody, where it differs.</summary>
    public string? CustodyLevel { get; init; }

    public bool Blocking { get; init; }

    /// <summary>Also passed on to quality review.</summary>
    public bool Refer { get; init; }

    public required Period[] Leads { get; init; }
    public required string Basis { get; init; }

    /// <summary><c>read</c> in a source, or from <c>memory</c>: to be verified before relying on it.</summary>
    public required string Source { get; init; }
    public required DateOnly EffectiveFrom { get; init; }
    public DateOnly? EffectiveUntil { get; init; }

    /// <summary>Case types it looks at; empty is every type.</summary>
    public required string[] CaseTypes { get; init; }

    /// <summary>The template's name in the catalogue.</summary>
    public required string TemplateName { get; init; }
    public required IRuleTemplate Template { get; init; }

    /// <summary>The parameters as written, for those who read the catalogue.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>The rule as written.</summary>
    public string Yaml { get; init; } = "";

    /// <summary>Its first line in its file, from 1.</summary>
    public long Line { get; init; }

    /// <summary>The publication it came with; null for a rule that ships with the product.</summary>
    public RulePublication? Publication { get; init; }

    /// <summary>The trial it is tried out in; null for a rule in force.</summary>
    public string? Trial { get; init; }

    public required RuleExample[] Fires { get; init; }
    public required RuleExample[] Silent { get; init; }

    public override string ToString() => Id;

    /// <summary>A case is judged by the law in force on the day of the act.</summary>
    public bool InForceOn(DateOnly day) => day >= EffectiveFrom && !(day > EffectiveUntil);
}

/// <summary>One way of looking at a case, named after the DECLARE constraints of process compliance.</summary>
internal interface IRuleTemplate
{
    /// <summary>Adds what it finds, and the instants at which it may find something else.</summary>
    void Look(Rule rule, Looking at);

    /// <summary>Whether the events of one case can decide it.</summary>
    bool LooksAtCases => true;

    /// <summary>What must have happened, any of it, before it can find anything. Asked once, when the rules of a case type are compiled.</summary>
    EventSet Grounds(Catalogue catalogue);

    /// <summary>Rules whose finding says the same: they look first, and where one found something this finds nothing.</summary>
    IReadOnlyList<string> Yields => [];

    /// <summary>The evidence that would satisfy it; where an office reports none of it, the rule stays silent.</summary>
    IEnumerable<Trigger> Evidence { get; }
}
