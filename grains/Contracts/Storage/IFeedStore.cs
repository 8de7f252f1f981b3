namespace Cluster.Contracts.Storage;

/// <summary>The feeds of the screens: one gapless sequence per scope, written in the commit that caused the item.</summary>
public interface IFeedStore
{
    /// <summary>The last sequence given in a scope; 0 if none.</summary>
    Task<long> Last(string scope, CancellationToken cancellation = default);

    /// <summary>The same of several scopes, in the order asked for.</summary>
    Task<IReadOnlyList<long>> Last(IReadOnlyList<string> scopes, CancellationToken cancellation = default);

    /// <summary>Items after a sequence, in order; null if some of them are no longer kept (older than 24 h or 10,000 items back).</summary>
    Task<IReadOnlyList<FeedItem>?> After(string scope, long sequence, int limit, CancellationToken cancellation = default);
}

/// <summary>An item to be fed.</summary>
/// <param name="Scopes">As <c>all</c>, <c>procuratorate:CODE</c>, <c>department:ID</c>, <c>prosecutor:ID</c>, <c>case:ID</c>; distinct.</param>
/// <param name="Kind">alert, case, assignment, workload or counters.</param>
/// <param name="Payload">UTF-8 JSON.</param>
public sealed record FeedEntry(IReadOnlyList<string> Scopes, string Kind, DateTimeOffset At, byte[] Payload);

/// <summary>An item in one scope.</summary>
public sealed record FeedItem(string Scope, long Sequence, string Kind, DateTimeOffset At, byte[] Payload);

/// <summary>Learns of commits right after they are durable, in commit order, on the journal's loop: must be quick and must not throw.</summary>
public interface ICommitObserver
{
    void Committed(IReadOnlyList<FeedItem> feed, IReadOnlyList<DueChange> due);
}
