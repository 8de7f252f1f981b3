using Cluster.Contracts.Storage;

namespace Cluster.Api.Live;

/// <summary>One scope that one connection watches, and how far it has got.</summary>
internal sealed class Subscription(WatchScope scope, FeedRing ring, long sequence)
{
    /// <summary>Items in one message: large enough for a burst, small enough that other scopes get their turn.</summary>
    public const int LargestBatch = 200;

    private volatile bool started;

    public WatchScope Scope { get; } = scope;

    /// <summary>The last sequence that was sent. Changed only under the connection's gate.</summary>
    public long Sequence { get; set; } = sequence;

    public bool Started => started;

    public void Start() => started = true;

    /// <summary>What comes next; null if it is no longer kept anywhere.</summary>
    public async ValueTask<IReadOnlyList<FeedItem>?> Next(IFeedStore store, CancellationToken cancellation) =>
        ring.After(Sequence, LargestBatch) ?? await store.After(Scope.Text, Sequence, LargestBatch, cancellation);
}
