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

    /// <summary>How this silo is doing.</summary>
    [Alias("report"), AlwaysInterleave]
    Task<NodeReport> Report();

    /// <summary>How the processes are doing that follow this silo, as far as they answer at once.</summary>
    [Alias("followers"), AlwaysInterleave]
    Task<NodeReport[]> Followers();
}

/// <summary>One silo.</summary>
[OnItsSilo]
internal sealed class NodeGrain(FeedRelay relay, NodeMeters meters, IOperationalAlerts board) : Grain, INodeGrain
{
    // Less than whoever asks waits.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    public Task Follow(IFeedObserver observer)
    {
        relay.Subscribe(observer);
        return Task.CompletedTask;
    }

    public Task<NodeReport> Report() => Task.FromResult(new NodeReport(meters.Status(), [.. board.Open]));

    public async Task<NodeReport[]> Followers() => [.. (await Task.WhenAll(relay.Observers.Select(Ask))).OfType<NodeReport>()];

    private static async Task<NodeReport?> Ask(IFeedObserver observer)
    {
        try
        {
            return await observer.Report().WaitAsync(Patience, TimeProvider.System);
        }
        catch (Exception e) when (e is TimeoutException or OrleansException)
        {
            return null;
        }
    }
}
