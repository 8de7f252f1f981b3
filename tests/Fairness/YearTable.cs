namespace Cluster.Dealing;

/// <summary>A year by every policy, side by side.</summary>
internal static class YearTable
{
    public static void Print(IReadOnlyList<int> sizes, double open, IReadOnlyList<ulong> seeds, TextWriter say)
    {
        say.WriteLine("mean (least–greatest) of the seeds " + string.Join(", ", seeds));
        say.WriteLine("| prosecutors | policy | CV on duty | max/mean on duty | CV of all | max/mean of all | guess × chance | best guess × chance | moved |");
        say.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var size in sizes)
        {
            var offices = seeds.Select(seed => (Seed: seed, Office: new Office(size, open, seed))).ToArray();
            foreach (var name in Dealer.All().Select(d => d.Name))
            {
                var years = offices.Select(o => Year.Run(o.Office, Dealer.All().Single(d => d.Name == name), o.Seed)).ToArray();
                // No policy moves a case that it has given out.
                say.WriteLine($"| {size} | {name} | {Of(years, y => y.Cv, 3)} | {Of(years, y => y.MaxOverMean, 2)} | {Of(years, y => y.CvOfAll, 3)} | {Of(years, y => y.MaxOverMeanOfAll, 2)} | {Of(years, y => y.Guess, 2)} | {Of(years, y => y.BestGuess, 2)} | 0 |");
            }
        }
    }

    private static string Of(Outcome[] years, Func<Outcome, double> measure, int decimals)
    {
        string Text(double value) => value.ToString("F" + decimals, System.Globalization.CultureInfo.InvariantCulture);
        return $"{Text(years.Average(measure))} ({Text(years.Min(measure))}–{Text(years.Max(measure))})";
    }
}
