using Simulation.Mutations;
using Simulation.Truths;
using Xunit;
using Xunit.Abstractions;

namespace Simulation.Tests;

/// <summary>The simulator finds bugs: each of those that are planted, within a few seeds.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    public static TheoryData<string> Bugs() => [.. Planted.All.Select(planted => planted.Name)];

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_planted_bug_is_found(string bug)
    {
        var planted = Planted.All.Single(p => p.Name == bug);
        var found = planted.Hunt();
        Assert.True(found is not null, $"not found within {Planted.Seeds} seeds: {planted.Make().Says}");
        output.WriteLine($"{bug}: seed {found.Scenario.Seed}, {found.Failure!.Message}");
        // By what is not true, not by something that broke on the way.
        Assert.True(found.Failure is NotTrueException or { InnerException: NotTrueException }, found.Report());
    }

    [Fact]
    public void A_failing_run_is_narrowed_down_to_little()
    {
        var bug = Planted.All.Single(p => p.Name == nameof(AlertsTwice));
        var whole = Planted.ScenarioOf(1);
        var small = new Shrinker(TimeSpan.FromSeconds(15), _ => { }, bug.Make).Shrink(whole);
        Assert.Equal("alerts", small?.Invariant);
        Assert.True(small!.Scenario.Days < whole.Days && small.Life.Office.Chaos.Struck.Count < 5, small.Report());
    }
}
