using Simulation.Failing;
using Simulation.Living;

namespace Simulation.Mutations;

/// <summary>A planted bug, and how it is hunted.</summary>
/// <param name="Seed">A seed that found it: the first to be tried, so that the hunt is short.</param>
internal sealed record Planted(Func<Mutation> Make, int Seed = 1)
{
    /// <summary>Seeds that are tried; one of them must find the bug.</summary>
    public const int Seeds = 12;

    public static IReadOnlyList<Planted> All { get; } =
    [
        new(() => new DedupeSkipped()),
        new(() => new EffectDropped()),
        new(() => new EffectTwice()),
        new(() => new OldNewsCounts()),
        new(() => new DueForgotten()),
        new(() => new ReplyBeforeCommit()),
        new(() => new DeliveredBeforeReceivers()),
        new(() => new SequenceReused()),
        new(() => new ToldBeforeDurable()),
        new(() => new CommitInTwo()),
        new(() => new AlertsTwice()),
        new(() => new WakesEarly()),
        new(() => new DueServiceDeaf()),
        new(() => new RecoverySkipped()),
        new(() => new ClockNotResumed()),
        new(() => new SnapshotAhead()),
        new(() => new FenceRemoved()),
        new(() => new OrderOfArrivalCounts()),
        new(() => new SweepForgetsTail()),
        new(() => new SecretToldEarly()),
        new(() => new DrawNotReleased()),
    ];

    public string Name => Make().GetType().Name;

    /// <summary>The first run that finds it; null if none does.</summary>
    public Outcome? Hunt() => Enumerable.Range(0, Seeds)
        .Select(i => ((Seed + i - 1) % Seeds) + 1)
        .Select(seed => Life.Run(ScenarioOf((ulong)seed), Make()))
        .FirstOrDefault(outcome => outcome.Failure is not null);

    /// <summary>The run of a seed with the bug in it: shorter than without, for a bug is soon found.</summary>
    public static Scenario ScenarioOf(ulong seed) => Scenario.Of(seed) is { Speed: 1 } real ? real with { Days = 3 } : Scenario.Of(seed) with { Days = 6 };

    public override string ToString() => Name;
}
