using Orleans;

namespace Cluster.Contracts;

/// <summary>What a proposal is asked for: as things are, or as they would be.</summary>
/// <param name="Leaving">Prosecutors who leave for good: all their cases go.</param>
/// <param name="Away">Prosecutors who are away until a day: what falls due before goes, and nothing comes.</param>
/// <param name="MostMoves">No more moves than these, beside those that must be.</param>
/// <param name="KeepDays">Cases whose next deadline ends within so many days stay.</param>
/// <param name="Begun">Whether cases may be moved in which a suspect was interrogated.</param>
/// <param name="From">From which day they leave; null: now. Who is away on that day takes nothing, and what is near its deadline then stays.</param>
[GenerateSerializer, Immutable, Alias("cluster.rebalancing-request")]
public sealed record RebalancingRequest(
    [property: Id(0)] string[] Leaving,
    [property: Id(1)] AwayUntil[] Away,
    [property: Id(2)] int MostMoves,
    [property: Id(3)] int KeepDays,
    [property: Id(4)] bool Begun,
    [property: Id(5)] DateOnly? From = null);

/// <summary>Somebody who is away up to and including a day.</summary>
[GenerateSerializer, Immutable, Alias("cluster.away-until")]
public sealed record AwayUntil([property: Id(0)] string Prosecutor, [property: Id(1)] DateOnly Until);
