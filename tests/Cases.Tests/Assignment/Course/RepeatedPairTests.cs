using Cluster.Cases.Assignment.Course;
using static Cases.Tests.Assignment.Course.Courses;

namespace Cases.Tests.Assignment.Course;

public sealed class RepeatedPairTests
{
    [Theory]
    // C(5,k)·C(15,5−k) ÷ C(20,5) summed from k: 1 + 75 = 76 of 15504 from 4; the lady tasting tea: 1 of 70.
    [InlineData(4, 5, 5, 20, 76d / 15504)]
    [InlineData(5, 5, 5, 20, 1d / 15504)]
    [InlineData(4, 4, 4, 8, 1d / 70)]
    [InlineData(0, 5, 5, 20, 1)]
    public void Fishers_exact_test_agrees_with_the_numbers_worked_by_hand(int k, int n, int marked, int all, double expected) =>
        Assert.Equal(expected, Chance.HypergeometricAtLeast(k, n, marked, all), 1e-12);

    [Theory]
    [InlineData(3, 3, 0.2, 0.008)]
    [InlineData(2, 3, 0.2, 0.104)]
    [InlineData(0, 3, 0.2, 1)]
    [InlineData(600, 1000, 0.5, 1.364e-10)]
    public void A_binomial_tail_agrees_with_the_numbers_worked_by_hand(int k, int n, double p, double expected) =>
        Assert.Equal(1, Chance.BinomialAtLeast(k, n, p) / expected, 1e-3);

    [Fact]
    public void A_poisson_tail_agrees_with_the_numbers_worked_by_hand() => Assert.Equal(Math.Exp(-3) * (1 + 3 + 4.5), Chance.PoissonAtMost(2, 3), 1e-12);

    [Fact]
    public void A_lawyer_whose_cases_all_come_to_one_handler_is_listed_with_the_cases()
    {
        var found = Assert.Single(Look(Spread().Concat(Enumerable.Range(0, 6).Select(i => Case($"x{i}", 5, "p1", lawyers: ["李律师"])))));
        Assert.Equal((RepeatedPairs.Lawyer, "p1", "李律师", 6), (found.Kind, found.Prosecutor, found.Other, found.Count));
        Assert.Equal(Enumerable.Range(0, 6).Select(i => $"x{i}"), found.Cases);
        // 16 of 46 cases with a lawyer are p1's.
        Assert.Equal(2.09, found.Expected);
    }

    [Fact]
    public void A_police_unit_is_looked_at_in_the_same_way()
    {
        var cases = Enumerable.Range(0, 60).Select(i => Case($"c{i}", 1 + (i % 20), $"p{1 + (i % 3)}", police: i % 3 == 0 ? "甲派出所" : $"派出所{i % 8}"));
        Assert.Equal((RepeatedPairs.Police, "p1", "甲派出所", 20), Look(cases).Select(p => (p.Kind, p.Prosecutor, p.Other, p.Count)).Single());
    }

    [Fact]
    public void What_chance_brings_what_is_rare_and_what_the_law_links_is_not_listed()
    {
        Assert.Empty(Look(Spread()));
        Assert.Empty(Look(Spread().Concat(Enumerable.Range(0, 3).Select(i => Case($"x{i}", 5, "p1", lawyers: ["李律师"])))));
        Assert.Empty(Look(Spread().Concat(Enumerable.Range(0, 9).Select(i => Case($"x{i}", 5, "p1", CourseAssignment.Linked, lawyers: ["李律师"])))));
        Assert.Empty(Look(Enumerable.Range(0, 12).Select(i => Case($"x{i}", 5, "p1", lawyers: ["李律师"]))));
    }

    [Fact]
    public void Of_a_hundred_honest_departments_fewer_than_ten_list_any_pair()
    {
        var dice = new Assessment.Histories(7);
        var listed = Enumerable.Range(0, 100).Count(_ => Look(Enumerable.Range(0, 300)
            .Select(i => Case($"c{i}", 1 + dice.Below(25), $"p{dice.Below(8)}", police: $"派出所{dice.Below(12)}", lawyers: [$"律师{dice.Below(40)}"]))).Count > 0);
        Assert.InRange(listed, 0, 9);
    }

    /// <summary>Forty cases of ten lawyers, each lawyer once with each of four handlers.</summary>
    private static IEnumerable<CaseCourse> Spread() => Enumerable.Range(0, 40).Select(i => Case($"s{i:00}", 1 + (i % 20), $"p{1 + (i % 4)}", lawyers: [$"律师{i / 4}"]));

    private static IReadOnlyList<RepeatedPair> Look(IEnumerable<CaseCourse> cases) => RepeatedPairs.Of([.. cases], Day(1, 0), Day(31, 0), FairnessTable.Default);
}
