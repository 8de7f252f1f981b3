using Cluster.Contracts;
using Cluster.Storage.Writing;
using Npgsql;

namespace Cluster.Storage.Postgres;

/// <summary>
/// Where everything stands that a group wants to move, read in one round trip and then carried on commit by commit in memory. It may be out of
/// date by the time it is written; the keys of the tables tell, and the group is tried again.
/// </summary>
internal sealed class GroupState
{
    private readonly Dictionary<string, StreamHead> _streams = [];
    private readonly Dictionary<string, int> _sources = [];
    private readonly HashSet<(string Source, string Id)> _taken = [];
    private readonly Dictionary<string, long> _revisions = [];
    private readonly Dictionary<SnapshotKey, SnapshotHead> _snapshots = [];

    private GroupState()
    {
    }

    public static GroupState Read(NpgsqlConnection session, IReadOnlyList<Work> group)
    {
        var commits = group.OfType<CommitWork>().Select(work => work.Commit).ToList();
        string[] streams = [.. commits.Select(commit => commit.Stream).Distinct()];
        string[] cases = [.. commits.Where(commit => commit.Case is not null).Select(commit => commit.Case!.Id).Distinct()];
        EventMessage[] events = [.. commits.SelectMany(commit => commit.Events)];
        string[] sources = [.. events.Select(e => e.Source).Distinct()];
        SnapshotKey[] snapshots = [.. group.OfType<SnapshotWork>().Select(work => work.Key).Distinct()];

        var state = new GroupState();
        using var batch = new NpgsqlBatch(session);
        var results = new List<Action<NpgsqlDataReader>>();
        void Ask(bool isWanted, Func<Statement> statement, Action<NpgsqlDataReader> take)
        {
            if (!isWanted)
                return;
            batch.BatchCommands.Add(statement().Command);
            results.Add(take);
        }

        Ask(streams.Length > 0,
            () => new Statement("""
                SELECT u.n, s.id, (SELECT e.version FROM event e WHERE e.stream_id = s.id ORDER BY e.version DESC LIMIT 1)
                FROM unnest($1) WITH ORDINALITY u(name, n) JOIN stream s ON s.name = u.name
                """).Set(streams),
            row => state._streams[streams[row.Long(0) - 1]] = new StreamHead(row.Long(1), row.OptionalLong(2) ?? 0));
        Ask(sources.Length > 0,
            () => new Statement("SELECT u.n, s.id FROM unnest($1) WITH ORDINALITY u(name, n) JOIN source s ON s.name = u.name").Set(sources),
            row => state._sources[sources[row.Long(0) - 1]] = (int)row.Long(1));
        Ask(events.Length > 0,
            // One look into the index each, whatever is known of the table: a plan made while it was small would read all of it, time after time.
            () => new Statement("""
                SELECT u.n FROM unnest($1, $2) WITH ORDINALITY u(source, id, n) JOIN source s ON s.name = u.source
                CROSS JOIN LATERAL (SELECT FROM event e WHERE e.source_id = s.id AND e.id = u.id LIMIT 1) taken
                """).Set(events.Select(e => e.Source)).Set(events.Select(e => e.Id)),
            row => state._taken.Add((events[row.Long(0) - 1].Source, events[row.Long(0) - 1].Id)));
        Ask(cases.Length > 0,
            () => new Statement("SELECT u.n, c.revision FROM unnest($1) WITH ORDINALITY u(id, n) JOIN case_row c ON c.id = u.id").Set(cases),
            row => state._revisions[cases[row.Long(0) - 1]] = row.Long(1));
        Ask(snapshots.Length > 0,
            () => new Statement("SELECT u.n, s.version, s.state IS NOT NULL FROM unnest($1, $2) WITH ORDINALITY u(name, key, n) JOIN snapshot s ON s.name = u.name AND s.key = u.key")
                .Set(snapshots.Select(s => s.Name)).Set(snapshots.Select(s => s.Key)),
            row => state._snapshots[snapshots[row.Long(0) - 1]] = new SnapshotHead(row.Long(1), row.GetBoolean(2)));

        if (results.Count == 0)
            return state;
        using var rows = batch.ExecuteReader();
        foreach (var take in results)
        {
            while (rows.Read())
                take(rows);
            rows.NextResult();
        }
        return state;
    }

    public StreamHead Stream(string name) => _streams.GetValueOrDefault(name) ?? (_streams[name] = new StreamHead(null, 0));

    public int? Source(string name) => _sources.TryGetValue(name, out var id) ? id : null;

    /// <summary>The revision that a case is at; null if there is no such case.</summary>
    public long? Revision(string caseId) => _revisions.TryGetValue(caseId, out var revision) ? revision : null;

    public void Revise(string caseId, long revision) => _revisions[caseId] = revision;

    public SnapshotHead Snapshot(SnapshotKey key) => _snapshots.GetValueOrDefault(key) ?? SnapshotHead.None;

    public void Snapshot(SnapshotKey key, SnapshotHead head) => _snapshots[key] = head;

    /// <summary>Indexes of the events whose identity is taken, by a stored event, by an earlier one of the group or of the same list.</summary>
    public IReadOnlyList<int> Conflicts(IReadOnlyList<EventMessage> events)
    {
        List<int>? conflicts = null;
        var seen = events.Count > 1 ? new HashSet<(string, string)>(events.Count) : null;
        for (var i = 0; i < events.Count; i++)
        {
            var identity = (events[i].Source, events[i].Id);
            if (seen?.Add(identity) == false || _taken.Contains(identity))
                (conflicts ??= []).Add(i);
        }
        return conflicts ?? (IReadOnlyList<int>)[];
    }

    public void Take(IReadOnlyList<EventMessage> events)
    {
        foreach (var e in events)
            _taken.Add((e.Source, e.Id));
    }
}

/// <summary>Where a stream stands.</summary>
/// <param name="id">Null: it has no event yet.</param>
internal sealed class StreamHead(long? id, long version)
{
    public long? Id => id;

    public long Version { get; set; } = version;
}
