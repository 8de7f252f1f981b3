using System.Globalization;
using Cluster.Storage.Snapshots;

namespace Cluster.Storage.Sqlite;

/// <summary>Snapshots on SQLite. The etag is a version that goes on counting after a clear.</summary>
internal sealed class SnapshotStore(Store store) : ISnapshotStore
{
    public Task<Snapshot?> Read(string name, string key, CancellationToken cancellation = default) =>
        store.Read(
            connection => connection.Prepare("SELECT version, state FROM snapshot WHERE name = ?1 AND key = ?2 AND state IS NOT NULL")
                .Set(1, name).Set(2, key).One(row => new Snapshot(row.Blob(1), Etag(row.Long(0)))),
            cancellation);

    public Task<string> Write(string name, string key, byte[] state, string? expectedEtag, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        return store.Write(
            new TableWork<string>(tables =>
            {
                var version = Expect(tables.Connection, name, key, expectedEtag) + 1;
                tables.Connection.Prepare("""
                    INSERT INTO snapshot(name, key, version, state) VALUES(?1, ?2, ?3, ?4)
                    ON CONFLICT(name, key) DO UPDATE SET version = excluded.version, state = excluded.state
                    """)
                    .Set(1, name).Set(2, key).Set(3, version).Set(4, state).Run();
                return Etag(version);
            }),
            cancellation);
    }

    public Task Clear(string name, string key, string? expectedEtag, CancellationToken cancellation = default) => store.Write(
        new TableWork<bool>(tables =>
        {
            var version = Expect(tables.Connection, name, key, expectedEtag);
            tables.Connection.Prepare("UPDATE snapshot SET state = NULL, version = ?3 WHERE name = ?1 AND key = ?2").Set(1, name).Set(2, key).Set(3, version + 1).Run();
            return true;
        }),
        cancellation);

    private static long Expect(Connection connection, string name, string key, string? expectedEtag)
    {
        var (version, exists) = connection.Prepare("SELECT version, state IS NOT NULL FROM snapshot WHERE name = ?1 AND key = ?2")
            .Set(1, name).Set(2, key).One(row => (row.Long(0), row.Bool(1)));
        var actual = exists ? Etag(version) : null;
        return actual == expectedEtag ? version : throw new SnapshotConflictException(name, key, expectedEtag, actual);
    }

    private static string Etag(long version) => version.ToString(CultureInfo.InvariantCulture);
}
