using Orleans;

namespace Cluster.Contracts;

/// <summary>What departments, prosecutors and procuratorates know of a case: absolute state, so receiving it twice or late changes nothing.</summary>
/// <param name="Revision">Counts the commits of the case; a receiver ignores a summary that is not newer.</param>
/// <param name="Weight">Weight of domain.md 8.3.</param>
/// <param name="Open">Whether the case still burdens its prosecutor.</param>
/// <param name="Alerts">Open alerts by category and level.</param>
[GenerateSerializer, Immutable, Alias("cluster.case-summary")]
public sealed record CaseSummary(
    [property: Id(0)] string Case,
    [property: Id(1)] long Revision,
    [property: Id(2)] string? Procuratorate,
    [property: Id(3)] string? Department,
    [property: Id(4)] string? Prosecutor,
    [property: Id(5)] string CaseType,
    [property: Id(6)] double Weight,
    [property: Id(7)] bool Open,
    [property: Id(8)] AlertCount[] Alerts);

/// <summary>How many alerts of one category and level are open.</summary>
[GenerateSerializer, Immutable, Alias("cluster.alert-count")]
public sealed record AlertCount(
    [property: Id(0)] string Category,
    [property: Id(1)] string Level,
    [property: Id(2)] int Count);
