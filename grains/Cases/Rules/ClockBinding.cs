using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>Whether a clock runs only while somebody is, or nobody is, in custody.</summary>
internal enum CustodyGate
{
    None,
    InCustody,
    NotInCustody,
}

/// <summary>How runs of a clock are told apart.</summary>
internal enum Runs
{
    /// <summary>The first trigger only.</summary>
    Once,

    /// <summary>Each trigger its own run.</summary>
    Each,

    /// <summary>Each trigger restarts from zero and ends the run before it.</summary>
    Rounds,
}

/// <summary>How a limit runs in a case: what starts, stops, extends and gates it. Compiled from the catalogue.</summary>
internal sealed partial class ClockBinding
{
    /// <summary>The limit's id, or the rule's where the rule brings its own clock.</summary>
    public required string Id { get; init; }

    /// <summary>The statutory limit; null where a rule brings its own clock.</summary>
    public Limit? Limit { get; init; }

    public required Period Length { get; init; }

    /// <summary>Null: custody decides between custody and calendar.</summary>
    public required Clock? Clock { get; init; }

    public required string[] CaseTypes { get; init; }

    public required bool PerSuspect { get; init; }

    public required Runs Runs { get; init; }

    public required CustodyGate Gate { get; init; }

    public required Trigger[] Start { get; init; }

    public required Trigger[] Stop { get; init; }

    /// <summary>Whether what stops it may also come before the start (assigned before registered).</summary>
    public required bool Early { get; init; }

    public Trigger? Extend { get; init; }

    /// <summary>What each extension adds, in their order; there are no more of them than this.</summary>
    public Period[] ExtendBy { get; init; } = [];

    public (Predicate When, Period Length)[] Variants { get; init; } = [];

    /// <summary>Where the first run does not have number 1, because another limit counted the rounds before.</summary>
    public (Predicate When, int Number)[] NumberFrom { get; init; } = [];

    /// <summary>Whether psychiatric appraisal is left out of the count (CPL 149).</summary>
    public bool ExcludesAppraisal { get; init; }

    /// <summary>Whether the detention after 留置 is left out of the count until a measure is decided (CPL 170).</summary>
    public bool ExcludesPriorDetention { get; init; }

    /// <summary>What must have happened, any of it, before it runs.</summary>
    public EventSet Grounds
    {
        get
        {
            var set = default(EventSet);
            set.Add(Start);
            return set;
        }
    }
}
