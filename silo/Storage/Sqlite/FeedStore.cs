using Cluster.Contracts.Storage;

namespace Cluster.Storage.Sqlite;

/// <summary>
/// The feeds on SQLite. What is still given is judged here, by age and distance, not by what pruning has reached. A sequence
/// that was never given (the store was replaced under a client) is answered like one too old: start afresh.
/// </summary>
internal sealed class FeedStore(Store store) : IFeedStore
{
    private const string LastOf = "SELECT last FROM feed_scope WHERE name = ?1";
    private const string Items = """
        SELECT f.sequence, i.kind, i.at, i.payload, i.stored_at
        FROM feed f JOIN feed_item i ON i.id = f.item_id
        WHERE f.scope_id = (SELECT id FROM feed_scope WHERE name = ?1) AND f.sequence > ?2
        ORDER BY f.sequence LIMIT ?3
        """;

    public Task<long> Last(string scope, CancellationToken cancellation = default) =>
        store.Read(connection => connection.Prepare(LastOf).Set(1, scope).One(row => row.Long(0)), cancellation);

    public Task<IReadOnlyList<long>> Last(IReadOnlyList<string> scopes, CancellationToken cancellation = default) =>
        store.Read<IReadOnlyList<long>>(connection => [.. scopes.Select(scope => connection.Prepare(LastOf).Set(1, scope).One(row => row.Long(0)))], cancellation);

    public Task<IReadOnlyList<FeedItem>?> After(string scope, long sequence, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return store.Read(connection => connection.Snapshot(snapshot => After(snapshot, scope, sequence, limit)), cancellation);
    }

    private IReadOnlyList<FeedItem>? After(Connection connection, string scope, long sequence, int limit)
    {
        var last = connection.Prepare(LastOf).Set(1, scope).One(row => row.Long(0));
        if (sequence == last)
            return [];
        if (sequence > last || last - sequence > FeedRetention.KeptBack)
            return null;
        var items = connection.Prepare(Items).Set(1, scope).Set(2, sequence).Set(3, limit)
            .All(row => (Item: new FeedItem(scope, row.Long(0), row.Text(1), row.Instant(2), row.Blob(3)), StoredAt: row.Long(4)));
        var isKept = items.Count > 0 && items[0].Item.Sequence == sequence + 1 && items[0].StoredAt >= (store.Now - FeedRetention.KeptFor).UtcTicks;
        return isKept ? [.. items.Select(i => i.Item)] : null;
    }
}
