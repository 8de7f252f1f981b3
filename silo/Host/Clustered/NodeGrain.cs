using Cluster.Contracts.Operations;
using Cluster.Silo.Operations;
using Orleans;
using Orleans.Concurrency;

namespace Cluster.Silo.Clustered;

/// <summary>What a silo is asked for as a process; its key is the silo's address.</summary>
[Alias("cluster.node")]
public interface INodeGrain : IGrainWithStringKey
{
    /// <summary>Tells an observer what this silo commits, for ten seconds from now.</summary>
    [Alias("follow"), AlwaysInterleave]
    Task Follow(IFeedObserver observer);

    [Alias("status"), AlwaysInterleave]
    Task<NodeStatus> Status();

    /// <summary>Its open operational alerts.</summary>
    [Alias("alerts"), AlwaysInterleave]
    Task<OperationalAlert[]> Alerts();
}

/// <summary>One silo.</summary>
[OnItsSilo]
internal sealed class NodeGrain(FeedRelay relay, NodeMeters meters, IOperationalAlerts board) : Grain, INodeGrain
{
    public Task Follow(IFeedObserver observer)
    {
        relay.Subscribe(observer);
        return Task.CompletedTask;
    }

    public Task<NodeStatus> Status() => Task.FromResult(meters.Status());

    public Task<OperationalAlert[]> Alerts() => Task.FromResult(board.Open.ToArray());
}
