using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cluster.Cases.Assignment.Calibration;

/// <summary>A coefficient or base as it is and as it would be.</summary>
/// <param name="Cases">How many tell of it; with fewer than <see cref="WeightCalibration.FewestCases"/> it stays as it is.</param>
public sealed record FittedCoefficient(string Name, decimal InForce, decimal Fitted, int Cases);

/// <summary>What a calibration found. Nothing of it is in force.</summary>
/// <param name="Cases">How many cases it rests on.</param>
/// <param name="DaysPerWeight">Days that a weight of 1 takes, on average.</param>
/// <param name="Before">Error of the table in force on cases that were held out.</param>
/// <param name="After">Error of fitted tables on the same cases, none of which they had seen.</param>
/// <param name="Table">The table as it would be; its version names the cases and tables it rests on.</param>
public sealed record CalibrationResult(
    int Cases, double DaysPerWeight, PredictionError Before, PredictionError After, IReadOnlyList<FittedCoefficient> Bases, IReadOnlyList<FittedCoefficient> Coefficients, WeightTable Table);

/// <summary>
/// Finds the coefficients of the weight from the effort that handled cases took. The same cases give the same table on every machine, in whatever order they come. A person
/// decides whether it is put into force (tests/Fairness/CALIBRATION.md tells the method).
/// </summary>
public static class WeightCalibration
{
    /// <summary>With fewer cases nothing is found.</summary>
    public const int FewestCases = Fit.Fewest;

    /// <summary>More cases add nothing but time; these are taken by their ids.</summary>
    public const int MostCases = 5_000;

    /// <returns>Null with fewer cases than <see cref="FewestCases"/>.</returns>
    public static CalibrationResult? Run(IEnumerable<EffortSample> samples, WeightTable? inForce = null)
    {
        inForce ??= WeightTable.Default;
        var design = new Design(Chosen(samples), inForce);
        if (design.Samples.Length < FewestCases) return null;
        var heldOut = HeldOut.Of(design);
        int[] all = [.. Enumerable.Range(0, design.Samples.Length)];
        var fit = Fit.Of(design, all, HeldOut.BestRidge(design, all));

        // Weights stay as large as they were, on average, so that loads before and after can be compared.
        var scale = design.WeightsInForce().Sum() / all.Sum(fit.Predict);
        var version = inForce.Version + "+" + Fingerprint(design);
        var table = design.Table(inForce, [.. fit.Bases.Select(b => b * scale)], fit.Coefficients, version);
        var telling = design.Telling(all);
        return new(
            all.Length, 1 / scale, PredictionError.Of(design.Days, heldOut.Before), PredictionError.Of(design.Days, heldOut.After),
            [.. design.Groups.Select((group, g) => new FittedCoefficient(group.Length == 0 ? "otherBase" : group, (decimal)design.Bases[g], Math.Round((decimal)(fit.Bases[g] * scale), 2, MidpointRounding.AwayFromZero), design.GroupAt.Count(at => at == g)))],
            [.. design.Coefficients.Select((c, k) => new FittedCoefficient(c.Name, c.Of(inForce), c.Of(table), telling[k]))],
            table);
    }

    private static IEnumerable<EffortSample> Chosen(IEnumerable<EffortSample> samples)
    {
        var all = samples.ToList();
        return all.Count <= MostCases ? all : all.OrderBy(s => HeldOut.FoldOf(s.Case, int.MaxValue)).ThenBy(s => s.Case, StringComparer.Ordinal).Take(MostCases);
    }

    /// <summary>Eight digits that tell one set of cases and one table from another.</summary>
    private static string Fingerprint(Design design)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> days = stackalloc byte[sizeof(double)];
        foreach (var sample in design.Samples)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(sample.Case + "\n"));
            BinaryPrimitives.WriteDoubleBigEndian(days, sample.Days);
            hash.AppendData(days);
        }

        foreach (var value in design.InForce.Concat(design.Bases)) hash.AppendData(Encoding.UTF8.GetBytes(value.ToString("R", CultureInfo.InvariantCulture) + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..8];
    }
}
