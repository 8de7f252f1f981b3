using System.Diagnostics;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Live;

/// <summary>One scope that one connection watches, and how far it has got.</summary>
internal sealed class Subscription(WatchScope scope, FeedRing ring, long sequence)
{
    /// <summary>Items in one message: large enough for a burst, small enough that other scopes get their turn.</summary>
    public const int LargestBatch = 200;

    /// <summary>Bytes of payload in one message, unless one item alone has more.</summary>
    public const int LargestMessage = 512 * 1024;

    private volatile bool started;

    public WatchScope Scope { get; } = scope;

    /// <summary>The last sequence that was sent. Changed only under the connection's gate.</summary>
    public long Sequence { get; set; } = sequence;

    public bool Started => started;

    public void Start() => started = true;

    /// <summary>What comes next; null if it is no longer kept anywhere.</summary>
    public async ValueTask<IReadOnlyList<FeedItem>?> Next(IFeedStore store, CancellationToken cancellation) =>
        (ring.After(Sequence, LargestBatch) ?? await store.After(Scope.Text, Sequence, LargestBatch, cancellation)) is { } items ? Head(items) : null;

    /// <summary>When the first of these items came, and by which spans they did; 0 and none if they are not at hand.</summary>
    public (long At, IReadOnlyList<ActivityContext> Traces) Origin(IReadOnlyList<FeedItem> items) => ring.Origin(items[0].Sequence, items[^1].Sequence);

    /// <summary>As many of the first items as go into one message.</summary>
    public static IReadOnlyList<FeedItem> Head(IReadOnlyList<FeedItem> items)
    {
        int count = 0;
        for (long bytes = 0; count < items.Count; count++)
        {
            bytes += items[count].Payload.Length;
            if (bytes > LargestMessage && count > 0) break;
        }
        return count == items.Count ? items : [.. items.Take(count)];
    }
}
