using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Cluster.Silo.Clustered;

/// <summary>Shards go round the silos in the order of their addresses, so that each has its share; a silo that joins gets its own.</summary>
[Serializable, GenerateSerializer, Immutable, Alias("cluster.shard-placement")]
public sealed class ShardPlacement : PlacementStrategy
{
    /// <summary>The only one.</summary>
    public static ShardPlacement Instance { get; } = new();

    /// <summary>Where a shard belongs among the silos that there are.</summary>
    internal static SiloAddress Of(long shard, IEnumerable<SiloAddress> silos)
    {
        SiloAddress[] round = [.. silos.Order()];
        return round[shard % round.Length];
    }
}

/// <summary>Marks a grain whose key is the number of a shard.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ShardPlacementAttribute() : PlacementAttribute(ShardPlacement.Instance);

internal sealed class ShardPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
        target.GrainIdentity.TryGetIntegerKey(out var shard, out _)
            ? Task.FromResult(ShardPlacement.Of(shard, context.GetCompatibleSilos(target)))
            : throw new ArgumentException($"{target.GrainIdentity} is no shard.", nameof(target));
}
