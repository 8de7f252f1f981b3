using Cluster.Contracts.Storage;
using Orleans.Runtime;

namespace Grains.Tests.Clustered;

/// <summary>What lives where.</summary>
internal static class AliveOf
{
    private const int Shards = 16;

    /// <summary>The activations of one type on all silos.</summary>
    public static async Task<IReadOnlyList<DetailedGrainStatistic>> Alive(this SilosUnderTest silos, string type) =>
        [.. (await silos.Management.GetDetailedGrainStatistics()).Where(g => g.GrainId.Type.ToString() == type)];

    /// <summary>Waits until each lives once, and every silo has its share.</summary>
    public static Task EveryShardLivesOnce(this SilosUnderTest silos) => Eventually.Holds("every shard lives once and each silo has its share", async () =>
    {
        var shards = await silos.Alive("shard");
        var shares = silos.Running.Select(silo => shards.Count(s => s.SiloAddress.Equals(SilosUnderTest.Address(silo)))).ToList();
        return shards.Count == Shards && shards.Select(s => s.GrainId).Distinct().Count() == Shards && shares.Max() - shares.Min() <= 1;
    });
}
