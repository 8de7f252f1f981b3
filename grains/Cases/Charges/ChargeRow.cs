namespace Cluster.Cases;

/// <summary>A row of the table of common charges: charges of one provision or of neighbouring ones.</summary>
/// <param name="Id">Articles in short: 264, 133-1, 277(5), 382-383, 318/321/322.</param>
/// <param name="Names">Official names of its charges.</param>
/// <param name="Tier">How hard a case of them is as a rule.</param>
/// <param name="Note">What to mind; null without.</param>
public sealed record ChargeRow(string Id, IReadOnlyList<string> Names, DifficultyTier Tier, string? Note)
{
    /// <summary>Articles of a row that runs over two, 382 and 383: the second one holds the penalty; empty for any other.</summary>
    public IReadOnlyList<ArticleNumber> Articles { get; } = Id.Split('-') is [{ Length: 3 } from, { Length: 3 } to]
        ? ArticleNumber.Of($"第{from}条第{to}条")
        : [];
}
