using Cluster.Storage.Snapshots;

namespace Cluster.Storage.Postgres;

/// <summary>Snapshots on PostgreSQL. The etag is a version that goes on counting after a clear.</summary>
internal sealed class SnapshotStore(PostgresStore store) : ISnapshotStore
{
    public Task<Snapshot?> Read(string name, string key, CancellationToken cancellation = default) =>
        store.One(
            new Statement("SELECT version, state FROM snapshot WHERE name = $1 AND key = $2 AND state IS NOT NULL").Set(name).Set(key),
            row => new Snapshot(row.Blob(1), new SnapshotHead(row.Long(0), true).Etag!),
            cancellation);

    public Task<string> Write(string name, string key, byte[] state, string? expectedEtag, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        return store.Write(new SnapshotWork(name, key, state, expectedEtag), cancellation);
    }

    public Task Clear(string name, string key, string? expectedEtag, CancellationToken cancellation = default) =>
        store.Write(new SnapshotWork(name, key, null, expectedEtag), cancellation);
}
