using System.Text.Json;
using Cluster.Contracts.Storage;

namespace Cluster.Storage.Sqlite;

/// <summary>Many streams in one reading on SQLite.</summary>
internal sealed class HistoryArchive(Store store) : IHistoryArchive
{
    private const string Events = $"""
        SELECT {Journal.Columns}, e.stream_id
        FROM event e JOIN source s ON s.id = e.source_id
        WHERE e.stream_id IN (SELECT id FROM stream WHERE name IN (SELECT value FROM json_each(?1)))
        ORDER BY e.stream_id, e.version
        """;

    public async Task<IReadOnlyList<CaseRevision>> Cases(string department, CancellationToken cancellation = default) => await store.Read(
        connection => connection.Prepare("SELECT id, revision FROM case_row WHERE department = ?1 ORDER BY id").Set(1, department).All(row => new CaseRevision(row.Text(0), row.Long(1))),
        cancellation);

    public async Task<IReadOnlyList<StoredStream>> Read(IReadOnlyCollection<string> streams, CancellationToken cancellation = default)
    {
        var names = JsonSerializer.Serialize(streams);
        return await store.Read(
            connection => connection.Snapshot<IReadOnlyList<StoredStream>>(snapshot =>
            {
                var of = snapshot.Prepare("SELECT id, name FROM stream WHERE name IN (SELECT value FROM json_each(?1))").Set(1, names)
                    .All(row => KeyValuePair.Create(row.Long(0), row.Text(1))).ToDictionary();
                return [.. snapshot.Prepare(Events).Set(1, names).All(row => (Stream: row.Long(11), Event: Journal.ReadEvent(row)))
                    .GroupBy(e => e.Stream, e => e.Event).Select(g => new StoredStream(of[g.Key], [.. g]))];
            }),
            cancellation);
    }
}
