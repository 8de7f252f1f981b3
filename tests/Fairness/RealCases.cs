using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Cluster.Cases.Assignment;

namespace Cluster.Dealing;

/// <summary>One real case: what its weight follows from, and how long its prosecutor had it.</summary>
/// <param name="Reviewed">Days from the first arrest to the indictment.</param>
/// <param name="Days">From the first arrest to the judgment.</param>
internal sealed record RealCase(WeightInput Weight, int Reviewed, int Days);

/// <summary>
/// The cases that the demonstration replays (api/Demo/Data, its README tells origin and licence), as far as they tell of an arrest.
/// The judgments do not tell of volumes; those are drawn, with the heavy tail that files have.
/// </summary>
internal static class RealCases
{
    private const double UsualVolumes = 4; // an assumption: the median, and the spread of its logarithm
    private const double SpreadOfVolumes = 1;

    public static IReadOnlyList<RealCase> All { get; } = Read();

    public static double MeanDays { get; } = All.Average(c => c.Days);

    /// <summary>A case as it may come in.</summary>
    public static (double Weight, double InCourt, int Reviewed, int Days) Draw(Dice dice)
    {
        var real = All[dice.Below(All.Count)];
        var volumes = Math.Ceiling(UsualVolumes * Math.Exp(SpreadOfVolumes * dice.Normal()));
        var weight = real.Weight with { Volumes = volumes };
        return (CaseWeight.Of(weight).Value, CaseWeight.Of(weight with { Stage = "PROSECUTED" }).Value, real.Reviewed, real.Days);
    }

    private static List<RealCase> Read()
    {
        using var archive = typeof(RealCases).Assembly.GetManifestResourceStream("real-timelines.jsonl.gz")!;
        using var lines = new StreamReader(new GZipStream(archive, CompressionMode.Decompress));
        var cases = new List<RealCase>();
        while (lines.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            if (CaseOf(json.RootElement) is { } real) cases.Add(real);
        }

        return cases;
    }

    private static RealCase? CaseOf(JsonElement row)
    {
        var accused = row.GetProperty("df").EnumerateArray().ToArray();
        var arrests = accused.SelectMany(a => a.TryGetProperty("cu", out var measures) ? measures.EnumerateArray() : default)
            .Where(m => m[0].GetString() == "逮捕").Select(m => Date(m[1])).ToArray();
        if (arrests.Length == 0) return null;
        var days = Date(row.GetProperty("ju")).DayNumber - arrests.Min().DayNumber;
        var reviewed = Date(row.GetProperty("in")).DayNumber - arrests.Min().DayNumber;
        // Slips of the published text: no review ends before it begins, or takes years.
        if (reviewed is < 1 or > 400) return null;
        return new(
            new WeightInput
            {
                CaseType = "PRO",
                Procedure = row.TryGetProperty("pr", out var procedure) ? Procedure(procedure.GetString()) : null,
                Suspects = accused.Length + Number(row, "un"),
                Charges = [.. row.GetProperty("ch").EnumerateArray().Select(c => c.GetString()!)],
                Facts = Math.Max(1, Number(row, "fl")),
                ExpectedTermMonths = accused.Max(a => Number(a, "mo")),
                LifeOrDeath = accused.Any(a => a.TryGetProperty("pe", out var penalty) && penalty.GetString() is "无期徒刑" or "死缓" or "死刑"),
                Pleading = Number(row, "gp") == 1 ? Pleading.All : Pleading.Unknown,
                Returns = Number(row, "rv") + Number(row, "rt"),
            },
            Math.Min(reviewed, Math.Max(1, days)),
            Math.Max(1, days));
    }

    private static string Procedure(string? name) => name switch { "速裁" => "fast-track", "简易" => "summary", _ => "ordinary" };

    private static int Number(JsonElement row, string name) => row.TryGetProperty(name, out var number) ? (int)number.GetDouble() : 0; // of a term, half months are left out

    private static DateOnly Date(JsonElement date) => DateOnly.ParseExact(date.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
