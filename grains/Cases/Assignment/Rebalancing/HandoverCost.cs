namespace Cluster.Cases.Assignment.Rebalancing;

/// <summary>What it costs whoever takes a case over to learn it, in weight; the coefficients are in Catalogue/weights.yaml.</summary>
public sealed class HandoverCost
{
    public static HandoverCost Default => WeightTable.Default.Handover;

    /// <summary>Of any case.</summary>
    public double Each { get; init; }

    /// <summary>Share of its weight.</summary>
    public double Share { get; init; }

    /// <summary>Share of its weight once a suspect was interrogated.</summary>
    public double ShareBegun { get; init; }

    public double Of(double weight, bool begun) => Math.Round(Each + (weight * (begun ? ShareBegun : Share)), 2);
}
