using Cluster.Cases.Assessment;

namespace Cluster.Grains.Cases;

/// <summary>Which level is graver.</summary>
internal static class Lights
{
    private static readonly string[] Rising = ["T", "V", "S", "W1", "W2", "W3", "L1", "L2", "L3"];

    public static string? Gravest(IEnumerable<FindingView> findings)
    {
        var gravest = -1;
        foreach (var finding in findings)
        {
            if (finding.ClearedAt is null) gravest = Math.Max(gravest, Array.IndexOf(Rising, finding.Level));
        }

        return gravest < 0 ? null : Rising[gravest];
    }
}
