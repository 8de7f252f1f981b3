using System.Diagnostics;
using System.Threading.Channels;
using Cluster.Contracts.Operations;
using Cluster.Contracts.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Concurrency;
using Orleans.Utilities;

namespace Cluster.Silo.Clustered;

/// <summary>
/// Tells the processes that serve people what this silo has just committed. What is lost on the way, because a silo or a process died or fell behind, they find in the
/// store: every item has a place in its scope's sequence.
/// </summary>
internal sealed partial class FeedRelay : BackgroundService, ICommitObserver
{
    // More than wait here are in the store all the same.
    private const int MostWaiting = 20_000;
    private const int LargestBatch = 500;

    // A process that has not come again for so long is gone.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private readonly Channel<FedItem> _waiting = Channel.CreateBounded<FedItem>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly ObserverManager<IFeedObserver> _observers;

    public FeedRelay(ILogger<FeedRelay> logger) => _observers = new ObserverManager<IFeedObserver>(Silence, logger);

    /// <summary>Those who are told now.</summary>
    public IFeedObserver[] Observers => [.. _observers];

    public void Subscribe(IFeedObserver observer) => _observers.Subscribe(observer, observer);

    public void Committed(IReadOnlyList<FeedItem> feed, IReadOnlyList<DueChange> due)
    {
        var trace = Tracing.Listened ? Activity.Current?.Id : null;
        foreach (var item in feed) _waiting.Writer.TryWrite(new FedItem(item.Scope, item.Sequence, item.Kind, item.At, item.Payload, trace));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            var batch = new List<FedItem>();
            while (batch.Count < LargestBatch && _waiting.Reader.TryRead(out var item)) batch.Add(item);
            FedItem[] items = [.. batch];
            await _observers.Notify(observer => observer.Fed(items));
        }
    }
}

/// <summary>A process that wants to know what is committed.</summary>
[Alias("cluster.feed-observer")]
public interface IFeedObserver : IGrainObserver
{
    [Alias("fed"), OneWay]
    Task Fed(FedItem[] items);

    /// <summary>How the process is doing.</summary>
    [Alias("report")]
    Task<NodeReport> Report();
}

/// <summary>An item of a feed.</summary>
/// <param name="Trace">The <see cref="Activity.Id"/> of the commit; null if it is not traced.</param>
[GenerateSerializer, Immutable, Alias("cluster.fed-item")]
public sealed record FedItem(
    [property: Id(0)] string Scope,
    [property: Id(1)] long Sequence,
    [property: Id(2)] string Kind,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] byte[] Payload,
    [property: Id(5)] string? Trace);

/// <summary>How a process is doing.</summary>
/// <param name="Alerts">Its open operational alerts.</param>
[GenerateSerializer, Immutable, Alias("cluster.node-report")]
public sealed record NodeReport([property: Id(0)] NodeStatus Status, [property: Id(1)] OperationalAlert[] Alerts);
