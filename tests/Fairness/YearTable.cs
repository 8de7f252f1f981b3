namespace Cluster.Dealing;

/// <summary>A year by every policy, side by side.</summary>
internal static class YearTable
{
    public static void Print(IReadOnlyList<int> sizes, double open, IReadOnlyList<ulong> seeds, double stretch, TextWriter say)
    {
        Describe(say);
        if (stretch > 0) say.WriteLine(FormattableString.Invariant($"each weight times a log-normal number, sigma {stretch}"));
        say.WriteLine("mean (least–greatest) of the seeds " + string.Join(", ", seeds));
        say.WriteLine("| prosecutors | policy | CV on duty | max/mean on duty | CV of all | max/mean of all | guess × chance | best guess × chance | moved |");
        say.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var size in sizes)
        {
            var offices = seeds.Select(seed => (Seed: seed, Office: new Office(size, open, seed, stretch))).ToArray();
            foreach (var name in Dealer.All().Select(d => d.Name))
            {
                var years = offices.Select(o => Year.Run(o.Office, Dealer.All().Single(d => d.Name == name), o.Seed)).ToArray();
                // No policy moves a case that it has given out.
                say.WriteLine($"| {size} | {name} | {Of(years, y => y.Cv, 3)} | {Of(years, y => y.MaxOverMean, 2)} | {Of(years, y => y.CvOfAll, 3)} | {Of(years, y => y.MaxOverMeanOfAll, 2)} | {Of(years, y => y.Guess, 2)} | {Of(years, y => y.BestGuess, 2)} | 0 |");
            }
        }
    }

    private static void Describe(TextWriter say)
    {
        const int Many = 100_000;
        var dice = new Dice(0);
        var weights = Enumerable.Range(0, Many).Select(_ => RealCases.Draw(dice).Weight).Order().ToArray();
        var mean = weights.Average();
        var cv = Math.Sqrt(weights.Average(w => (w - mean) * (w - mean))) / mean;
        say.WriteLine(FormattableString.Invariant(
            $"{RealCases.All.Count} real cases, open {RealCases.MeanDays:F0} days on average; weights: mean {mean:F2}, CV {cv:F2}, median {weights[Many / 2]:F2}, 99 % {weights[Many / 100 * 99]:F2}, 99.9 % {weights[Many / 1000 * 999]:F2}, most {weights[^1]:F2}"));
    }

    private static string Of(Outcome[] years, Func<Outcome, double> measure, int decimals)
    {
        string Text(double value) => value.ToString("F" + decimals, System.Globalization.CultureInfo.InvariantCulture);
        return $"{Text(years.Average(measure))} ({Text(years.Min(measure))}–{Text(years.Max(measure))})";
    }
}
