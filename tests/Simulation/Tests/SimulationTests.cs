using Simulation.Failing;
using Simulation.Living;
using Xunit;
using Xunit.Abstractions;

namespace Simulation.Tests;

/// <summary>The whole silo on a machine that fails wherever the dice say. A seed that fails prints itself and what led to it.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    public static TheoryData<ulong> Chosen() => Seeds.Chosen();

    [Theory]
    [MemberData(nameof(Chosen))]
    public void Whatever_fails_and_whenever_what_must_stay_true_stays_true(ulong seed)
    {
        var outcome = Live(Scenario.Of(seed));
        Assert.True(outcome.Life.Stored.Cases.Count > 3 && outcome.Life.Stored.Alerts.Count > 10, "nothing happened");
    }

    [Fact]
    public void The_same_seed_is_the_same_run()
    {
        var scenario = Scenario.Of(7) with { Days = 4 };
        Assert.Equal(Print(Live(scenario)), Print(Live(scenario)));
    }

    [Fact]
    public void A_fault_that_is_left_out_changes_nothing_before_it()
    {
        var whole = Live(Scenario.Of(7) with { Days = 3 });
        var half = Live(whole.Scenario with { MostFaults = whole.Life.Office.Chaos.Count / 2 });
        Assert.NotEmpty(half.Life.Office.Chaos.Struck);
        Assert.Equal(whole.Life.Office.Chaos.Struck.Take(half.Life.Office.Chaos.Struck.Count), half.Life.Office.Chaos.Struck);
    }

    [Fact]
    public void An_office_of_a_thousand_cases_comes_through_a_year()
    {
        var outcome = Live(Scenario.Year(1));
        Assert.Equal(1_000, outcome.Life.Stored.Cases.Count);
        Assert.True(outcome.Life.Office.Wakes is { Count: > 5_000, Latest: < 1 }, $"wakes: {outcome.Life.Office.Wakes}");
    }

    private Outcome Live(Scenario scenario)
    {
        var outcome = Life.Run(scenario);
        output.WriteLine($"{scenario}: {outcome.Life.Office.Chaos.Struck.Count} faults, {outcome.Life.Office.Boots} starts, {outcome.Life.Office.Steps} steps, latest wake {outcome.Life.Office.Wakes.Latest:F3} s");
        Assert.True(outcome.Failure is null, outcome.Report());
        return outcome;
    }

    private static string Print(Outcome outcome) => string.Join('\n',
    [
        $"{outcome.Life.Office.Steps} {outcome.Life.Office.Boots} {outcome.Life.Office.Machine.Time.Now:O}",
        .. outcome.Life.Office.Chaos.Struck.Select(f => $"{f.Number} {f.Fault}"),
        .. outcome.Life.Stored.Streams.Select(s => $"{s.Key}: {string.Join(' ', s.Value.Select(e => $"{e.Event.Id}@{e.RecordedAt:O}"))}"),
        .. outcome.Life.Stored.Scopes.Select(s => $"{s.Name}: {s.Last}"),
    ]);
}
