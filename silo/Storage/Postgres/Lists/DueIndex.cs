using Cluster.Contracts.Storage;

namespace Cluster.Storage.Postgres.Lists;

/// <summary>The due index on PostgreSQL.</summary>
internal sealed class DueIndex(PostgresStore store, CaseShard shard) : IDueIndex
{
    private readonly string _ours = ShardSql.Condition("case_id", shard);

    /// <summary>Of all cases.</summary>
    public DueIndex(PostgresStore store) : this(store, CaseShard.Whole)
    {
    }

    public IDueIndex Of(CaseShard shard) => new DueIndex(store, shard);

    public async Task<IReadOnlyList<DueChange>> Until(DateTimeOffset instant, int limit, DueChange? after = null, CancellationToken cancellation = default) =>
        await store.All(
            new Statement($"SELECT case_id, at FROM due WHERE at <= $1 AND (at, case_id) > ($3, $4) AND {_ours} ORDER BY at, case_id LIMIT $2")
                .Set(instant.UtcTicks).Set(Math.Max(0L, limit)).Set(after?.At?.UtcTicks ?? -1).Set(after?.Case ?? ""),
            row => new DueChange(row.Text(0), row.Instant(1)), cancellation);

    public async Task<IReadOnlyList<string>> Undelivered(int limit, CancellationToken cancellation = default)
    {
        // Taken before the read: a delivery written meanwhile is then gone from both.
        var delivered = store.Deliveries.Waiting().ToDictionary();
        var most = Math.Max(0, limit);
        var owed = await store.All(
            new Statement($"SELECT case_id, revision FROM undelivered WHERE {_ours} ORDER BY case_id LIMIT $1").Set((long)most + delivered.Count),
            row => (Case: row.Text(0), Revision: row.Long(1)), cancellation);
        return [.. owed.Where(row => !delivered.TryGetValue(row.Case, out var revision) || revision < row.Revision).Select(row => row.Case).Take(most)];
    }

    public void Delivered(string caseId, long revision) => store.Delivered(caseId, revision);
}
