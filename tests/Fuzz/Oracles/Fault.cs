namespace Cluster.Fuzz.Oracles;

/// <summary>Something the server must not do.</summary>
/// <param name="Kind">The same for the same mistake, however often it is met: what shrinking holds on to.</param>
/// <param name="Detail">What was seen.</param>
/// <param name="Step">The number of the step; -1: seen at the end.</param>
internal sealed record Fault(string Kind, string Detail, int Step = -1)
{
    private const int LongestDetail = 1_500;

    public override string ToString() => $"{Kind} at step {Step}: {(Detail.Length > LongestDetail ? Detail[..LongestDetail] + "…" : Detail)}";
}
