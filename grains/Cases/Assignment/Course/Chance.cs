namespace Cluster.Cases.Assignment.Course;

/// <summary>How often chance alone would bring about what was counted. Sums of exact terms; no normal approximation, for counts here are small.</summary>
internal static class Chance
{
    /// <summary>P(X ≥ k) of n trials of probability p.</summary>
    public static double BinomialAtLeast(int k, int n, double p)
    {
        if (k <= 0) return 1;
        if (p <= 0 || k > n) return 0;
        if (p >= 1) return 1;
        var sum = 0d;
        for (var i = k; i <= n; i++) sum += Math.Exp(LogChoose(n, i) + (i * Math.Log(p)) + ((n - i) * Math.Log(1 - p)));
        return Math.Min(1, sum);
    }

    /// <summary>P(X ≤ k) of a Poisson count whose mean is given.</summary>
    public static double PoissonAtMost(int k, double mean)
    {
        var sum = 0d;
        for (var i = 0; i <= k; i++) sum += Math.Exp((i * Math.Log(mean)) - mean - LogFactorial(i));
        return Math.Min(1, sum);
    }

    /// <summary>P(X ≥ k) when n of N things are drawn, K of which are marked: Fisher's exact test, one side.</summary>
    public static double HypergeometricAtLeast(int k, int n, int marked, int all)
    {
        var most = Math.Min(n, marked);
        var sum = 0d;
        for (var i = Math.Max(k, Math.Max(0, n + marked - all)); i <= most; i++) sum += Math.Exp(LogChoose(marked, i) + LogChoose(all - marked, n - i) - LogChoose(all, n));
        return Math.Min(1, sum);
    }

    private static double LogChoose(int n, int k) => LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k);

    private static double LogFactorial(int n)
    {
        if (n < 256)
        {
            var sum = 0d;
            for (var i = 2; i <= n; i++) sum += Math.Log(i);
            return sum;
        }

        // Stirling, to better than 1e-12 from here on.
        double x = n + 1;
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (1 / (12 * x)) - (1 / (360 * x * x * x));
    }
}
