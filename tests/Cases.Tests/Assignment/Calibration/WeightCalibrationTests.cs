using Cluster.Cases.Assignment;
using Cluster.Cases.Assignment.Calibration;
using Cluster.Dealing;

namespace Cluster.Cases.Tests.Assignment.Calibration;

/// <summary>Cases made with known coefficients, and what is found of them.</summary>
public sealed class WeightCalibrationTests
{
    // Of 8 days a weight: bases 12 and 30 days, 0.5 a suspect more, 0.4 a return, 0.05 a volume, nothing for a charge more.
    private static readonly IReadOnlyList<EffortSample> Known = Made(2_000, spread: 0.4);
    private static readonly Lazy<CalibrationResult> Found = new(() => WeightCalibration.Run(Known)!);

    [Fact]
    public void Known_coefficients_are_found_again_through_noise_and_outliers()
    {
        var found = Found.Value;

        Assert.InRange(Of(found, "suspects.each"), 0.42m, 0.58m);
        Assert.InRange(Of(found, "returns.each"), 0.32m, 0.48m);
        Assert.InRange(Of(found, "volumes.each"), 0.04m, 0.06m);
        Assert.InRange(Of(found, "charges"), 0, 0.06m);
        var (ordinary, arrest) = (Base(found, "PRO ordinary"), Base(found, "ARR"));
        Assert.InRange(ordinary / arrest, 2.3m, 2.7m);
        Assert.True(found.After.Mae < found.Before.Mae, $"{found.After} against {found.Before}");
        Assert.True(found.After.RankCorrelation > found.Before.RankCorrelation);
    }

    [Fact]
    public void What_no_case_tells_of_stays_as_it_is()
    {
        var found = Found.Value;

        Assert.Equal(WeightTable.Default.Organised, Of(found, "organised"));
        Assert.Equal(WeightTable.Default.Interpreter, found.Table.Interpreter);
        // A group with few cases keeps its proportion to the others.
        var rare = WeightCalibration.Run([.. Known.Take(500), .. Enumerable.Range(0, 5).Select(i => new EffortSample($"m{i}", new WeightInput { CaseType = "PRO-M" }, 900))])!;
        Assert.InRange(Base(rare, "PRO-M") / WeightTable.Default.Base["PRO-M"], 0.6m, 1.6m);
    }

    [Fact]
    public void The_same_cases_give_the_same_table_in_whatever_order_they_come()
    {
        var (one, other) = (Found.Value, WeightCalibration.Run(Known.Reverse())!);

        Assert.Equal(WeightFragment.Of(one.Table), WeightFragment.Of(other.Table));
        Assert.Equal((one.Before, one.After, one.Table.Version), (other.Before, other.After, other.Table.Version));
        Assert.NotEqual(one.Table.Version, WeightCalibration.Run(Known.Take(100))!.Table.Version);
    }

    [Fact]
    public void What_is_said_of_a_held_out_case_does_not_depend_on_what_it_took()
    {
        var design = new Design(Known.Take(600), WeightTable.Default);
        var fold = HeldOut.FoldOf(design.Samples[0].Case, 10);
        var absurd = Known.Take(600).Select(s => HeldOut.FoldOf(s.Case, 10) == fold ? s with { Days = 5_000 + (s.Days * s.Days) } : s);
        var (before, after) = (HeldOut.Of(design), HeldOut.Of(new Design(absurd, WeightTable.Default)));

        var held = Enumerable.Range(0, 600).Where(i => HeldOut.FoldOf(design.Samples[i].Case, 10) == fold).ToArray();
        Assert.InRange(held.Length, 30, 100);
        Assert.All(held, i => Assert.Equal((before.Before[i], before.After[i]), (after.Before[i], after.After[i])));
        // The others were found with those cases, so they do.
        Assert.NotEqual(before.After[Enumerable.Range(0, 600).First(i => !held.Contains(i))], after.After[Enumerable.Range(0, 600).First(i => !held.Contains(i))]);
    }

    [Fact]
    public void Where_nothing_is_to_be_found_the_held_out_error_does_not_pretend_otherwise()
    {
        var dice = new Dice(5);
        var noise = Known.Take(400).Select(s => s with { Days = 20 * Math.Exp(0.5 * dice.Normal()) });

        Assert.True(WeightCalibration.Run(noise)!.After.R2 < 0.02);
    }

    [Fact]
    public void Weights_stay_as_large_as_they_were_on_average()
    {
        var found = Found.Value;

        Assert.Equal(Known.Average(s => CaseWeight.Of(s.Input).Value), Known.Average(s => CaseWeight.Of(s.Input, found.Table).Value), 0.02);
        // What lay forgotten does not count as effort: the median is met, not the mean.
        var ratios = Known.Select(s => s.Days / (CaseWeight.Of(s.Input, found.Table).Value * found.DaysPerWeight)).Order().ToArray();
        Assert.InRange(ratios[ratios.Length / 2], 0.85, 1.1);
    }

    [Fact]
    public void The_fragment_is_a_table_and_says_what_was_found()
    {
        var found = Found.Value;
        var read = WeightTable.Parse(WeightFragment.Of(found.Table));

        Assert.Equal(found.Table.Version, read.Version);
        Assert.StartsWith(WeightTable.Default.Version + "+", read.Version, StringComparison.Ordinal);
        Assert.All(Known.Take(200), s => Assert.Equal(CaseWeight.Of(s.Input, found.Table), CaseWeight.Of(s.Input, read), (a, b) => a!.Value == b!.Value));
    }

    [Fact]
    public void The_fragment_of_the_table_in_force_is_what_the_catalogue_says() => Assert.All(
        Coefficients.Of(WeightTable.Default), c => Assert.Equal(c.Of(WeightTable.Default), c.Of(WeightTable.Parse(WeightFragment.Of(WeightTable.Default)))));

    [Fact]
    public void A_weight_is_its_base_times_one_and_its_coefficients_times_their_factors()
    {
        var design = new Design(Known.Take(300), WeightTable.Default);

        Assert.All(design.WeightsInForce().Zip(design.Samples), pair => Assert.Equal(CaseWeight.Of(pair.Second.Input).Value, pair.First, 0.006));
    }

    [Fact]
    public void Too_few_cases_find_nothing()
    {
        Assert.Null(WeightCalibration.Run(Known.Take(WeightCalibration.FewestCases - 1)));
        Assert.NotNull(WeightCalibration.Run(Known.Take(WeightCalibration.FewestCases)));
        Assert.Null(WeightCalibration.Run(Known.Select(s => s with { Days = double.NaN })));
    }

    private static decimal Of(CalibrationResult found, string name) => found.Coefficients.Single(c => c.Name == name).Fitted;

    private static decimal Base(CalibrationResult found, string name) => found.Bases.Single(c => c.Name == name).Fitted;

    private static List<EffortSample> Made(int cases, double spread)
    {
        var dice = new Dice(1);
        var made = new List<EffortSample>(cases);
        for (var i = 0; i < cases; i++)
        {
            var input = new WeightInput
            {
                CaseType = i % 3 == 0 ? "ARR" : "PRO",
                Procedure = "ordinary",
                Suspects = 1 + dice.Below(4),
                Returns = dice.Below(3),
                Volumes = dice.Below(20),
                Charges = dice.Below(2) == 0 ? ["盗窃罪"] : ["盗窃罪", "寻衅滋事罪"],
                ExpectedTermMonths = 6,
            };
            var days = (i % 3 == 0 ? 12 : 30) * (1 + (0.5 * (input.Suspects - 1)) + (0.4 * input.Returns) + (0.05 * input.Volumes)) * Math.Exp(spread * dice.Normal());
            // One in twenty lay forgotten in a drawer.
            made.Add(new($"c{i}", input, dice.Below(20) == 0 ? days * 8 : days));
        }

        return made;
    }
}
