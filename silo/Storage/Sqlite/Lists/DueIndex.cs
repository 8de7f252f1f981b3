using Cluster.Contracts.Storage;

namespace Cluster.Storage.Sqlite.Lists;

/// <summary>The due index on SQLite.</summary>
internal sealed class DueIndex(Store store) : IDueIndex
{
    public async Task<IReadOnlyList<DueChange>> Until(DateTimeOffset instant, int limit, DueChange? after = null, CancellationToken cancellation = default) =>
        await store.Read(
            connection => connection.Prepare("SELECT case_id, at FROM due WHERE at <= ?1 AND (at, case_id) > (?3, ?4) ORDER BY at, case_id LIMIT ?2")
                .Set(1, instant.UtcTicks).Set(2, Math.Max(0, limit)).Set(3, after?.At?.UtcTicks ?? -1).Set(4, after?.Case ?? "")
                .All(row => new DueChange(row.Text(0), row.Instant(1))),
            cancellation);

    public async Task<IReadOnlyList<string>> Undelivered(int limit, CancellationToken cancellation = default)
    {
        // Taken before the read: a delivery written meanwhile is then gone from both.
        var delivered = store.Deliveries.Waiting().ToDictionary();
        var most = Math.Max(0, limit);
        var owed = await store.Read(
            connection => connection.Prepare("SELECT case_id, revision FROM undelivered ORDER BY case_id LIMIT ?1")
                .Set(1, (long)most + delivered.Count).All(row => (Case: row.Text(0), Revision: row.Long(1))),
            cancellation);
        return [.. owed.Where(row => !delivered.TryGetValue(row.Case, out var revision) || revision < row.Revision).Select(row => row.Case).Take(most)];
    }

    public void Delivered(string caseId, long revision) => store.Delivered(caseId, revision);
}
