namespace Cluster.Cases.Assignment;

/// <summary>How evenly loads are spread. Where nobody carries anything they are even: 0, 0 and 1.</summary>
/// <param name="Cv">Coefficient of variation: standard deviation of the population ÷ mean.</param>
/// <param name="Gini">Gini coefficient: 0 all alike, towards 1 one carries all.</param>
/// <param name="MaxOverMean">Greatest load ÷ mean.</param>
public readonly record struct Fairness(double Cv, double Gini, double MaxOverMean)
{
    /// <param name="loads">Open weight ÷ capacity of each, none negative.</param>
    public static Fairness Of(IReadOnlyList<double> loads)
    {
        var total = loads.Sum();
        if (total <= 0)
        {
            return new(0, 0, 1);
        }

        var mean = total / loads.Count;
        var variance = loads.Sum(x => (x - mean) * (x - mean)) / loads.Count;
        // Σᵢ (2i − n − 1)·xᵢ ÷ (n·Σx), x ascending, i from 1: half the mean difference of all pairs, relative to the mean.
        var ranked = loads.Order().Select((x, i) => ((2 * (i + 1)) - loads.Count - 1) * x).Sum();
        return new(Math.Sqrt(variance) / mean, Math.Max(0, ranked / (loads.Count * total)), loads.Max() / mean);
    }
}
