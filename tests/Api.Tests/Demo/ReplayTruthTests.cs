using System.IO.Compression;
using System.Text.Json.Nodes;
using Cluster.Api.Demo;

namespace Cluster.Api.Tests.Demo;

/// <summary>What the judgments tell must arrive unchanged; what the replay adds must be lawful unless it is a documented omission.</summary>
public sealed class ReplayTruthTests
{
    private static readonly Lazy<IReadOnlyList<JsonNode>> Rows = new(ReadRows);

    [Fact]
    public void Dates_told_by_a_judgment_are_replayed_unchanged()
    {
        var cases = Replayed.Reviews.ToDictionary(c => c.Timeline);
        foreach (var row in Rows.Value)
        {
            var c = cases[(string)row["id"]!];
            Assert.Equal(row["in"].Date(), c.Decided);
            Assert.Equal(row["ju"].Date(), c.First("judgment.received").Data["judgedOn"].Date());
            if (row["ac"] is { } accepted)
                Assert.Equal(accepted.Date(), c.First("court.accepted").Day());
            if (row["hr"] is JsonArray hearings)
                Assert.Equal(hearings.Select(h => h.Date()).Order(), c.All("court.opened").Select(e => e.Day()));
        }
    }

    [Fact]
    public void Every_dated_arrest_before_the_indictment_is_executed_on_its_day()
    {
        var arrests = Replayed.Events.Where(e => e.Type == "measure.taken" && e.Text("kind") == "arrest").ToLookup(e => e.Id[..16], e => (e.Text("suspect"), e.Day()));
        foreach (var row in Rows.Value)
        {
            var suspect = 0;
            foreach (var defendant in row["df"]!.AsArray())
            {
                suspect++;
                var first = defendant!["cu"]!.AsArray().Where(c => (string?)c![0] == "逮捕" && c.AsArray().Count == 2).Select(c => c![1].Date()).Order().FirstOrDefault();
                if (first != default && first < row["in"].Date() && defendant["cu"]!.AsArray().Count(c => ((string)c![0]!).EndsWith("逮捕", StringComparison.Ordinal)) == 1)
                    Assert.Contains((suspect.ToString(System.Globalization.CultureInfo.InvariantCulture), first), arrests[(string)row["id"]!]);
            }
        }
    }

    [Fact]
    public void Defendants_and_charges_are_those_of_the_judgment()
    {
        var cases = Replayed.Reviews.ToDictionary(c => c.Timeline);
        foreach (var row in Rows.Value)
        {
            var c = cases[(string)row["id"]!];
            Assert.Equal(row["df"]!.AsArray().Count + ((int?)row["un"] ?? 0), c.Suspects.Count);
            Assert.Equal(row["ch"]!.AsArray().Select(n => (string)n!).Order(), c.Accepted.Data["charges"]!.AsArray().Select(n => (string)n!["name"]!).Order());
        }
    }

    [Fact]
    public void Trial_and_judgment_follow_in_lawful_order_except_in_doubtful_timelines()
    {
        string[] chain = ["case.accepted", "decision.made", "court.accepted", "court.opened", "judgment.received", "judgment.reviewed", "judgment.effective", "case.closed", "case.archived"];
        var doubtful = Replayed.Replay.DoubtfulTimelines;
        foreach (var c in Replayed.Reviews.Where(c => !doubtful.Contains(c.Timeline)))
        {
            for (var i = 1; i < chain.Length; i++)
                Assert.True(c.All(chain[i - 1]).Max(e => e.Time) < c.All(chain[i]).Min(e => e.Time), $"{c.Subject}: {chain[i]} before {chain[i - 1]}");
            foreach (var e in c.Events.Where(e => e.Type.StartsWith("court.", StringComparison.Ordinal) || e.Type == "measure.taken"))
                Assert.True(e.Time < c.First("judgment.received").Time, $"{c.Subject}: {e.Type} after the judgment");
            foreach (var e in c.Events.Where(e => e.Type is "suspect.interrogated" or "plea.signed" or "custody.reviewed" or "outbound.checked" or "review.extended" or "supplement.returned" or "supplement.resubmitted" or "opinion.heard"))
                Assert.InRange(e.Time, c.Accepted.Time, c.First("decision.made").Time);
        }
    }

    [Fact]
    public void At_most_two_returns_each_answered_within_a_month()
    {
        var returned = 0;
        foreach (var c in Replayed.Reviews)
        {
            var steps = c.Events.Where(e => e.Type.StartsWith("supplement.", StringComparison.Ordinal)).ToList();
            Assert.True(steps.Count <= 4 && steps.Count % 2 == 0);
            for (var i = 0; i < steps.Count; i += 2, returned++)
            {
                Assert.Equal(("supplement.returned", "supplement.resubmitted"), (steps[i].Type, steps[i + 1].Type));
                Assert.True(steps[i + 1].Day() <= steps[i].Day().AddMonths(1));
            }
        }
        Assert.True(returned > 300);
    }

    [Fact]
    public void Review_exceeds_the_law_only_where_the_real_span_leaves_no_choice()
    {
        var over = 0;
        foreach (var c in Replayed.Reviews)
        {
            var from = c.Received;
            var extended = false;
            foreach (var e in c.Events)
            {
                if (e.Type == "supplement.resubmitted")
                    (from, extended) = (e.Day(), false);
                extended |= e.Type == "review.extended";
                if (e.Type is not ("supplement.returned" or "decision.made"))
                    continue;
                var due = from.AddMonths(1).AddDays(extended ? 15 : 0);
                if (e.Day() > due.AddDays(3))
                    over++;
            }
        }
        Assert.InRange(over / (double)Replayed.Reviews.Count, 0.001, 0.05);
    }

    [Fact]
    public void Arrests_of_detained_suspects_are_decided_within_seven_days_of_the_request()
    {
        var doubtful = Replayed.Replay.DoubtfulTimelines;
        var detained = Replayed.Arrests.Where(c => c.CaseType == "ARR" && !doubtful.Contains(c.Timeline)
            && c.Suspects.All(s => (string?)s["measure"]!["kind"] == "detention")).ToList();
        Assert.True(detained.Count > 700);
        Assert.All(detained, c => Assert.All(c.All("decision.made"), e => Assert.InRange(e.Day().DayNumber - c.Received.DayNumber, 0, 7)));
    }

    private static List<JsonNode> ReadRows()
    {
        var assembly = typeof(DemoReplay).Assembly;
        using var packed = assembly.GetManifestResourceStream(assembly.GetManifestResourceNames().Single(n => n.EndsWith("real-timelines.jsonl.gz", StringComparison.Ordinal)))!;
        using var lines = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        var rows = new List<JsonNode>();
        while (lines.ReadLine() is { } line)
            rows.Add(JsonNode.Parse(line)!);
        return rows;
    }
}
