namespace Cluster.Cases.Assignment;

/// <summary>A case that belongs together with the one to be dealt.</summary>
/// <param name="Continued">The one that it continues.</param>
public sealed record LinkedCase(string CaseType, string Prosecutor, bool Continued);

/// <summary>Whom cases that belong together bring to mind: who handles one of them gets the other (R 8), unless it asks for somebody else.</summary>
/// <param name="Preferred">Null if nobody.</param>
/// <param name="Excluded">With the reason.</param>
public sealed record PreviousHandlers(string? Preferred, IReadOnlyList<Exclusion> Excluded)
{
    public const string HandledBefore = "handled-before";
    public const string InvestigatedBefore = "investigated-before";

    /// <param name="caseType">Of the case to be dealt.</param>
    /// <param name="linked">The case that it continues first.</param>
    public static PreviousHandlers Of(string caseType, IReadOnlyList<LinkedCase> linked)
    {
        var table = WeightTable.Default.Previous;
        var excluded = new List<Exclusion>();
        string? preferred = null;
        foreach (var other in linked)
        {
            var reason = !other.Continued ? null
                : table.AnotherFor.Contains(caseType) ? HandledBefore
                : table.AnotherAfter.Contains(other.CaseType) && other.CaseType != caseType ? InvestigatedBefore
                : null;
            if (reason is null)
            {
                preferred ??= other.Prosecutor;
            }
            else
            {
                excluded.Add(new(other.Prosecutor, reason));
            }
        }

        return new(preferred, excluded);
    }
}
