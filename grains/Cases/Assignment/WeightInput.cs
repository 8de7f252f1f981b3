namespace Cluster.Cases.Assignment;

/// <summary>Whether the suspects plead guilty and accept punishment (认罪认罚).</summary>
public enum Pleading
{
    /// <summary>Not known yet: adds nothing.</summary>
    Unknown,
    All,
    Partly,
    None,
}

/// <summary>What the weight of a case follows from. What is not known adds nothing.</summary>
public readonly record struct WeightInput
{
    public WeightInput()
    {
    }

    /// <summary>Case type of domain.md 1.1, such as PRO.</summary>
    public required string CaseType { get; init; }

    /// <summary>ordinary, summary or fast-track; null if not decided.</summary>
    public string? Procedure { get; init; }

    /// <summary>Marked for fast-track when it was accepted; a procedure decided later takes its place.</summary>
    public bool FastTrack { get; init; }

    public int Suspects { get; init; } = 1;

    /// <summary>Official names of the charges of the whole case.</summary>
    public IReadOnlyList<string> Charges { get; init; } = [];

    /// <summary>Criminal facts (起数).</summary>
    public double Facts { get; init; }

    public double Volumes { get; init; }

    public double ElectronicGigabytes { get; init; }

    /// <summary>Likely term of the main charge, months; null if not known.</summary>
    public double? ExpectedTermMonths { get; init; }

    /// <summary>Life or death is likely.</summary>
    public bool LifeOrDeath { get; init; }

    public Pleading Pleading { get; init; }

    /// <summary>Audits and expert opinions.</summary>
    public int Appraisals { get; init; }

    /// <summary>Returns for supplementary investigation.</summary>
    public int Returns { get; init; }

    /// <summary>Effective judgments before this case.</summary>
    public int PriorJudgments { get; init; }

    /// <summary>State of the case; null or one that the table does not list leaves the whole weight.</summary>
    public string? Stage { get; init; }

    /// <summary>A protest or a retrial.</summary>
    public bool Protest { get; init; }

    /// <summary>A party from abroad, Hong Kong, Macao or Taiwan.</summary>
    public bool Foreign { get; init; }

    public bool Interpreter { get; init; }

    /// <summary>A suspect is a minor.</summary>
    public bool Minors { get; init; }

    /// <summary>A suspect is blind, deaf or mute.</summary>
    public bool Disabled { get; init; }

    /// <summary>Public opinion or petition risk.</summary>
    public bool PublicAttention { get; init; }

    /// <summary>Jurisdiction is complex.</summary>
    public bool Jurisdiction { get; init; }

    /// <summary>Public-interest or civil parties beside the criminal case.</summary>
    public bool CivilParties { get; init; }
}
