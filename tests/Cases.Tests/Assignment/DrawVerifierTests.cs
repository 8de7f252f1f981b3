using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Cases.Assignment;
using FsCheck;
using FsCheck.Fluent;
using static Cluster.Cases.Tests.Assignment.Drawing;

namespace Cluster.Cases.Tests.Assignment;

public sealed class DrawVerifierTests
{
    private static readonly string[] Roles = ["prosecutor", "head", "leader", "newcomer", "visitor"];

    [Fact]
    public void A_day_as_published_has_the_shape_of_the_contract()
    {
        using var day = JsonDocument.Parse(Published(Of(Prosecutor("a"), Prosecutor("b") with { OnDuty = false }).Carrying(("a", 2.5m))));

        var root = day.RootElement;
        Assert.Equal(["department", "date", "commitment", "secret", "draws"], root.EnumerateObject().Select(p => p.Name));
        Assert.Equal("2026-03-02", root.GetProperty("date").GetString());
        Assert.Equal("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", root.GetProperty("secret").GetString());
        Assert.Equal("630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd", root.GetProperty("commitment").GetString());
        var draw = root.GetProperty("draws")[0];
        Assert.Equal(["number", "case", "mode", "policy", "weight", "eligible", "excluded", "u", "chosen"], draw.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("balanced/1", 2), (draw.GetProperty("policy").GetString(), draw.GetProperty("weight").GetInt32()));
        Assert.Equal("""{"prosecutor":"a","load":2.5,"capacity":1,"score":1}""", draw.GetProperty("eligible")[0].GetRawText());
        Assert.Equal("""{"prosecutor":"b","reason":"off-duty"}""", draw.GetProperty("excluded")[0].GetRawText());
        Assert.Equal("a", draw.GetProperty("chosen").GetString());
    }

    [Fact]
    public void Every_day_verifies_and_is_recomputed_the_same() => Prop.ForAll(Days.ToArbitrary(), inputs =>
    {
        var published = Published(inputs);
        return published == Published(inputs) && DrawVerifier.Verify(published).Count == 0 && FollowsTheContract(published);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("chosen", "a", "chosen")]
    [InlineData("case", "c-9", "u")]
    [InlineData("u", "0.9", "u")]
    [InlineData("number", "7", "number")]
    public void A_draw_that_was_changed_is_found(string field, string value, string code)
    {
        var day = JsonNode.Parse(Published(Of(Prosecutor("a"), Prosecutor("b")).Carrying(("a", 50))))!;
        day["draws"]![0]![field] = field is "u" or "number" ? JsonNode.Parse(value) : value;

        Assert.Contains(code, DrawVerifier.Verify(day.ToJsonString()).Select(f => f.Code));
    }

    [Fact]
    public void A_score_that_moves_the_choice_is_found()
    {
        var day = JsonNode.Parse(Published(Of(Prosecutor("a"), Prosecutor("b")).Carrying(("a", 50))))!;
        day["draws"]![0]!["eligible"]![0]!["score"] = 1;
        day["draws"]![0]!["eligible"]![1]!["score"] = 0.000001;

        Assert.Equal([new DrawFault(1, "score"), new DrawFault(1, "chosen")], DrawVerifier.Verify(day.ToJsonString()));

        day["draws"]![0]!["eligible"]![0]!["score"] = -1;
        Assert.Equal([new DrawFault(1, "score")], DrawVerifier.Verify(day.ToJsonString()));
    }

    [Theory]
    [InlineData("load", 9)]
    [InlineData("capacity", 0.5)]
    [InlineData("score", 0.9)]
    [InlineData("load", 1.00001)]
    [InlineData("load", -1)]
    [InlineData("capacity", 0)]
    [InlineData("capacity", 1e20)]
    public void A_number_from_which_the_scores_do_not_follow_is_found_though_the_choice_stands(string field, double value)
    {
        var input = Of(Prosecutor("a"), Prosecutor("b"), Prosecutor("c"), Prosecutor("d")).Carrying(("a", 1), ("b", 2), ("c", 3), ("d", 4));
        var day = JsonNode.Parse(Published(input with { Weight = 3 }))!;
        day["draws"]![0]!["eligible"]![0]![field] = value;

        Assert.Contains(new DrawFault(1, "score"), DrawVerifier.Verify(day.ToJsonString()));
    }

    [Fact]
    public void Another_weight_of_the_case_that_would_change_the_scores_is_found()
    {
        var input = Of(Prosecutor("a"), Prosecutor("b"), Prosecutor("l", 0.35, "leader")).Carrying(("a", 2), ("b", 3), ("l", 0.3m));
        var day = JsonNode.Parse(Published(input with { Weight = 2 }))!;
        day["draws"]![0]!["weight"] = 0.3;

        Assert.Equal([new DrawFault(1, "score")], DrawVerifier.Verify(day.ToJsonString()));
    }

    [Fact]
    public void A_policy_of_a_later_program_is_not_taken_for_one_of_ours()
    {
        var day = JsonNode.Parse(Published(Of(Prosecutor("a"))))!;
        day["draws"]![0]!["policy"] = "balanced/2";

        Assert.Equal([new DrawFault(1, "policy")], DrawVerifier.Verify(day.ToJsonString()));
    }

    [Fact]
    public void A_draw_of_the_time_before_policies_were_told_verifies_as_it_did()
    {
        var day = JsonNode.Parse(Published(Of(Prosecutor("a"), Prosecutor("b"))))!;
        var draw = day["draws"]![0]!.AsObject();
        draw.Remove("policy");
        draw.Remove("weight");
        foreach (var eligible in draw["eligible"]!.AsArray())
        {
            eligible!.AsObject().Remove("capacity");
            eligible["score"] = 0.049787;
        }

        Assert.Empty(DrawVerifier.Verify(day.ToJsonString()));
    }

    [Fact]
    public void A_turn_given_to_another_is_found()
    {
        var input = Of(Prosecutor("a"), Prosecutor("b"), Prosecutor("c")).By(DrawStrategy.InTurns(1));
        var day = JsonNode.Parse(Published(input, input with { Number = 2, Case = "c-2", LastTurn = new("a", 1) }))!;
        Assert.Empty(DrawVerifier.Verify(day.ToJsonString()));
        var second = day["draws"]![1]!;

        second["lastTurn"]!["prosecutor"] = "b"; // the day itself tells of a
        Assert.Equal([new DrawFault(2, "turn")], DrawVerifier.Verify(day.ToJsonString()));

        second["lastTurn"]!["prosecutor"] = "a";
        (second["eligible"]![0]!["prosecutor"], second["excluded"]![1]!["prosecutor"], second["chosen"]) = ("c", "b", "c");
        Assert.Equal([new DrawFault(2, "turn")], DrawVerifier.Verify(day.ToJsonString()));
    }

    [Fact]
    public void A_draw_left_out_is_found()
    {
        var input = Of(Prosecutor("a"), Prosecutor("b"));
        var day = JsonNode.Parse(Published(input, input with { Number = 2, Case = "c-2" }, input with { Number = 3, Case = "c-3" }))!;
        day["draws"]!.AsArray().RemoveAt(1);

        Assert.Equal([new DrawFault(3, "number")], DrawVerifier.Verify(day.ToJsonString()));
    }

    [Fact]
    public void Eligible_out_of_order_are_found()
    {
        var day = JsonNode.Parse(Published(Of(Prosecutor("a"), Prosecutor("b"))))!;
        var eligible = day["draws"]![0]!["eligible"]!.AsArray();
        var first = eligible[0]!.DeepClone();
        eligible.RemoveAt(0);
        eligible.Add(first);

        Assert.Contains(new DrawFault(1, "order"), DrawVerifier.Verify(day.ToJsonString()));
    }

    [Fact]
    public void A_secret_that_is_not_the_committed_one_is_found()
    {
        var day = JsonNode.Parse(Published(Of(Prosecutor("a"))))!;
        day["secret"] = new string('0', 64);

        Assert.Contains(new DrawFault(null, "commitment"), DrawVerifier.Verify(day.ToJsonString()));
    }

    [Fact]
    public void A_day_that_is_not_over_cannot_be_verified()
    {
        var input = Of(Prosecutor("a"));
        var open = new DrawDay("d-1", Day, DrawDay.CommitmentOf(Secret), null, [new(1, "c-1", Draw.Run(input))]);

        Assert.Equal([new DrawFault(null, "secret-missing")], DrawVerifier.Verify(Json(open)));
    }

    [Fact]
    public void A_reader_that_keeps_only_doubles_may_pass_a_day_on()
    {
        var day = JsonNode.Parse(Published(Of(Prosecutor("a"), Prosecutor("b"))))!;
        day["draws"]![0]!["u"] = (double)day["draws"]![0]!["u"]!.GetValue<decimal>();

        Assert.Empty(DrawVerifier.Verify(day.ToJsonString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"secret":"xyz","commitment":""}""")]
    [InlineData("""{"secret":"00","commitment":"","department":"d","date":"2026-13-01","draws":[]}""")]
    [InlineData("""{"secret":"00","commitment":"","department":"d","date":"2026-01-01","draws":[{"number":1e99}]}""")]
    [InlineData("""{"secret":"00","commitment":"","department":"d","date":"2026-01-01","draws":[{"number":1,"case":"c","eligible":[{"prosecutor":"a","score":1e99}],"u":0}]}""")]
    public void What_is_no_day_is_called_malformed(string json) =>
        Assert.Contains(new DrawFault(null, "malformed"), DrawVerifier.Verify(json));

    private static Gen<DrawInput[]> Days =>
        from roster in RosterEntries.ListOf()
        from loads in Gen.Choose(0, 4_000).ListOf(12)
        from number in Gen.Choose(1, 5)
        from preferred in Gen.Elements("p0", "p3", "nobody", null)
        from strategy in Gen.Elements(DrawStrategy.Balanced, DrawStrategy.Random, DrawStrategy.InTurns(1))
        let distinct = roster.DistinctBy(r => r.Id).ToArray()
        select InOrder(Enumerable.Range(1, number)
            .Select(n => Of(distinct).By(strategy) with
            {
                Number = n,
                Case = $"案-{n}",
                Preferred = n % 2 == 0 ? preferred : null,
                Loads = loads.Select((l, i) => ($"p{i}", l / 100m)).ToDictionary(),
            }));

    /// <summary>Each told whose turn the one before was.</summary>
    private static DrawInput[] InOrder(IEnumerable<DrawInput> inputs)
    {
        var inOrder = new List<DrawInput>();
        Turn? last = null;
        foreach (var input in inputs)
        {
            inOrder.Add(input with { LastTurn = last });
            var result = Draw.Run(inOrder[^1]);
            last = result.Mode == Draw.Rotation ? Turn.After(last, result.Chosen!, input.Policy.Strategy.Each) : last;
        }

        return [.. inOrder];
    }

    private static Gen<RosterEntry> RosterEntries =>
        from id in Gen.Choose(0, 11)
        from capacity in Gen.Elements(0, 0.35, 0.5, 1)
        from role in Gen.Elements(Roles)
        from qualified in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
        select Prosecutor($"p{id}", capacity, role) with { Qualified = qualified };

    /// <summary>The rule of the contract once more, in decimals, as an outsider would write it.</summary>
    private static bool FollowsTheContract(string published)
    {
        using var day = JsonDocument.Parse(published);
        return day.RootElement.GetProperty("draws").EnumerateArray().All(draw =>
        {
            var eligible = draw.GetProperty("eligible").EnumerateArray().ToArray();
            var total = eligible.Sum(e => e.GetProperty("score").GetDecimal());
            var running = 0m;
            var chosen = eligible.FirstOrDefault(e => (running += e.GetProperty("score").GetDecimal()) / total > draw.GetProperty("u").GetDecimal());
            return draw.GetProperty("chosen").GetString()
                == (eligible.Length == 0 ? null : chosen.GetProperty("prosecutor").GetString());
        });
    }
}
