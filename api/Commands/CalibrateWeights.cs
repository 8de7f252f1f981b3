using System.Globalization;
using Cluster.Api.Demo;
using Cluster.Api.Hosting;
using Cluster.Cases.Assessment;
using Cluster.Cases.Assignment.Calibration;
using Cluster.Storage;
using Cluster.Storage.Moving;

namespace Cluster.Api.Commands;

/// <summary>The command <c>calibrate-weights</c>: what the weights would be by the effort that handled cases took. Changes nothing.</summary>
internal static class CalibrateWeights
{
    public const string Name = "calibrate-weights";
    private const string RealCases = "--real-cases";

    /// <param name="args">What follows the name: --real-cases for the timelines that ship with the program, else where the store is.</param>
    /// <returns>0 if it said what it found, 1 if it could not, 2 if it was called wrongly.</returns>
    public static int Run(string[] args, TextWriter say, TextWriter complain, TimeProvider clock, CancellationToken cancellation)
    {
        try
        {
            bool shipped = args is [RealCases];
            var samples = shipped ? [.. TimelineEfforts.All()] : FromStore(args, clock, cancellation);
            if (WeightCalibration.Run(samples) is not { } found)
            {
                complain.WriteLine($"cluster {Name}: {samples.Count} cases were handled to an end; it takes {WeightCalibration.FewestCases}.");
                return 1;
            }
            say.WriteLine(shipped
                ? "Effort: days from the first arrest to the indictment of the real cases that ship, which tell of no day of transfer: most of the investigation is in it."
                : "Effort: days from the first assignment to the first decision, without those of returns, psychiatric appraisals and suspensions.");
            Tell(found, say);
            return 0;
        }
        catch (ServerOptionsException e)
        {
            complain.WriteLine($"cluster: {e.Message}");
            return 2;
        }
        catch (Exception e) when (e is StoreMoveException or StoreFormatException or IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            complain.WriteLine($"cluster {Name}: {e.Message}");
            return 1;
        }
    }

    /// <summary>Every case that the store tells of, from one state of it, beside a running server if there is one.</summary>
    private static List<EffortSample> FromStore(string[] args, TimeProvider clock, CancellationToken cancellation)
    {
        ServerOptions options = ServerOptionsReader.Read(args, AppContext.BaseDirectory, clock);
        using IStoreReading store = StoreTransfer.Open(new StorageOptions { Directory = options.Data, Postgres = options.Postgres });
        var now = new DateTimeOffset(store.Number("SELECT value FROM meta WHERE name = 'last-instant'", cancellation) ?? 0, TimeSpan.Zero);
        var samples = new List<EffortSample>();
        store.EachBatch(batch => samples.AddRange(batch.Select(file => HandlingEffort.Of(file.Row.Id, CaseHistory.Of(file.Events), now)).OfType<EffortSample>()), cancellation);
        return samples;
    }

    private static void Tell(CalibrationResult found, TextWriter say)
    {
        say.WriteLine(Text($"{found.Cases} cases; a weight of 1 takes {found.DaysPerWeight:F1} days."));
        say.WriteLine("On cases that were held out (each tenth by tables found without it):");
        say.WriteLine("| table | mean error, days | median error, days | R² | rank correlation |");
        say.WriteLine("|---|---|---|---|---|");
        foreach ((string table, PredictionError error) in new[] { ("in force", found.Before), ("fitted", found.After) })
            say.WriteLine(Text($"| {table} | {error.Mae:F2} | {error.MedianError:F2} | {error.R2:F3} | {error.RankCorrelation:F3} |"));
        say.WriteLine();
        say.WriteLine("| coefficient | in force | fitted | cases |");
        say.WriteLine("|---|---|---|---|");
        foreach (FittedCoefficient one in found.Bases.Concat(found.Coefficients))
            say.WriteLine(Text($"| {one.Name} | {one.InForce:0.###} | {(one.Cases < WeightCalibration.FewestCases ? "too few cases" : one.Fitted.ToString("0.###", CultureInfo.InvariantCulture))} | {one.Cases} |"));
        say.WriteLine();
        say.WriteLine("# Lines of grains/Cases/Catalogue/weights.yaml as they would be. Nothing was changed; a person decides.");
        say.Write(WeightFragment.Of(found.Table));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
