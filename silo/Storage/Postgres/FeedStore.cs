using Cluster.Contracts.Storage;

namespace Cluster.Storage.Postgres;

/// <summary>
/// The feeds on PostgreSQL. What is still given is judged here, by age and distance, not by what pruning has reached. A sequence
/// that was never given (the store was replaced under a client) is answered like one too old: start afresh.
/// </summary>
internal sealed class FeedStore(PostgresStore store) : IFeedStore
{
    private const string LastOf = "SELECT last FROM feed_scope WHERE name = $1";
    private const string Items = """
        SELECT f.sequence, i.kind, i.at, i.payload, i.stored_at
        FROM feed f JOIN feed_item i ON i.id = f.item_id
        WHERE f.scope_id = (SELECT id FROM feed_scope WHERE name = $1) AND f.sequence > $2
        ORDER BY f.sequence LIMIT $3
        """;

    public Task<long> Last(string scope, CancellationToken cancellation = default) =>
        store.One(new Statement(LastOf).Set(scope), row => row.Long(0), cancellation);

    public async Task<IReadOnlyList<long>> Last(IReadOnlyList<string> scopes, CancellationToken cancellation = default)
    {
        var known = (await store.All(new Statement("SELECT name, last FROM feed_scope WHERE name = ANY($1)").Set(scopes), row => (row.Text(0), row.Long(1)), cancellation)).ToDictionary(StringComparer.Ordinal);
        return [.. scopes.Select(scope => known.GetValueOrDefault(scope))];
    }

    public Task<IReadOnlyList<FeedItem>?> After(string scope, long sequence, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return store.Read(
            async (connection, cancel) =>
            {
                // What is committed between the two reads is after the last of the first, and whole.
                var last = await new Statement(LastOf).Set(scope).One(connection, row => row.Long(0), cancel);
                if (sequence == last)
                    return (IReadOnlyList<FeedItem>?)[];
                if (sequence > last || last - sequence > FeedRetention.KeptBack)
                    return null;
                var items = await new Statement(Items).Set(scope).Set(sequence).Set((long)limit)
                    .All(connection, row => (Item: new FeedItem(scope, row.Long(0), row.Text(1), row.Instant(2), row.Blob(3)), StoredAt: row.Long(4)), cancel);
                var isKept = items.Count > 0 && items[0].Item.Sequence == sequence + 1 && items[0].StoredAt >= (store.Now - FeedRetention.KeptFor).UtcTicks;
                return isKept ? [.. items.Select(i => i.Item)] : null;
            },
            cancellation);
    }
}
