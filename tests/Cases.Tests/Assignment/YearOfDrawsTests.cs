using Cluster.Cases.Assignment;
using Cluster.Dealing;

namespace Cluster.Cases.Tests.Assignment;

/// <summary>A year of arrivals shaped like real cases, with absences and recusals; tests/Fairness compares all policies at length.</summary>
public sealed class YearOfDrawsTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    public void Balanced_keeps_loads_even_all_year_and_an_insider_guesses_no_better_than_twice_chance(int prosecutors)
    {
        var years = Enumerable.Range(1, 3).Select(seed => YearOf(prosecutors, (ulong)seed, new PolicyDealer("balanced", DrawStrategy.Balanced))).ToArray();

        Assert.InRange(years.Average(y => y.Cv), 0, 0.08);
        Assert.InRange(years.Average(y => y.MaxOverMean), 1, 1.2);
        Assert.All(years, y => Assert.InRange(y.BestGuess, 1, 2));
        // The guesses that came true scatter about that; three deviations.
        var draws = years.Sum(y => y.Draws);
        Assert.InRange(years.Sum(y => y.Guess * y.Draws) / draws, 0, 2 + (3 * Math.Sqrt(2d * prosecutors / draws)));
    }

    [Fact]
    public void The_same_year_by_blind_chance_is_several_times_less_even()
    {
        var balanced = YearOf(10, 1, new PolicyDealer("balanced", DrawStrategy.Balanced));
        var random = YearOf(10, 1, new PolicyDealer("random", DrawStrategy.Random));

        Assert.True(random.Cv > 3 * balanced.Cv, $"{random.Cv} against {balanced.Cv}");
    }

    [Fact]
    public void A_year_is_the_same_whenever_it_is_run() =>
        Assert.Equal(YearOf(6, 7, new PolicyDealer("balanced", DrawStrategy.Balanced)), YearOf(6, 7, new PolicyDealer("balanced", DrawStrategy.Balanced)));

    private static Outcome YearOf(int prosecutors, ulong seed, Dealer dealer) => Year.Run(new Office(prosecutors, open: 25, seed), dealer, seed);
}
