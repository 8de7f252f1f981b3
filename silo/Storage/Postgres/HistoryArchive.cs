using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Npgsql;

namespace Cluster.Storage.Postgres;

/// <summary>Many streams in one reading on PostgreSQL.</summary>
internal sealed class HistoryArchive(PostgresStore store) : IHistoryArchive
{
    private const string Events = """
        SELECT t.name, s.name, e.id, e.type, e.time, e.time_offset, e.recorded_time, e.recorded_time_offset, e.recorded_at, e.recorded_at_offset, e.data, e.version
        FROM event e JOIN source s ON s.id = e.source_id JOIN stream t ON t.id = e.stream_id
        WHERE t.name = ANY($1)
        ORDER BY e.stream_id, e.version
        """;

    public async Task<IReadOnlyList<CaseRevision>> Cases(string department, CancellationToken cancellation = default) => await store.All(
        new Statement("SELECT id, revision FROM case_row WHERE department = $1 ORDER BY id").Set(department), row => new CaseRevision(row.Text(0), row.Long(1)), cancellation);

    public async Task<IReadOnlyList<StoredStream>> Read(IReadOnlyCollection<string> streams, CancellationToken cancellation = default)
    {
        var events = await store.All(new Statement(Events).Set(streams), row => (Stream: row.Text(0), Event: ReadEvent(row)), cancellation);
        return [.. events.GroupBy(e => e.Stream, e => e.Event, StringComparer.Ordinal).Select(g => new StoredStream(g.Key, [.. g]))];
    }

    private static JournalEvent ReadEvent(NpgsqlDataReader row) => new(
        row.Long(11),
        new EventMessage(
            row.Text(1),
            row.Text(2),
            string.Intern(row.Text(3)),
            Instants.FromTicks(row.Long(4), row.GetInt16(5)),
            row.IsNull(6) ? null : Instants.FromTicks(row.Long(6), row.GetInt16(7)),
            row.Blob(10)),
        Instants.FromTicks(row.Long(8), row.GetInt16(9)));
}
