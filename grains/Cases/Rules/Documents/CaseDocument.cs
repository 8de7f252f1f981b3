namespace Cluster.Cases.Rules;

/// <summary>Which way a document goes.</summary>
internal enum DocumentWay
{
    /// <summary>It leaves the house.</summary>
    Out,

    /// <summary>It comes from another body.</summary>
    In,

    /// <summary>An approval or a record that stays in the file.</summary>
    Internal,
}

/// <summary>A document (文书) of a node of the procedure.</summary>
/// <param name="Codes">Its Chinese name, then other names that will do.</param>
/// <param name="Binding">When its node comes, and how long it may take from there.</param>
/// <param name="Demanded">The law that was read demands it of the procuratorate and it goes out: missed without being asked for.</param>
/// <param name="FoundBy">The rule that finds it missing.</param>
internal sealed record CaseDocument(string[] Codes, DocumentWay Way, ClockBinding Binding, bool Demanded, string FoundBy)
{
    public string Code => Codes[0];

    /// <summary>Who must receive it.</summary>
    public string[] To { get; init; } = [];

    /// <summary>Whether who receives it signs for it, and what shows that he did.</summary>
    public Trigger[] Receipt { get; init; } = [];

    public required string Basis { get; init; }

    /// <summary><c>read</c> in a source, or from <c>memory</c>.</summary>
    public required string Source { get; init; }

    public bool AppliesTo(string caseType) => Binding.CaseTypes.Length == 0 || Array.IndexOf(Binding.CaseTypes, caseType) >= 0;

    /// <summary>Whether an office must have it: what the law demands, and what it declares that it reports.</summary>
    public bool RequiredBy(Observability reports) => Demanded || reports.Declares(Code);
}
