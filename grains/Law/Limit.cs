namespace Cluster.Law;

/// <summary>A statutory limit (办案期限) as the law gives it.</summary>
public sealed record Limit
{
    /// <summary>The number of the catalogue, <c>T-B05</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What the limit is called.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>What starts it.</summary>
    public required LocalizedText Start { get; init; }

    /// <summary>The articles, <c>CPL 172; R 351</c>.</summary>
    public required string Basis { get; init; }

    /// <summary>The article in one sentence; a paraphrase.</summary>
    public required LocalizedText Article { get; init; }

    /// <summary>How it runs out; null: custody for a suspect in custody, else calendar.</summary>
    public Clock? Clock { get; init; }

    /// <summary>The plain length; meaningless where <see cref="Computable"/> is false.</summary>
    public Period Length { get; init; }

    /// <summary>The other lengths the law gives, by their text (<c>15d</c>).</summary>
    public IReadOnlyDictionary<string, Period> Variants { get; init; } = NoVariants;

    /// <summary>The extensions the law allows, each at its longest, in the order in which they may follow.</summary>
    public IReadOnlyList<Period> Extensions { get; init; } = [];

    /// <summary>How long before the end to warn, longest first, in hours or days.</summary>
    public IReadOnlyList<Period> Leads { get; init; } = [];

    /// <summary>Of a limit that counts back from its start: how long before it the act is due.</summary>
    public Period? Before { get; init; }

    /// <summary>Why there is no end to compute; null if there is one.</summary>
    public LocalizedText? NotComputable { get; init; }

    /// <summary>Whether the calculator can compute it.</summary>
    public bool Computable => NotComputable is null;

    /// <summary>Since when the first article of <see cref="Basis"/> has read as it does. Starts before it are still computed, by this text.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>The last day on which this text applied; null: still does.</summary>
    public DateOnly? EffectiveUntil { get; init; }

    /// <summary><c>read</c> if the text was read for this table, <c>memory</c> if it still has to be checked.</summary>
    public required string Source { get; init; }

    /// <summary>A doubt, or what this system chose where the text leaves room.</summary>
    public LocalizedText? Note { get; init; }

    internal static readonly IReadOnlyDictionary<string, Period> NoVariants = new Dictionary<string, Period>();
}
