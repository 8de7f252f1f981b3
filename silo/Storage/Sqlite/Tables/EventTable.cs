using Cluster.Contracts;

namespace Cluster.Storage.Sqlite.Tables;

/// <summary>A stream as the writer knows it.</summary>
internal sealed class StreamHead(string name)
{
    public string Name => name;

    /// <summary>0 until it has an event.</summary>
    public long Id { get; set; }

    public long Version { get; set; }
}

/// <summary>Appends events, and knows where each stream stands and which identities are taken.</summary>
internal sealed class EventTable(Connection connection) : IDisposable
{
    // Remembered names cost about 200 bytes each; past this they are read again when needed.
    private const int MostRemembered = 100_000;

    private readonly Dictionary<string, StreamHead> _streams = [];
    private readonly Dictionary<string, long> _sources = [];
    private readonly Statement _findStream = connection.Own("""
        SELECT s.id, (SELECT max(e.version) FROM event e WHERE e.stream_id = s.id) FROM stream s WHERE s.name = ?1
        """);
    private readonly Statement _addStream = connection.Own("INSERT INTO stream(name) VALUES(?1)");
    private readonly Statement _findSource = connection.Own("SELECT id FROM source WHERE name = ?1");
    private readonly Statement _addSource = connection.Own("INSERT INTO source(name) VALUES(?1)");
    private readonly Statement _findIdentity = connection.Own("SELECT 1 FROM event WHERE source_id = ?1 AND id = ?2");
    private readonly Statement _append = connection.Own("""
        INSERT INTO event(stream_id, version, source_id, id, type, time, time_offset, recorded_time, recorded_time_offset, recorded_at, recorded_at_offset, data)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        """);

    public StreamHead Stream(string name)
    {
        if (_streams.TryGetValue(name, out var known))
            return known;
        if (_streams.Count >= MostRemembered)
            _streams.Clear();
        var head = _findStream.Set(1, name).One(row => new StreamHead(name) { Id = row.Long(0), Version = row.Long(1) });
        return _streams[name] = head ?? new StreamHead(name);
    }

    /// <summary>Indexes of the events whose identity is taken, by a stored event or by an earlier one of the same list.</summary>
    public IReadOnlyList<int> Conflicts(IReadOnlyList<EventMessage> events)
    {
        List<int>? conflicts = null;
        var seen = events.Count > 1 ? new HashSet<(string, string)>(events.Count) : null;
        for (var i = 0; i < events.Count; i++)
        {
            var (source, id) = (events[i].Source, events[i].Id);
            if (seen?.Add((source, id)) == false || IsTaken(source, id))
                (conflicts ??= []).Add(i);
        }
        return conflicts ?? (IReadOnlyList<int>)[];
    }

    public void Append(StreamHead stream, IReadOnlyList<EventMessage> events, DateTimeOffset recordedAt)
    {
        if (events.Count == 0)
            return;
        if (stream.Id == 0)
            stream.Id = _addStream.Set(1, stream.Name).Insert();
        foreach (var message in events)
        {
            _append
                .Set(1, stream.Id)
                .Set(2, ++stream.Version)
                .Set(3, SourceId(message.Source))
                .Set(4, message.Id)
                .Set(5, message.Type)
                .Set(6, message.Time.UtcTicks)
                .Set(7, message.Time.OffsetMinutes())
                .Set(8, message.RecordedTime?.UtcTicks)
                .Set(9, message.RecordedTime?.OffsetMinutes())
                .Set(10, recordedAt.UtcTicks)
                .Set(11, recordedAt.OffsetMinutes())
                .Set(12, message.Data)
                .Run();
        }
    }

    public void Forget()
    {
        _streams.Clear();
        _sources.Clear();
    }

    public void Dispose()
    {
        _findStream.Dispose();
        _addStream.Dispose();
        _findSource.Dispose();
        _addSource.Dispose();
        _findIdentity.Dispose();
        _append.Dispose();
    }

    private bool IsTaken(string source, string id) =>
        KnownSource(source) is { } sourceId && _findIdentity.Set(1, sourceId).Set(2, id).One(_ => true);

    private long SourceId(string source) =>
        KnownSource(source) ?? (_sources[source] = _addSource.Set(1, source).Insert());

    private long? KnownSource(string source)
    {
        if (_sources.TryGetValue(source, out var known))
            return known;
        if (_sources.Count >= MostRemembered)
            _sources.Clear();
        var found = _findSource.Set(1, source).One(row => row.Long(0));
        if (found == 0)
            return null;
        return _sources[source] = found;
    }
}
