using Orleans;

namespace Cluster.Silo.Clustered;

/// <summary>What a silo is asked for as a process; its key is the silo's address.</summary>
[Alias("cluster.node")]
public interface INodeGrain : IGrainWithStringKey
{
    /// <summary>Tells an observer what this silo commits, for ten seconds from now.</summary>
    [Alias("follow")]
    Task Follow(IFeedObserver observer);
}

/// <summary>One silo.</summary>
[OnItsSilo]
internal sealed class NodeGrain(FeedRelay relay) : Grain, INodeGrain
{
    public Task Follow(IFeedObserver observer)
    {
        relay.Subscribe(observer);
        return Task.CompletedTask;
    }
}
