using Cluster.Contracts.Operations;

namespace Cluster.Silo.Operations;

/// <summary>The buckets of a histogram at one moment, all its series together.</summary>
internal sealed record Distribution(IReadOnlyList<double> Bounds, long[] Counts)
{
    private static readonly Distribution None = new([], []);

    public static Distribution Of(IEnumerable<InstrumentTotals> instruments)
    {
        if (instruments.FirstOrDefault() is not { } instrument) return None;
        var counts = new long[instrument.Bounds.Count + 1];
        foreach (var series in instrument.Series)
        {
            var (more, _) = series.Buckets();
            for (var i = 0; i < more.Length; i++) counts[i] += more[i];
        }

        return new Distribution(instrument.Bounds, counts);
    }

    /// <summary>What came after an earlier moment.</summary>
    public LatencySummary Since(Distribution earlier)
    {
        long[] counts = [.. Counts.Select((count, i) => count - (i < earlier.Counts.Length ? earlier.Counts[i] : 0))];
        var total = counts.Sum();
        return total <= 0 ? new LatencySummary(null, null, 0) : new LatencySummary(Quantile(counts, total, 0.5), Quantile(counts, total, 0.99), total);
    }

    /// <summary>Linear within a bucket; what is above the last bound is told as that bound.</summary>
    private double Quantile(long[] counts, long total, double share)
    {
        var rank = share * total;
        double below = 0;
        for (var i = 0; i < Bounds.Count; i++)
        {
            if (below + counts[i] >= rank && counts[i] > 0)
            {
                var lower = i == 0 ? 0 : Bounds[i - 1];
                return lower + ((Bounds[i] - lower) * (rank - below) / counts[i]);
            }

            below += counts[i];
        }

        return Bounds[^1];
    }
}
