namespace Cluster.Cases.Assignment.Calibration;

/// <summary>How near predictions come to the days that cases took.</summary>
/// <param name="Mae">Mean absolute error, days.</param>
/// <param name="MedianError">Median absolute error, days.</param>
/// <param name="R2">1 − squared errors ÷ those of the mean of all; below 0 it is worse than the mean.</param>
/// <param name="RankCorrelation">Spearman: whether what is held heavier takes longer.</param>
public sealed record PredictionError(double Mae, double MedianError, double R2, double RankCorrelation)
{
    internal static PredictionError Of(IReadOnlyList<double> days, IReadOnlyList<double> predicted)
    {
        var errors = days.Zip(predicted, (d, p) => Math.Abs(d - p)).Order().ToArray();
        var mean = days.Average();
        var spread = days.Sum(d => (d - mean) * (d - mean));
        return new(errors.Average(), errors[errors.Length / 2], spread == 0 ? 0 : 1 - (errors.Sum(e => e * e) / spread), Correlation(Ranks(days), Ranks(predicted)));
    }

    /// <summary>Those alike share the mean of their ranks.</summary>
    private static double[] Ranks(IReadOnlyList<double> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Count];
        for (var start = 0; start < order.Length;)
        {
            var end = start;
            while (end + 1 < order.Length && values[order[end + 1]] == values[order[start]]) end++;
            for (var n = start; n <= end; n++) ranks[order[n]] = (start + end) / 2.0;
            start = end + 1;
        }

        return ranks;
    }

    private static double Correlation(double[] a, double[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        var (both, ofA, ofB) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            both += (a[i] - meanA) * (b[i] - meanB);
            ofA += (a[i] - meanA) * (a[i] - meanA);
            ofB += (b[i] - meanB) * (b[i] - meanB);
        }

        return ofA == 0 || ofB == 0 ? 0 : both / Math.Sqrt(ofA * ofB);
    }
}

/// <summary>What is said of each case by tables that were found without it.</summary>
internal sealed class HeldOut
{
    private const int Folds = 10;
    private const int FoldsWithin = 5;

    // In cases of evidence: from hardly any ties to the table in force to practically nothing but it.
    private static readonly double[] Ridges = [1, 10, 30, 100, 300, 1_000, 10_000];

    private HeldOut(double[] before, double[] after) => (Before, After) = (before, after);

    /// <summary>Days by the table in force.</summary>
    public double[] Before { get; }

    /// <summary>Days by the fitted one.</summary>
    public double[] After { get; }

    /// <summary>The fold of a case follows from its id alone.</summary>
    public static int FoldOf(string caseId, int folds) => (int)(Mixed(caseId) % (uint)folds);

    /// <summary>Fits without each tenth of the cases in turn; how strong the ridge is, too, is found without it.</summary>
    public static HeldOut Of(Design design)
    {
        var (before, after) = (new double[design.Samples.Length], new double[design.Samples.Length]);
        var fold = design.Samples.Select(s => FoldOf(s.Case, Folds)).ToArray();
        for (var f = 0; f < Folds; f++)
        {
            int[] training = [.. Enumerable.Range(0, fold.Length).Where(i => fold[i] != f)];
            if (training.Length == 0) continue;
            var (old, found) = (Fit.InForce(design, training), Fit.Of(design, training, BestRidge(design, training)));
            for (var i = 0; i < fold.Length; i++)
            {
                if (fold[i] == f) (before[i], after[i]) = (old.Predict(i), found.Predict(i));
            }
        }

        return new(before, after);
    }

    /// <summary>The ridge with which cases that were held out within these are missed by the least factor, on average: in proportion, so that no outlier decides.</summary>
    public static double BestRidge(Design design, int[] cases) => Ridges.MinBy(ridge =>
    {
        var error = 0.0;
        for (var f = 0; f < FoldsWithin; f++)
        {
            int[] training = [.. cases.Where(i => Within(i) != f)];
            if (training.Length == 0) continue;
            var fit = Fit.Of(design, training, ridge);
            foreach (var i in cases)
            {
                if (Within(i) == f) error += Math.Abs(Math.Log(design.Days[i] / fit.Predict(i)));
            }
        }

        return error;

        int Within(int i) => FoldOf(design.Samples[i].Case + "/within", FoldsWithin);
    });

    // FNV-1a with a last stir, so that ids that count upwards fall apart.
    private static uint Mixed(string text)
    {
        var hash = text.Aggregate(2_166_136_261u, (h, c) => (h ^ c) * 16_777_619u);
        hash ^= hash >> 16;
        hash *= 0x85EBCA6Bu;
        return hash ^ (hash >> 13);
    }
}
