using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Cases.Assignment;
using static Cluster.Cases.Tests.Assignment.Drawing;

namespace Cluster.Cases.Tests.Assignment;

/// <summary>
/// published-days.json: days as they were published, and forgeries of them with what is wrong. The dashboard's verifier reads the same file, so that the two agree.
/// Days that are in it must verify for ever; what is new is added.
/// </summary>
public sealed class PublishedDaysTests
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonObject File = JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "published-days.json")))!.AsObject();

    public static TheoryData<string> Days => [.. File["days"]!.AsObject().Select(d => d.Key)];

    public static TheoryData<string> Forgeries => [.. File["forgeries"]!.AsObject().Select(d => d.Key)];

    [Theory]
    [MemberData(nameof(Days))]
    public void A_day_that_was_published_verifies(string name) => Assert.Empty(DrawVerifier.Verify(File["days"]![name]!.ToJsonString()));

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void A_forgery_is_found_out(string name)
    {
        var forgery = File["forgeries"]![name]!;
        var faults = DrawVerifier.Verify(Changed(File["days"]![(string)forgery["day"]!]!, forgery["changes"]!.AsObject()).ToJsonString());

        Assert.Equal(((int?)forgery["draw"], (string?)forgery["fault"]), (faults[0].Draw, faults[0].Code));
    }

    [Fact]
    public void The_days_are_still_drawn_and_written_as_they_were() => Assert.Equal(File.ToJsonString(Plain), Written().ToJsonString(Plain));

    private static JsonObject Written()
    {
        RosterEntry[] people =
        [
            Prosecutor("a"), Prosecutor("b"), Prosecutor("h", 0.6, "head"), Prosecutor("l", 0.35, "leader"),
            Prosecutor("n", 1, "newcomer") with { Since = Day.AddDays(-61) }, Prosecutor("w") with { Absences = [new(Day.AddDays(9), Day.AddDays(40), "产假")] },
        ];
        var days = new JsonObject
        {
            ["balanced, with a newcomer and somebody about to leave"] = DayBy(DrawStrategy.Balanced, people),
            ["balanced between two"] = DayBy(DrawStrategy.Balanced, people[..2]),
            ["balanced with ties"] = DayBy(DrawStrategy.Balanced, [.. Enumerable.Range(1, 7).Select(i => Prosecutor($"t{i}"))]),
            ["by blind chance"] = DayBy(DrawStrategy.Random, people),
            ["in turns of two"] = DayBy(DrawStrategy.InTurns(2), people),
            ["linked"] = DayBy(DrawStrategy.Balanced, people, preferred: "h"),
        };
        var old = DayBy(DrawStrategy.Random, people[..2]);
        foreach (var draw in old["draws"]!.AsArray())
        {
            draw!.AsObject().Remove("policy");
            draw.AsObject().Remove("weight");
            foreach (var e in draw["eligible"]!.AsArray()) e!.AsObject().Remove("capacity");
        }

        days["as they were published at first, without a policy"] = old;
        var balanced = days.First().Key;
        var forgeries = new JsonObject
        {
            ["another chosen"] = Forged(balanced, 2, "chosen", ("draws/1/chosen", "l")),
            ["another case"] = Forged(balanced, 1, "u", ("draws/0/case", "another")),
            ["a lighter load"] = Forged(balanced, 1, "score", ("draws/0/eligible/0/load", 0)),
            ["a heavier case"] = Forged(balanced, 1, "score", ("draws/0/weight", 80)),
            ["a greater chance"] = Forged(balanced, 1, "score", ("draws/0/eligible/3/score", 0.5)),
            ["less capacity than the shares leave"] = Forged(balanced, 1, "capacity", ("draws/0/eligible/4/capacity", 0.3)),
            ["a share that was not had"] = Forged(balanced, 1, "capacity", ("draws/0/eligible/5/reduced/absence", 0.9)),
            ["a share above all"] = Forged(balanced, 1, "capacity", ("draws/0/eligible/5/reduced/absence", 2), ("draws/0/eligible/5/capacity", 2)),
            ["out of order"] = Forged(balanced, 3, "order", ("draws/2/eligible/0/prosecutor", "b"), ("draws/2/eligible/1/prosecutor", "a")),
            ["by a policy that nobody knows"] = Forged(balanced, 1, "policy", ("draws/0/policy", "balanced/9")),
            ["a number left out"] = Forged(balanced, 4, "number", ("draws/2/number", 4)),
            ["not their turn"] = Forged("in turns of two", 2, "turn", ("draws/1/lastTurn/taken", 2)),
            ["turns that are none"] = Forged("in turns of two", 1, "turn", ("draws/0/policy", "balanced/1")),
        };
        return new JsonObject { ["days"] = days, ["forgeries"] = forgeries };
    }

    // What the office gives newcomers and those about to leave may change; what was published does not.
    private static readonly DrawPolicy Policy = new() { Newcomer = new() { From = 0.5m, Months = 6 }, Absence = [new() { Least = 14, Days = 21, Left = 0.1m }] };

    private static JsonNode DayBy(DrawStrategy strategy, RosterEntry[] roster, string? preferred = null)
    {
        decimal[] weights = [1.2m, 0.8m, 2.35m, 8.52m, 3.333m];
        var carried = roster.Select((p, i) => (p.Id, Weight: 20m - (i % 3))).ToDictionary(p => p.Id, p => p.Weight * (decimal)roster.First(r => r.Id == p.Id).Capacity);
        var draws = new List<NumberedDraw>();
        Turn? last = null;
        for (var number = 1; number <= weights.Length; number++)
        {
            var result = Draw.Run((Of(roster) with { Policy = Policy }).By(strategy) with
            {
                Number = number,
                Case = $"咸检[2026]{number}号",
                Weight = (double)weights[number - 1],
                Loads = carried,
                LastTurn = last,
                Preferred = number % 2 == 0 ? preferred : null,
                Excluded = number == 5 ? [new Exclusion("b", "recused")] : [],
            });
            carried[result.Chosen!] += weights[number - 1];
            last = Turn.After(last, result.Chosen!, strategy.Each);
            draws.Add(new(number, $"咸检[2026]{number}号", result));
        }

        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            new DrawDay("d-1", Day, DrawDay.CommitmentOf(Secret), Secret, draws).Write(json);
        }

        return JsonNode.Parse(Encoding.UTF8.GetString(stream.ToArray()))!;
    }

    /// <param name="draw">Number of the draw that is found wrong.</param>
    /// <param name="fault">What is found wrong with it first.</param>
    /// <param name="changes">Where in the day, and to what.</param>
    private static JsonObject Forged(string day, int draw, string fault, params (string Where, JsonNode To)[] changes) => new()
    {
        ["day"] = day,
        ["draw"] = draw,
        ["fault"] = fault,
        ["changes"] = new JsonObject(changes.Select(c => KeyValuePair.Create(c.Where, (JsonNode?)c.To))),
    };

    private static JsonNode Changed(JsonNode day, JsonObject changes)
    {
        var changed = day.DeepClone();
        foreach (var (where, to) in changes)
        {
            var place = changed;
            var steps = where.Split('/');
            foreach (var step in steps[..^1]) place = int.TryParse(step, out var index) ? place[index]! : place[step]!;
            place[steps[^1]] = to!.DeepClone();
        }

        return changed;
    }
}
