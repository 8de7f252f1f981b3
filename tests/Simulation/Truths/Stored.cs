using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Storage;
using Cluster.Storage.Sqlite;
using Cluster.Storage.Sqlite.Lists;
using Simulation.Storing;

namespace Simulation.Truths;

/// <summary>What is in the database at a moment, read past everything that could disturb it.</summary>
internal sealed class Stored
{
    private Stored(Connection connection)
    {
        foreach (var (stream, stored) in connection.Prepare("""
            SELECT t.name, e.version, s.name, e.id, e.type, e.time, e.time_offset, e.recorded_time, e.recorded_time_offset, e.recorded_at, e.recorded_at_offset, e.data
            FROM event e JOIN source s ON s.id = e.source_id JOIN stream t ON t.id = e.stream_id ORDER BY t.name, e.version
            """).All(row => (row.Text(0), Event(row))))
        {
            if (!Streams.TryGetValue(stream, out var events)) Streams[stream] = events = [];
            events.Add(stored);
        }

        foreach (var row in connection.Prepare($"SELECT {Rows.CaseColumns} FROM case_row t ORDER BY id").All(Rows.Case)) Cases[row.Id] = row;
        Alerts = connection.Prepare($"SELECT {Rows.AlertColumns} FROM alert t ORDER BY id").All(Rows.Alert);
        Scopes = connection.Prepare("SELECT name, last FROM feed_scope ORDER BY name").All(row => (row.Text(0), row.Long(1)));
        Crooked = connection.Prepare("""
            SELECT s.name FROM feed_scope s JOIN feed f ON f.scope_id = s.id GROUP BY s.id
            HAVING max(f.sequence) <> s.last OR count(*) <> max(f.sequence) - min(f.sequence) + 1
            """).All(row => row.Text(0));
        foreach (var (id, at) in connection.Prepare("SELECT case_id, at FROM due").All(row => (row.Text(0), row.Instant(1)))) Due[id] = at;
        Owed = connection.Prepare("SELECT case_id FROM undelivered ORDER BY case_id").All(row => row.Text(0));
        Units = connection.Prepare("SELECT kind, id, parent, name, json FROM unit ORDER BY kind, id")
            .All(row => new UnitRow(row.Text(0), row.Text(1), row.OptionalText(2), row.Text(3), row.Blob(4)));
        foreach (var (id, revision) in connection.Prepare("SELECT case_id, revision FROM assessed").All(row => (row.Text(0), row.Long(1)))) AssessedBy[id] = revision;
    }

    public SortedDictionary<string, List<JournalEvent>> Streams { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, CaseRow> Cases { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<AlertRow> Alerts { get; }

    /// <summary>The last sequence of every scope.</summary>
    public IReadOnlyList<(string Name, long Last)> Scopes { get; }

    /// <summary>Scopes whose items are not one after the other up to the last.</summary>
    public IReadOnlyList<string> Crooked { get; }

    public Dictionary<string, DateTimeOffset> Due { get; } = new(StringComparer.Ordinal);

    /// <summary>Cases whose latest revision the store does not know to be delivered.</summary>
    public IReadOnlyList<string> Owed { get; }

    public IReadOnlyList<UnitRow> Units { get; }

    public Dictionary<string, long> AssessedBy { get; } = new(StringComparer.Ordinal);

    /// <summary>Another whenever anything was committed that anybody could see.</summary>
    public (long Items, int Events, int Due) Mark => (Scopes.Sum(s => s.Last), Streams.Values.Sum(s => s.Count), Due.Aggregate(0, (sum, due) => sum ^ due.GetHashCode()));

    public static Stored Read(Medium medium)
    {
        using var connection = Connection.OpenReader(medium.File);
        return connection.Snapshot(static snapshot => new Stored(snapshot));
    }

    private static JournalEvent Event(Statement row) => new(
        row.Long(1),
        new EventMessage(
            row.Text(2), row.Text(3), string.Intern(row.Text(4)), Instants.FromTicks(row.Long(5), row.Int(6)),
            row.IsNull(7) ? null : Instants.FromTicks(row.Long(7), row.Int(8)), row.Blob(11)),
        Instants.FromTicks(row.Long(9), row.Int(10)));
}

/// <summary>Looks into the due index while things go on.</summary>
internal sealed class DueView(Medium medium) : IDisposable
{
    private readonly Connection _connection = Connection.OpenReader(medium.File);

    public DateTimeOffset? Earliest() => Instants.FromTicks(_connection.Prepare("SELECT min(at) FROM due").One(row => row.OptionalLong(0)));

    public DateTimeOffset? Of(string caseId) => Instants.FromTicks(_connection.Prepare("SELECT at FROM due WHERE case_id = ?1").Set(1, caseId).One(row => row.OptionalLong(0)));

    public IReadOnlyList<string> Until(DateTimeOffset instant) =>
        _connection.Prepare("SELECT case_id || ' ' || at FROM due WHERE at <= ?1").Set(1, instant.UtcTicks).All(row => row.Text(0));

    public DateTimeOffset? LastInstant() => Instants.FromTicks(_connection.Prepare("SELECT value FROM meta WHERE name = 'last-instant'").One(row => row.OptionalLong(0)));

    public void Dispose() => _connection.Dispose();
}
