using Cluster.Cases.Assignment;
using FsCheck;
using FsCheck.Fluent;
using static Cluster.Cases.Tests.Assignment.Drawing;

namespace Cluster.Cases.Tests.Assignment;

public sealed class DrawTests
{
    private static readonly RosterEntry A = Prosecutor("a"), B = Prosecutor("b"), C = Prosecutor("c");

    // Computed with Python's hmac and hashlib from the formula of the contract.
    [Theory]
    [InlineData(1, "咸检起诉受[2026]42282600109号", 7865373892976461614UL)]
    [InlineData(2, "c-2", 5404429405870976744UL)]
    [InlineData(3, "c-3", 17459098202940701976UL)]
    public void The_number_of_a_draw_follows_from_the_secret(int number, string caseId, ulong bits) =>
        Assert.Equal(bits, DrawNumber.Of(Secret, "d-1", Day, number, caseId).Bits);

    // Worked by hand: two of three have a place; a would carry 3 and b 4, c 5. The total is 2.000001.
    [Theory]
    [InlineData(1, "咸检起诉受[2026]42282600109号", "a")] // u = 0.4264, × total = 0.8528
    [InlineData(2, "c-2", "a")] // 0.5859
    [InlineData(3, "c-3", "b")] // 1.8929
    public void The_first_running_sum_beyond_u_is_chosen(int number, string caseId, string chosen)
    {
        var input = Of(A, B, C).Carrying(("a", 1), ("b", 2), ("c", 3)) with { Number = number, Case = caseId };

        var result = Draw.Run(input);

        Assert.Equal([1m, 1m, 0.000001m], result.Eligible.Select(e => e.Score));
        Assert.Equal(chosen, result.Chosen);
        Assert.Equal(("random", "balanced/1", 2m), (result.Mode, result.Policy, result.Weight));
    }

    [Theory]
    [InlineData(1UL << 62, 1)] // u = 0.25 does not exceed itself
    [InlineData((1UL << 62) - 1, 0)]
    [InlineData(0UL, 0)]
    [InlineData(ulong.MaxValue, 1)]
    public void The_choice_is_exact_at_its_bounds(ulong bits, int index)
    {
        Assert.Equal(index, new DrawNumber(bits).Choose(new[] { 0.1m, 0.30m }));
        Assert.Equal(index, new DrawNumber(bits).Choose([1UL, 3UL]));
    }

    [Fact]
    public void Scores_as_drawn_and_scores_as_printed_choose_the_same() => Prop.ForAll(
        (from scores in Gen.Choose(1, 1_000_000).ListOf() from high in Gen.Choose(0, int.MaxValue) from low in Gen.Choose(0, int.MaxValue) select (scores, high, low)).ToArbitrary(),
        x =>
        {
            var u = new DrawNumber(((ulong)x.high << 33) | (uint)x.low);
            return u.Choose([.. x.scores.Select(s => (ulong)s)]) == u.Choose(x.scores.Select(s => s / 1_000_000m).ToArray());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_number_is_printed_so_that_no_two_are_alike_and_none_reaches_one()
    {
        Assert.NotEqual(new DrawNumber(1).Value, new DrawNumber(2).Value);
        Assert.True(new DrawNumber(ulong.MaxValue).Value < 1);
        Assert.Equal(0.5m, new DrawNumber(1UL << 63).Value);
    }

    [Fact]
    public void The_eligible_are_sorted_by_id_and_the_order_of_the_roster_changes_nothing()
    {
        var loads = new[] { ("a", 1m), ("B", 2m), ("10", 3m), ("9", 4m) };
        RosterEntry[] roster = [Prosecutor("a"), Prosecutor("B"), Prosecutor("10"), Prosecutor("9")];

        var one = Draw.Run(Of(roster).Carrying(loads));
        var other = Draw.Run(Of([.. roster.Reverse()]).Carrying(loads));

        Assert.Equal(["10", "9", "B", "a"], one.Eligible.Select(e => e.Prosecutor));
        Assert.Equal(one.Eligible, other.Eligible);
        Assert.Equal((one.U, one.Chosen), (other.U, other.Chosen));
    }

    [Fact]
    public void Load_is_open_weight_over_capacity()
    {
        var result = Draw.Run(Of(A, Prosecutor("h", 0.6, "head")).Carrying(("a", 3), ("h", 2)));

        Assert.Equal([3m, 3.3333m], result.Eligible.Select(e => e.Load));
    }

    [Fact]
    public void Without_any_load_all_of_one_role_have_the_same_chance() =>
        Assert.All(Draw.Explain(Of(A, B, C)).Eligible, c => Assert.Equal(1 / 3d, c.Probability, 1e-12));

    [Fact]
    public void An_explanation_needs_no_secret_and_its_probabilities_add_up()
    {
        var chances = Draw.Explain(Of(A, B, C).Carrying(("a", 5), ("b", 1)) with { Secret = [] }).Eligible;

        Assert.Equal(1, chances.Sum(c => c.Probability), 1e-12);
        Assert.True(chances[1].Probability > chances[0].Probability);
    }

    [Fact]
    public void Who_may_not_handle_the_case_is_excluded_with_the_first_reason()
    {
        var absent = A with { Absences = [new(Day.AddDays(-1), Day, "休假")] };
        Assert.Equal("not-qualified", ReasonFor("a", Of(A with { Qualified = false, OnDuty = false }, B)));
        Assert.Equal("off-duty", ReasonFor("a", Of(A with { OnDuty = false }, B)));
        Assert.Equal("no-capacity", ReasonFor("a", Of(A with { Capacity = 0 }, B)));
        Assert.Equal("absent", ReasonFor("a", Of(absent, B)));
        Assert.Equal("recused", ReasonFor("a", Of(A with { Recusals = ["c-1"] }, B)));
        Assert.Equal("recused", ReasonFor("a", Of(A with { Recusals = ["某律师"] }, B) with { Organs = ["咸丰县公安局", "某律师"] }));
        Assert.Equal("handled-before", ReasonFor("a", Of(A, B) with { Excluded = [new("a", "handled-before")] }));
        Assert.Null(ReasonFor("b", Of(A with { Qualified = false }, B)));
        Assert.Equal(["b"], Eligible(Of(A with { Qualified = false }, B)));
    }

    [Fact]
    public void An_absence_counts_on_both_its_days_and_without_an_end_for_ever()
    {
        string? Reason(DateOnly from, DateOnly? until) => ReasonFor("a", Of(A with { Absences = [new(from, until, null)] }));

        Assert.Equal("absent", Reason(Day, Day));
        Assert.Equal("absent", Reason(Day.AddDays(-9), null));
        Assert.Null(Reason(Day.AddDays(1), null));
        Assert.Null(Reason(Day.AddDays(-9), Day.AddDays(-1)));
    }

    [Fact]
    public void A_cap_counts_the_case_itself_and_the_capacity()
    {
        var policy = DrawPolicy.Default with { MaxWeight = 10 };
        string? Reason(double carries, double capacity) =>
            ReasonFor("a", Of(A with { Capacity = capacity }).Carrying(("a", (decimal)carries)) with { Policy = policy, Weight = 2 });

        Assert.Null(Reason(8, 1));
        Assert.Equal("over-cap", Reason(8.1, 1));
        Assert.Equal("over-cap", Reason(4, 0.5));
        Assert.Null(ReasonFor("a", Of(A).Carrying(("a", 1_000_000))));
    }

    [Fact]
    public void A_needed_specialty_binds_only_where_somebody_left_has_it()
    {
        var juvenile = B with { Specialties = ["未检"] };

        Assert.Equal(["b"], Eligible(Of(A, juvenile, C) with { Needs = ["未检"] }));
        Assert.Equal("lacks-specialty", ReasonFor("a", Of(A, juvenile) with { Needs = ["未检"] }));
        Assert.Equal(["a", "c"], Eligible(Of(A, C) with { Needs = ["未检"] }));
        Assert.Equal(["a", "c"], Eligible(Of(A, juvenile with { OnDuty = false }, C) with { Needs = ["未检"] }));
    }

    [Fact]
    public void A_linked_case_goes_to_its_handler_whatever_the_load()
    {
        var result = Draw.Run(Of(A, B, C).Carrying(("c", 1000)) with { Preferred = "c" });

        Assert.Equal(("linked", "c"), (result.Mode, result.Chosen));
        Assert.Equal(["c"], result.Eligible.Select(e => e.Prosecutor));
        Assert.All(result.Excluded, e => Assert.Equal("linked-to-another", e.Reason));
    }

    [Fact]
    public void A_linked_case_whose_handler_may_not_have_it_is_drawn()
    {
        var result = Draw.Run(Of(A, B with { OnDuty = false }) with { Preferred = "b" });

        Assert.Equal(("random", "a"), (result.Mode, result.Chosen));
    }

    [Theory]
    [InlineData(null, "a")]
    [InlineData("a", "c")] // b is away
    [InlineData("b", "c")]
    [InlineData("c", "a")]
    [InlineData("zz", "a")]
    public void In_rotation_the_next_by_id_has_the_turn(string? previous, string chosen)
    {
        var last = previous is null ? null : new Turn(previous, 1);
        var input = Of(C, B with { OnDuty = false }, A).By(DrawStrategy.InTurns(1)) with { LastTurn = last };

        var result = Draw.Run(input);

        Assert.Equal(("rotation", chosen), (result.Mode, result.Chosen));
    }

    [Fact]
    public void When_nobody_may_have_it_nobody_is_chosen_and_the_reasons_are_told()
    {
        var result = Draw.Run(Of(A with { OnDuty = false }, B with { Qualified = false }));

        Assert.Null(result.Chosen);
        Assert.Empty(result.Eligible);
        Assert.Equal([new Exclusion("a", "off-duty"), new Exclusion("b", "not-qualified")], result.Excluded);
        Assert.Empty(Draw.Explain(Of()).Eligible);
        Assert.Null(Draw.Run(Of()).Chosen);
    }

    [Fact]
    public void Ten_thousand_draws_fall_as_the_scores_say()
    {
        RosterEntry[] roster = [A, B, C, Prosecutor("d"), Prosecutor("l", 0.35, "leader")];
        var input = Of(roster).Carrying(("a", 10), ("b", 12), ("c", 8), ("d", 15), ("l", 3));
        var chances = Draw.Explain(input).Eligible;
        const int Draws = 10_000;

        var counts = Enumerable.Range(1, Draws)
            .Select(n => Draw.Run(input with { Number = n, Case = $"c-{n}" }).Chosen!)
            .CountBy(p => p)
            .ToDictionary();

        var chiSquare = chances.Sum(c => Math.Pow(counts.GetValueOrDefault(c.Prosecutor) - (c.Probability * Draws), 2) / (c.Probability * Draws));
        Assert.True(chiSquare < 18.47, $"χ² = {chiSquare}, beyond the 0.1 % bound at four degrees of freedom");
    }

    [Fact]
    public void Drawing_keeps_loads_level_over_a_year()
    {
        RosterEntry[] roster = [A, B, C, Prosecutor("h", 0.6, "head"), Prosecutor("l", 0.35, "leader"), Prosecutor("n", 0.5, "newcomer")];
        var carried = roster.ToDictionary(r => r.Id, _ => 0m);
        for (var n = 1; n <= 2_000; n++)
        {
            var weight = 0.8m + (n % 7 * 0.4m);
            var input = Of(roster) with { Number = n, Case = $"c-{n}", Weight = (double)weight, Loads = carried };
            carried[Draw.Run(input).Chosen!] += weight;
        }

        Assert.True(Fairness.Of([.. roster.Select(r => (double)carried[r.Id] / r.Capacity)]).Cv < 0.05);
    }
}
