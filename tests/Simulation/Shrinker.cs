using System.Diagnostics;
using Simulation.Failing;
using Simulation.Living;
using Simulation.Mutations;

namespace Simulation;

/// <summary>Narrows a failing run down to what it needs to fail in the same way: fewer days, cases, kinds of faults, faults and acts.</summary>
internal sealed class Shrinker(TimeSpan patience, Action<string> tell, Func<Mutation>? mutation = null)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <returns>The smallest failing run that was found; null if the scenario does not fail.</returns>
    public Outcome? Shrink(Scenario scenario)
    {
        var first = Run(scenario);
        if (first.Invariant is not { } invariant) return null;
        tell($"fails as '{invariant}': {scenario}");
        var best = first;
        bool Fails(Scenario smaller)
        {
            if (_clock.Elapsed > patience) return false;
            var outcome = Run(smaller);
            if (outcome.Invariant != invariant) return false;
            best = outcome;
            tell($"still fails: {smaller}");
            return true;
        }

        FewerFaultsFromTheEnd(Fails, () => best);
        for (var days = 1; days < best.Scenario.Days; days++)
        {
            if (Fails(best.Scenario with { Days = days })) break;
        }

        foreach (var kind in Enum.GetValues<Fault>())
        {
            if (kind is not (Fault.None or Fault.All) && best.Scenario.Faults.HasFlag(kind)) Fails(best.Scenario with { Faults = best.Scenario.Faults & ~kind });
        }

        for (var cases = 1; cases < Math.Min(best.Life.Stored.Cases.Count, best.Scenario.Cases); cases++)
        {
            if (Fails(best.Scenario with { Cases = cases })) break;
        }

        Without(() => [.. best.Life.Office.Chaos.Struck.Select(f => f.Number)], left => Fails(best.Scenario with { Spared = best.Scenario.Spared.Union(left).ToHashSet() }));
        Without(() => [.. Enumerable.Range(1, best.Life.Acts).Except(best.Scenario.Undone)], left => Fails(best.Scenario with { Undone = best.Scenario.Undone.Union(left).ToHashSet() }));
        Without(() => [.. best.Life.Office.Chaos.Struck.Select(f => f.Number)], left => Fails(best.Scenario with { Spared = best.Scenario.Spared.Union(left).ToHashSet() }));
        return best;
    }

    // Up to the last fault that is allowed the run is the same, so the first number that fails can be searched for.
    private static void FewerFaultsFromTheEnd(Func<Scenario, bool> fails, Func<Outcome> best)
    {
        var (low, high) = (0, best().Life.Office.Chaos.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (fails(best().Scenario with { MostFaults = middle })) high = middle;
            else low = middle + 1;
        }
    }

    // Leaves out halves, then quarters, and so on down to single ones.
    private static void Without(Func<List<int>> all, Func<IEnumerable<int>, bool> fails)
    {
        for (var size = Math.Max(1, all().Count / 2); ; size /= 2)
        {
            for (var at = 0; at < all().Count;)
            {
                if (!fails(all().Skip(at).Take(size))) at += size;
            }

            if (size <= 1) return;
        }
    }

    private Outcome Run(Scenario scenario) => Life.Run(scenario, mutation?.Invoke());
}
