using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Shared;
using Cluster.Silo.Clustered;
using Grains.Tests.Silo;
using Orleans;
using Orleans.Runtime;

namespace Grains.Tests.Clustered;

/// <summary>What lives where in a cluster of three silos, and what its clients are told.</summary>
public sealed class PlacementTests(PlacementTests.Shared shared) : IClassFixture<PlacementTests.Shared>
{
    private SilosUnderTest Silos => shared.Silos;

    [ClusterFact]
    public async Task A_node_lives_on_the_silo_that_its_key_names_and_every_shard_lives_once()
    {
        await Task.WhenAll(Silos.Running.Select(silo => Silos.NodeOf(silo).Report()));
        var nodes = await Silos.Alive("node");
        Assert.Equal(Silos.Running.Select(silo => SilosUnderTest.Address(silo).ToParsableString()).Order(), nodes.Select(n => n.GrainId.Key.ToString()).Order());
        Assert.All(nodes, node => Assert.Equal(node.SiloAddress.ToParsableString(), node.GrainId.Key.ToString()));
        await Silos.EveryShardLivesOnce();
    }

    [ClusterFact]
    public async Task Cases_spread_evenly()
    {
        const int Cases = 600;
        await Task.WhenAll(Enumerable.Range(0, Cases).Select(i => Silos.Client.GetGrain<ICaseGrain>($"spread-{i}").Read(null)));
        var cases = (await Silos.Alive("case")).Where(g => g.GrainId.Key.ToString()!.StartsWith("spread-", StringComparison.Ordinal)).ToList();
        Assert.Equal(Cases, cases.Select(c => c.GrainId).Distinct().Count());
        // 200 each; a spread by chance strays by 12.
        Assert.All(cases.CountBy(c => c.SiloAddress), silo => Assert.InRange(silo.Value, 140, 260));
        Assert.Equal(3, cases.Select(c => c.SiloAddress).Distinct().Count());
    }

    [ClusterFact]
    public async Task Calls_behind_many_that_end_the_grain_are_answered_all_the_same()
    {
        // A case that nobody has looked at leaves after each wake, and a call is passed on twice at most.
        var one = Silos.Client.GetGrain<ICaseGrain>("restless");
        var wakes = Enumerable.Range(0, 20).Select(_ => one.Wake()).ToArray();
        var recorded = one.Record([Sent.Arrest("restless-1", TimeProvider.System.GetUtcNow())]);
        await Task.WhenAll(wakes);
        Assert.Equal([EventStatus.Accepted], (await recorded).Select(o => o.Status));
    }

    [ClusterFact]
    public async Task What_the_database_refuses_becomes_an_unavailable_store_and_the_case_comes_back_with_it()
    {
        var one = Silos.Client.GetGrain<ICaseGrain>("unreadable");
        await Silos.Query("ALTER TABLE orleans.state RENAME TO away");
        try
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => one.Read(null));
        }
        finally
        {
            await Silos.Query("ALTER TABLE orleans.away RENAME TO state");
        }

        await Eventually.Holds("the case is there again", async () =>
        {
            try
            {
                return await one.Read(null) is null;
            }
            catch (StoreUnavailableException)
            {
                return false;
            }
        });
    }

    public sealed class Shared : IAsyncLifetime
    {
        public SilosUnderTest Silos { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            if (PostgresServer.Missing is null) Silos = await SilosUnderTest.Start();
        }

        public async Task DisposeAsync()
        {
            if (Silos is not null) await Silos.DisposeAsync();
        }
    }
}
