using Orleans;

namespace Cluster.Contracts.Storage;

/// <summary>
/// The store is away, full or broken. What was to be written was not, or nobody can know: whoever sends it again with the same
/// ids is told which.
/// </summary>
[GenerateSerializer, Alias("cluster.store-unavailable")]
public sealed class StoreUnavailableException(Exception cause) : Exception("The store cannot be used at the moment.", cause);
