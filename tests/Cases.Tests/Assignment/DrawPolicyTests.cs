using Cluster.Cases.Assignment;
using FsCheck;
using FsCheck.Fluent;
using static Cluster.Cases.Tests.Assignment.Drawing;

namespace Cluster.Cases.Tests.Assignment;

public sealed class DrawPolicyTests
{
    private static readonly DrawStrategy[] ByChance = [DrawStrategy.Balanced, DrawStrategy.Random];

    [Theory]
    [InlineData(null, "balanced/1")]
    [InlineData("balanced", "balanced/1")]
    [InlineData("weighted-random", "balanced/1")]
    [InlineData("random", "random/1")]
    [InlineData("turns", "turns/1")]
    [InlineData("rotation", "turns/1")]
    [InlineData("turns:1", "turns/1")]
    [InlineData("turns:3", "turns:3/1")]
    [InlineData("turns:100", "turns:100/1")]
    public void A_strategy_is_read_and_told_with_its_version(string? text, string policy)
    {
        Assert.True(DrawStrategy.TryParse(text, out var strategy));
        Assert.Equal(policy, strategy.Policy);
        Assert.True(DrawStrategy.TryParsePolicy(policy, out var told));
        Assert.Equal(strategy, told);
    }

    [Theory]
    [InlineData("")]
    [InlineData("dice")]
    [InlineData("Balanced")]
    [InlineData("turns:")]
    [InlineData("turns:0")]
    [InlineData("turns:-1")]
    [InlineData("turns: 2")]
    [InlineData("turns:101")]
    [InlineData("turns:2.5")]
    [InlineData("turns:99999999999")]
    [InlineData("balanced/1")]
    public void What_is_no_strategy_is_refused(string text) => Assert.False(DrawStrategy.TryParse(text, out _));

    [Theory]
    [InlineData("balanced")]
    [InlineData("balanced/2")]
    [InlineData("rotation/1")]
    [InlineData("turns:1/1")]
    [InlineData("/1")]
    public void What_no_draw_records_is_no_policy(string text) => Assert.False(DrawStrategy.TryParsePolicy(text, out _));

    // Worked by hand. Whoever changes a score changes what recorded days say: that takes a new version.
    [Theory]
    [InlineData(new[] { 10.0, 20, 30, 40 }, 2, new[] { 1, 1, 0.000001, 0.000001 })]
    [InlineData(new[] { 10.0, 20, 30, 40, 50 }, 2, new[] { 1, 1, 1, 0.000001, 0.000001 })]
    [InlineData(new[] { 5.0, 5, 5, 5 }, 2, new[] { 0.5, 0.5, 0.5, 0.5 })]
    [InlineData(new[] { 1.0, 7, 7, 7 }, 2, new[] { 1, 0.333334, 0.333334, 0.333334 })] // one place for three, rounded up
    [InlineData(new[] { 9.0, 1, 5, 5, 9, 2 }, 2, new[] { 0.000001, 1, 0.5, 0.5, 0.000001, 1 })]
    [InlineData(new[] { 3.0, 9 }, 2, new[] { 1, 0.333333 })]
    [InlineData(new[] { 9.0, 3 }, 2, new[] { 0.333333, 1 })]
    [InlineData(new[] { 3.0, 3 }, 2, new[] { 1.0, 1 })]
    [InlineData(new[] { 3.0 }, 2, new[] { 1.0 })]
    [InlineData(new double[0], 2, new double[0])]
    public void Balanced_gives_the_half_that_carries_least_the_same_chance(double[] loads, double weight, double[] scores)
    {
        var roster = loads.Select((_, i) => Prosecutor($"p{i}")).ToArray();
        var carried = loads.Select((l, i) => ($"p{i}", (decimal)l)).ToArray();

        Assert.Equal(scores.Select(s => (decimal)s), Draw.Run(Of(roster).Carrying(carried) with { Weight = weight }).Eligible.Select(e => e.Score));
    }

    [Theory]
    [InlineData(2, 1)] // 2 ÷ 0.35 = 5.7 on the leader's 3 is less than 2 on 8
    [InlineData(4, 0.000001)] // 4 ÷ 0.35 = 11.4 is more than 4 on 8 or 9
    public void A_heavy_case_counts_in_full_before_it_is_given_to_little_capacity(double weight, double score)
    {
        var input = Of(A, B, Prosecutor("l", 0.35, "leader"), Prosecutor("z")).Carrying(("a", 8), ("b", 9), ("l", 1.05m), ("z", 10)) with { Weight = weight };

        Assert.Equal((decimal)score, Draw.Run(input).Eligible[2].Score);
    }

    [Fact]
    public void Nobody_has_more_than_twice_the_chance_of_a_blind_draw() => Prop.ForAll(Inputs, input =>
        ByChance.All(strategy => Draw.Explain(input.By(strategy)).Eligible is var chances
            && chances.All(c => c.Score > 0 && (chances.Count == 1 || c.Score * chances.Count <= 2 * chances.Sum(x => x.Score)))))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_the_roster_never_matters() => Prop.ForAll(Inputs, input =>
        ByChance.Append(DrawStrategy.InTurns(2)).All(strategy =>
        {
            var (one, other) = (Draw.Run(input.By(strategy)), Draw.Run(input.By(strategy) with { Roster = [.. input.Roster.Reverse()] }));
            return one.Chosen == other.Chosen && one.Eligible.SequenceEqual(other.Eligible) && one.Excluded.SequenceEqual(other.Excluded);
        })).QuickCheckThrowOnFailure();

    [Fact]
    public void Names_never_matter_only_loads_and_capacities() => Prop.ForAll(Inputs, input =>
    {
        static string Mirrored(string id) => $"p{99 - int.Parse(id.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture):00}";
        var renamed = input with
        {
            Roster = [.. input.Roster.Select(r => r with { Id = Mirrored(r.Id) })],
            Loads = input.Loads.ToDictionary(l => Mirrored(l.Key), l => l.Value),
        };
        return ByChance.All(strategy => Draw.Explain(input.By(strategy)).Eligible.Select(c => c.Score)
            .SequenceEqual(Draw.Explain(renamed.By(strategy)).Eligible.Select(c => c.Score).Reverse()));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Who_carries_and_can_carry_the_same_has_the_same_chance() => Prop.ForAll(Inputs, input =>
        ByChance.All(strategy => Draw.Run(input.By(strategy)).Eligible.GroupBy(c => (c.Load, c.Capacity)).All(alike => alike.Select(c => c.Score).Distinct().Count() == 1)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Who_would_carry_less_never_has_the_lesser_chance() => Prop.ForAll(Inputs, input =>
        Draw.Run(input).Eligible is var eligible && eligible.All(a => eligible.All(b =>
            a.Load + (decimal)input.Weight / a.Capacity >= b.Load + (decimal)input.Weight / b.Capacity - 0.0001m || a.Score >= b.Score)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Who_carries_far_more_than_all_others_is_practically_never_drawn() => Prop.ForAll(Inputs, input =>
    {
        var with = input with { Roster = [.. input.Roster, Prosecutor("p99")], Loads = new Dictionary<string, decimal>(input.Loads) { ["p99"] = 100_000 } };
        var chances = Draw.Explain(with).Eligible;
        return chances.Count < 3 || chances[^1] is { Prosecutor: "p99", Probability: < 0.000_001 };
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_blind_draw_gives_everybody_the_same_chance() => Prop.ForAll(Inputs, input =>
        Draw.Explain(input.By(DrawStrategy.Random)).Eligible.All(c => c.Score == 1)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void In_turns_each_takes_as_many_in_a_row_as_a_turn_has(int each)
    {
        var takers = InTurns(each, 6 * each, _ => Of(C, A, B));

        Assert.Equal("abcabc".SelectMany(id => Enumerable.Repeat(id.ToString(), each)), takers);
    }

    [Fact]
    public void Who_may_not_have_a_case_loses_the_rest_of_the_turn()
    {
        var takers = InTurns(2, 6, number => number == 2 ? Of(A with { Recusals = ["c-2"] }, B, C) : Of(A, B, C));

        Assert.Equal(["a", "b", "b", "c", "c", "a"], takers);
    }

    [Fact]
    public void Whose_turn_it_was_may_have_left()
    {
        Assert.Equal("c", Turn.Next(new("b", 1), ["a", "c"], 3));
        Assert.Equal("a", Turn.Next(new("d", 1), ["a", "c"], 3));
        Assert.Equal("a", Turn.Next(new("a", 9), ["a"], 3));
    }

    private static readonly RosterEntry A = Prosecutor("a"), B = Prosecutor("b"), C = Prosecutor("c");

    private static Arbitrary<DrawInput> Inputs => (
        from capacities in Gen.Elements(0.35, 0.5, 0.6, 1, 1, 1).ListOf()
        from loads in Gen.Frequency((1, Gen.Choose(0, 3)), (2, Gen.Choose(0, 10_000))).ListOf(capacities.Count)
        from weight in Gen.Choose(0, 2_000)
        let ids = Enumerable.Range(0, Math.Min(capacities.Count, 90)).Select(i => $"p{i:00}").ToArray()
        select Of([.. ids.Select((id, i) => Prosecutor(id, capacities[i]))])
            .Carrying([.. ids.Select((id, i) => (id, loads[i] / 100m))]) with
        { Weight = weight / 100d }).ToArbitrary();

    private static List<string> InTurns(int each, int draws, Func<int, DrawInput> input)
    {
        var takers = new List<string>();
        Turn? last = null;
        for (var number = 1; number <= draws; number++)
        {
            var result = Draw.Run(input(number).By(DrawStrategy.InTurns(each)) with { Number = number, Case = $"c-{number}", LastTurn = last });
            last = Turn.After(last, result.Chosen!, each);
            takers.Add(result.Chosen!);
        }

        return takers;
    }
}
