using Simulation.Failing;
using Simulation.Living;

namespace Simulation.Mutations;

/// <summary>A planted bug, and how it is hunted.</summary>
internal sealed record Planted(string Name, Func<Mutation> Make)
{
    /// <summary>Seeds that are tried; one of them must find the bug.</summary>
    public const int Seeds = 12;

    public static IReadOnlyList<Planted> All { get; } = [];

    /// <summary>The first run that finds it; null if none does.</summary>
    public Outcome? Hunt() => Enumerable.Range(1, Seeds)
        .Select(seed => Life.Run(Scenario.Of((ulong)seed) with { Days = seed % 4 == 0 ? 3 : 6 }, Make()))
        .FirstOrDefault(outcome => outcome.Failure is not null);

    public override string ToString() => Name;
}
