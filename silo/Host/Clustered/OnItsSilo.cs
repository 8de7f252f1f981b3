using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Cluster.Silo.Clustered;

/// <summary>A grain whose key is the address of a silo lives there and nowhere else.</summary>
[Serializable, GenerateSerializer, Immutable, Alias("cluster.on-its-silo")]
public sealed class OnItsSilo : PlacementStrategy
{
    /// <summary>The only one.</summary>
    public static OnItsSilo Instance { get; } = new();
}

/// <summary>Marks a grain whose key is the address of its silo.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnItsSiloAttribute() : PlacementAttribute(OnItsSilo.Instance);

internal sealed class OnItsSiloDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var key = target.GrainIdentity.Key.ToString();
        foreach (var silo in context.GetCompatibleSilos(target))
        {
            if (silo.ToParsableString() == key) return Task.FromResult(silo);
        }

        throw new SiloUnavailableException($"There is no silo {key}.");
    }
}
