using Simulation.Failing;
using Simulation.Living;

namespace Simulation.Mutations;

/// <summary>A planted bug, and how it is hunted.</summary>
/// <param name="Seed">A seed that found it: the first to be tried, so that the hunt is short.</param>
internal sealed record Planted(Func<Mutation> Make, int Seed)
{
    /// <summary>How many seeds are tried beside that one; one of them must find the bug.</summary>
    public const int Seeds = 12;

    public static IReadOnlyList<Planted> All { get; } =
    [
        new(() => new DedupeSkipped(), 2),
        new(() => new EffectDropped(), 2),
        new(() => new EffectTwice(), 1),
        new(() => new OldNewsCounts(), 3),
        new(() => new DueForgotten(), 1),
        new(() => new ReplyBeforeCommit(), 1),
        new(() => new DeliveredBeforeReceivers(), 11),
        new(() => new SequenceReused(), 1),
        new(() => new ToldBeforeDurable(), 2),
        new(() => new CommitInTwo(), 9),
        new(() => new AlertsTwice(), 1),
        new(() => new WakesEarly(), 1),
        new(() => new DueServiceDeaf(), 2),
        new(() => new RecoverySkipped(), 2),
        new(() => new ClockNotResumed(), 1),
        new(() => new SnapshotAhead(), 8),
        new(() => new FenceRemoved(), 15),
        new(() => new OrderOfArrivalCounts(), 1),
        new(() => new SweepForgetsTail(), 1),
        new(() => new SecretToldEarly(), 1),
    ];

    public string Name => Make().GetType().Name;

    /// <summary>The first run that finds it; null if none does.</summary>
    public Outcome? Hunt() => Enumerable.Range(1, Seeds)
        .Where(seed => seed != Seed)
        .Prepend(Seed)
        .Select(seed => Life.Run(ScenarioOf((ulong)seed), Make()))
        .FirstOrDefault(outcome => outcome.Failure is not null);

    /// <summary>The run of a seed with the bug in it: shorter than without, for a bug is soon found.</summary>
    public static Scenario ScenarioOf(ulong seed) => Scenario.Of(seed) is { Speed: 1 } real ? real with { Days = 3 } : Scenario.Of(seed) with { Days = 6 };

    public override string ToString() => Name;
}
