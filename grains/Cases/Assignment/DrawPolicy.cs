namespace Cluster.Cases.Assignment;

/// <summary>How an office draws.</summary>
public sealed record DrawPolicy
{
    public static DrawPolicy Default => WeightTable.Default.Policy;

    /// <summary>How strongly low load is favoured: 0 is blind chance, 3 and more comes near to always the least loaded.</summary>
    public double Lambda { get; init; }

    /// <summary>Most open weight per unit of capacity; null is no cap.</summary>
    public double? MaxWeight { get; init; }

    /// <summary>Share of the draws by role (院领导办案比例); 1 for a role not named.</summary>
    public Dictionary<string, double> Share { get; init; } = [];

    /// <summary>In turn by prosecutor id (轮案) instead of by chance.</summary>
    public bool Rotation { get; init; }
}
