namespace Cluster.Cases.Assignment;

/// <summary>How an office draws.</summary>
public sealed record DrawPolicy
{
    public static DrawPolicy Default => WeightTable.Default.Policy;

    /// <summary>Most open weight per unit of capacity; null is no cap.</summary>
    public double? MaxWeight { get; init; }

    public NewcomerRamp Newcomer { get; init; } = new();

    /// <summary>Of several that apply the one that leaves least.</summary>
    public List<AbsenceTaper> Absence { get; init; } = [];

    public DrawStrategy Strategy { get; init; } = DrawStrategy.Balanced;
}
