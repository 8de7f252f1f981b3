using Cluster.Cases.Events;
using Cluster.Contracts.Storage;

namespace Cluster.Storage.Sqlite;

/// <summary>
/// Whole histories on SQLite, stream after stream. Cases that began together lie together, so a stretch of streams is nearly a stretch of
/// the file; each is a read of its own, so that the write-ahead log can be put away in between.
/// </summary>
internal sealed class CaseArchive(Store store) : ICaseArchive
{
    private const string Prefix = "case:";

    private const string Histories = """
        SELECT e.stream_id, e.source_id, e.id, e.type, e.time, e.time_offset, e.recorded_time, e.recorded_time_offset, e.data
        FROM event e INDEXED BY event_version
        WHERE e.stream_id > ?1 AND e.stream_id <= ?2
        ORDER BY e.stream_id, e.version
        """;

    public Task<long> Count(IReadOnlyCollection<string>? procuratorates, CancellationToken cancellation = default) => store.Read(
        connection => procuratorates is null
            ? connection.Prepare("SELECT count(*) FROM case_row").One(row => row.Long(0))
            : connection.Prepare("SELECT count(*) FROM case_row WHERE procuratorate IN (SELECT value FROM json_each(?1))")
                .Set(1, System.Text.Json.JsonSerializer.Serialize(procuratorates)).One(row => row.Long(0)),
        cancellation);

    public long? Read(long from, int length, Action<string, List<CaseEvent>> see, CancellationToken cancellation = default)
    {
        using var connection = store.OpenReader();
        return connection.Snapshot(snapshot => Read(snapshot, from, length, see, cancellation));
    }

    private static long? Read(Connection connection, long from, int length, Action<string, List<CaseEvent>> see, CancellationToken cancellation)
    {
        var last = connection.Prepare("SELECT max(id) FROM stream").One(row => row.OptionalLong(0));
        if (!(last > from)) return null;
        var until = Math.Min(last.Value, from + length);
        var cases = connection.Prepare("SELECT id, name FROM stream WHERE id > ?1 AND id <= ?2").Set(1, from).Set(2, until)
            .All(row => KeyValuePair.Create(row.Long(0), row.Text(1))).Where(s => s.Value.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(s => s.Key, s => s.Value[Prefix.Length..]);
        var sources = new Dictionary<long, string>();
        var types = new Utf8Names();
        var events = new List<CaseEvent>();
        long current = 0;
        connection.Prepare(Histories).Set(1, from).Set(2, until).Each(row =>
        {
            var stream = row.Long(0);
            if (stream != current)
            {
                Pass();
                cancellation.ThrowIfCancellationRequested();
                current = stream;
            }

            if (!cases.ContainsKey(stream)) return;
            var source = row.Long(1);
            if (!sources.TryGetValue(source, out var name)) sources[source] = name = connection.Prepare("SELECT name FROM source WHERE id = ?1").Set(1, source).One(s => s.Text(0))!;
            events.Add(EventReader.RestoreLater(
                name, row.Text(2), types.Of(row.Utf8(3)), Instants.FromTicks(row.Long(4), row.Int(5)),
                row.IsNull(6) ? null : Instants.FromTicks(row.Long(6), row.Int(7)), row.Blob(8)));
        });
        Pass();
        return until < last ? until : null;

        void Pass()
        {
            if (events.Count > 0) see(cases[current], events);
            events.Clear();
        }
    }

    /// <summary>A few dozen names make up millions of events.</summary>
    private sealed class Utf8Names
    {
        private readonly List<(byte[] Utf8, string Name)> _known = [];

        public string Of(ReadOnlySpan<byte> utf8)
        {
            foreach (var (known, name) in _known)
            {
                if (utf8.SequenceEqual(known)) return name;
            }

            var found = string.Intern(System.Text.Encoding.UTF8.GetString(utf8));
            _known.Add((utf8.ToArray(), found));
            return found;
        }
    }
}
