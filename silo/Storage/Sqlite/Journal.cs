using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Storage.Writing;

namespace Cluster.Storage.Sqlite;

/// <summary>The journal on SQLite.</summary>
internal sealed class Journal(Store store) : IJournal
{
    /// <summary>What <see cref="ReadEvent"/> reads of event e and its source s, before whatever else is read.</summary>
    public const string Columns = "e.version, s.name, e.id, e.type, e.time, e.time_offset, e.recorded_time, e.recorded_time_offset, e.recorded_at, e.recorded_at_offset, e.data";

    private const string Events = $"""
        SELECT {Columns}
        FROM event e JOIN source s ON s.id = e.source_id
        WHERE e.stream_id = (SELECT id FROM stream WHERE name = ?1) AND e.version > ?2
        ORDER BY e.version
        """;

    public async Task<IReadOnlyList<JournalEvent>> Read(string stream, long afterVersion, CancellationToken cancellation = default) =>
        await store.Read(connection => connection.Prepare(Events).Set(1, stream).Set(2, afterVersion).All(ReadEvent), cancellation);

    public Task<CommitReceipt> Commit(Commit commit, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(commit.Stream);
        if (commit.Deliver && commit.Case is null)
            throw new ArgumentException("A commit to be delivered must carry the case whose revision it is.", nameof(commit));
        return store.Write(new CommitWork(commit), cancellation);
    }

    public static JournalEvent ReadEvent(Statement row) => new(
        row.Long(0),
        new EventMessage(
            row.Text(1),
            row.Text(2),
            // A few dozen types make up millions of events.
            string.Intern(row.Text(3)),
            Instants.FromTicks(row.Long(4), row.Int(5)),
            row.IsNull(6) ? null : Instants.FromTicks(row.Long(6), row.Int(7)),
            row.Blob(10)),
        Instants.FromTicks(row.Long(8), row.Int(9)));
}
