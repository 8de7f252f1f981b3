namespace Cluster.Load;

/// <summary>Quantiles by the nearest rank: each is a value that was measured.</summary>
internal sealed class Quantiles
{
    private readonly double[] _sorted;

    public Quantiles(IEnumerable<double> values) => _sorted = [.. values.Order()];

    public double Max => _sorted[^1];

    /// <param name="share">Between 0 and 1: 0.5 is the median.</param>
    public double At(double share) => _sorted[Math.Max(0, (int)Math.Ceiling(share * _sorted.Length) - 1)];

    /// <summary>p50, p90, p99 and the largest.</summary>
    /// <param name="unit">Unit of the values.</param>
    public string Describe(string unit) => FormattableString.Invariant($"p50 {At(0.5):0.0} {unit}, p90 {At(0.9):0.0} {unit}, p99 {At(0.99):0.0} {unit}, max {Max:0.0} {unit}");
}
