using Cluster.Contracts;

namespace Cluster.Storage.Postgres.Tables;

/// <summary>Events to append.</summary>
internal sealed class EventRows
{
    private readonly List<(string Stream, long? StreamId, long Version, EventMessage Event, int? SourceId, DateTimeOffset RecordedAt)> _rows = [];

    /// <param name="streamId">Null: the stream is new.</param>
    /// <param name="sourceId">Null: the source is new.</param>
    public void Add(string stream, long? streamId, long version, EventMessage message, int? sourceId, DateTimeOffset recordedAt) =>
        _rows.Add((stream, streamId, version, message, sourceId, recordedAt));

    public IEnumerable<Statement> Statements()
    {
        if (_rows.Count == 0)
            yield break;
        string[] streams = [.. _rows.Where(row => row.StreamId is null).Select(row => row.Stream).Distinct().Order(StringComparer.Ordinal)];
        if (streams.Length > 0)
            yield return new Statement("INSERT INTO stream(name) SELECT name FROM unnest($1) name ON CONFLICT(name) DO NOTHING").Set(streams);
        string[] sources = [.. _rows.Where(row => row.SourceId is null).Select(row => row.Event.Source).Distinct().Order(StringComparer.Ordinal)];
        if (sources.Length > 0)
            yield return new Statement("INSERT INTO source(name) SELECT name FROM unnest($1) name ON CONFLICT(name) DO NOTHING").Set(sources);
        yield return new Statement("""
            INSERT INTO event(stream_id, source_id, version, id, type, time, time_offset, recorded_time, recorded_time_offset, recorded_at, recorded_at_offset, data)
            SELECT coalesce(stream_id, (SELECT s.id FROM stream s WHERE s.name = stream)), coalesce(source_id, (SELECT s.id FROM source s WHERE s.name = source)),
                version, id, type, time, time_offset, recorded_time, recorded_time_offset, recorded_at, recorded_at_offset, data
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                u(stream_id, stream, source_id, source, version, id, type, time, time_offset, recorded_time, recorded_time_offset, recorded_at, recorded_at_offset, data)
            """)
            .Set(_rows.Select(row => row.StreamId))
            .Set(_rows.Select(row => row.StreamId is null ? row.Stream : null))
            .Set(_rows.Select(row => row.SourceId))
            .Set(_rows.Select(row => row.SourceId is null ? row.Event.Source : null))
            .Set(_rows.Select(row => row.Version))
            .Set(_rows.Select(row => row.Event.Id))
            .Set(_rows.Select(row => row.Event.Type))
            .Set(_rows.Select(row => row.Event.Time.UtcTicks))
            .Set(_rows.Select(row => row.Event.Time.OffsetMinutes()))
            .Set(_rows.Select(row => row.Event.RecordedTime?.UtcTicks))
            .Set(_rows.Select(row => row.Event.RecordedTime?.OffsetMinutes()))
            .Set(_rows.Select(row => row.RecordedAt.UtcTicks))
            .Set(_rows.Select(row => row.RecordedAt.OffsetMinutes()))
            .Set(_rows.Select(row => row.Event.Data));
    }
}
