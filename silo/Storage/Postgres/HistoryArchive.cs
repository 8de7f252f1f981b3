using Cluster.Contracts.Storage;

namespace Cluster.Storage.Postgres;

/// <summary>Many streams in one reading on PostgreSQL.</summary>
internal sealed class HistoryArchive(PostgresStore store) : IHistoryArchive
{
    private const string Events = $"""
        SELECT {Journal.Columns}, t.name
        FROM event e JOIN source s ON s.id = e.source_id JOIN stream t ON t.id = e.stream_id
        WHERE t.name = ANY($1)
        ORDER BY e.stream_id, e.version
        """;

    public async Task<IReadOnlyList<CaseRevision>> Cases(string department, CancellationToken cancellation = default) => await store.All(
        new Statement("SELECT id, revision FROM case_row WHERE department = $1 ORDER BY id").Set(department), row => new CaseRevision(row.Text(0), row.Long(1)), cancellation);

    public async Task<IReadOnlyList<StoredStream>> Read(IReadOnlyCollection<string> streams, CancellationToken cancellation = default)
    {
        var events = await store.All(new Statement(Events).Set(streams), row => (Stream: row.Text(11), Event: Journal.ReadEvent(row)), cancellation);
        return [.. events.GroupBy(e => e.Stream, e => e.Event, StringComparer.Ordinal).Select(g => new StoredStream(g.Key, [.. g]))];
    }
}
