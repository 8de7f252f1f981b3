using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Storage.Writing;
using Npgsql;

namespace Cluster.Storage.Postgres;

/// <summary>The journal on PostgreSQL.</summary>
internal sealed class Journal(PostgresStore store) : IJournal
{
    /// <summary>What <see cref="ReadEvent"/> reads of event e and its source s, before whatever else is read.</summary>
    public const string Columns = "e.version, s.name, e.id, e.type, e.time, e.time_offset, e.recorded_time, e.recorded_time_offset, e.recorded_at, e.recorded_at_offset, e.data";

    private const string Events = $"""
        SELECT {Columns}
        FROM event e JOIN source s ON s.id = e.source_id
        WHERE e.stream_id = (SELECT id FROM stream WHERE name = $1) AND e.version > $2
        ORDER BY e.version
        """;

    public async Task<IReadOnlyList<JournalEvent>> Read(string stream, long afterVersion, CancellationToken cancellation = default) =>
        await store.All(new Statement(Events).Set(stream).Set(afterVersion), ReadEvent, cancellation);

    public Task<CommitReceipt> Commit(Commit commit, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(commit.Stream);
        if (commit.Deliver && commit.Case is null)
            throw new ArgumentException("A commit to be delivered must carry the case whose revision it is.", nameof(commit));
        return store.Write(new CommitWork(commit), cancellation);
    }

    public static JournalEvent ReadEvent(NpgsqlDataReader row) => new(
        row.Long(0),
        new EventMessage(
            row.Text(1),
            row.Text(2),
            // A few dozen types make up millions of events.
            string.Intern(row.Text(3)),
            Instants.FromTicks(row.Long(4), row.GetInt16(5)),
            row.IsNull(6) ? null : Instants.FromTicks(row.Long(6), row.GetInt16(7)),
            row.Blob(10)),
        Instants.FromTicks(row.Long(8), row.GetInt16(9)));
}
