using Cluster.Cases.Assignment;
using Cluster.Cases.Assignment.Calibration;

namespace Cluster.Api.Demo;

/// <summary>The real cases as efforts: days from the first arrest to the indictment, since judgments tell of no day of transfer for review.</summary>
internal static class TimelineEfforts
{
    // Slips of the published text: no review ends before it begins, or takes years.
    private const int MostDays = 400;

    public static IEnumerable<EffortSample> All() => TimelineArchive.Read().Select(Of).OfType<EffortSample>();

    private static EffortSample? Of(Timeline timeline)
    {
        List<DateOnly> arrests = [.. timeline.Defendants.SelectMany(d => d.Custody).Where(c => c[0] == "逮捕").Select(Timeline.DayOf)];
        if (arrests.Count == 0) return null;
        int days = timeline.Indicted.DayNumber - arrests.Min().DayNumber;
        return days is < 1 or > MostDays ? null : new EffortSample(timeline.Id, InputOf(timeline), days);
    }

    private static WeightInput InputOf(Timeline timeline) => new()
    {
        CaseType = "PRO",
        Procedure = timeline.Procedure switch { "速裁" => "fast-track", "简易" => "summary", _ => "ordinary" },
        Suspects = timeline.Defendants.Length + timeline.Units,
        Charges = timeline.Charges,
        Facts = Math.Max(1, timeline.Facts),
        ExpectedTermMonths = timeline.Defendants.Max(d => d.Months ?? 0),
        LifeOrDeath = timeline.Defendants.Any(d => d.Penalty is "无期徒刑" or "死缓" or "死刑"),
        Pleading = timeline.GuiltyPlea ? Pleading.All : Pleading.Unknown,
        Returns = timeline.ReturnedInReview,
    };
}
