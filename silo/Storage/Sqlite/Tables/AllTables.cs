using Cluster.Contracts.Storage;

namespace Cluster.Storage.Sqlite.Tables;

/// <summary>
/// The tables as the writer's loop writes them. What it remembers between transactions is right only while they
/// succeed: after a rollback everything is forgotten and read again.
/// </summary>
internal sealed class AllTables : IDisposable
{
    private readonly EventTable _events;
    private readonly CaseTable _cases;
    private readonly AlertTable _alerts;
    private readonly FeedTable _feed;
    private readonly DueTable _due;
    private readonly UnitTable _units;
    private readonly RuleTable _rules;
    private readonly AuditTable _audit;
    private readonly Statement _saveInstant;
    private readonly Statement _loadInstant;
    private readonly List<FeedItem> _fed = [];
    private readonly List<DueChange> _dueChanges = [];
    private long _lastInstant;
    private long _savedInstant;
    private bool _forgotten;

    private DateTimeOffset _now;

    public AllTables(Connection connection)
    {
        Connection = connection;
        _events = new EventTable(connection);
        _cases = new CaseTable(connection);
        _alerts = new AlertTable(connection);
        _feed = new FeedTable(connection);
        _due = new DueTable(connection);
        _units = new UnitTable(connection);
        _rules = new RuleTable(connection);
        _audit = new AuditTable(connection);
        _saveInstant = connection.Own("INSERT INTO meta(name, value) VALUES('last-instant', ?1) ON CONFLICT(name) DO UPDATE SET value = max(value, excluded.value)");
        _loadInstant = connection.Own("SELECT value FROM meta WHERE name = 'last-instant'");
        LoadInstant();
    }

    public Connection Connection { get; }

    public FeedTable Feed => _feed;

    public DueTable Due => _due;

    public AuditTable Audit => _audit;

    /// <summary>When this group began, on the real clock.</summary>
    public DateTimeOffset Now => _now;

    public bool HasEffects => _fed.Count > 0 || _dueChanges.Count > 0;

    /// <summary>Feed items of this transaction, in commit order. The list is the receiver's.</summary>
    public IReadOnlyList<FeedItem> Fed => [.. _fed];

    /// <summary>Due changes of this transaction, in commit order. The list is the receiver's.</summary>
    public IReadOnlyList<DueChange> DueChanges => [.. _dueChanges];

    /// <summary>Checks a commit, then writes all of it. If it is refused, nothing was written.</summary>
    /// <exception cref="StreamVersionException"/>
    public CommitReceipt Commit(Commit commit)
    {
        var stream = _events.Stream(commit.Stream);
        if (stream.Version != commit.ExpectedVersion)
            throw new StreamVersionException(commit.Stream, commit.ExpectedVersion, stream.Version);
        if (_events.Conflicts(commit.Events) is { Count: > 0 } conflicts)
            return new CommitReceipt(stream.Version, conflicts);

        // First of all writes: it may be refused.
        if (commit.Case is { } row && !_cases.Save(row))
            throw new StreamVersionException(commit.Stream, row.Revision);
        _events.Append(stream, commit.Events, commit.RecordedAt);
        foreach (var alert in commit.Alerts)
        {
            _alerts.Save(alert);
            Saw(alert.DetectedAt);
        }
        foreach (var entry in commit.Feed)
        {
            _feed.Append(entry, _now, _fed);
            Saw(entry.At);
        }
        if (commit.Unit is not null)
            _units.Save(commit.Unit);
        if (commit.Due is not null)
        {
            _due.Save(commit.Due);
            _dueChanges.Add(commit.Due);
        }
        if (commit.Assessed is not null)
            _rules.Save(commit.Assessed);
        foreach (var tried in commit.Tried)
            _rules.Save(commit.Stream["case:".Length..], tried);
        if (commit.Deliver)
            _due.Owe(commit.Case!.Id, commit.Case.Revision);
        Saw(commit.RecordedAt);
        return new CommitReceipt(stream.Version, []);
    }

    /// <summary>Begins a group.</summary>
    /// <param name="now">On the real clock.</param>
    public void Begin(DateTimeOffset now)
    {
        if (_forgotten)
            LoadInstant();
        _forgotten = false;
        _now = now;
        _fed.Clear();
        _dueChanges.Clear();
    }

    /// <summary>Writes what a group needs once; the last thing before its transaction commits.</summary>
    public void Finish()
    {
        _feed.SaveLasts();
        _audit.SaveHead();
        if (_lastInstant > _savedInstant)
            _saveInstant.Set(1, _lastInstant).Run();
        _savedInstant = _lastInstant;
    }

    /// <summary>A transaction was rolled back: nothing remembered holds.</summary>
    public void Forget()
    {
        _events.Forget();
        _feed.Forget();
        _audit.Forget();
        _forgotten = true;
    }

    public void Dispose()
    {
        _events.Dispose();
        _cases.Dispose();
        _alerts.Dispose();
        _feed.Dispose();
        _due.Dispose();
        _units.Dispose();
        _rules.Dispose();
        _audit.Dispose();
        _saveInstant.Dispose();
        _loadInstant.Dispose();
    }

    private void LoadInstant()
    {
        _lastInstant = _savedInstant = 0;
        _lastInstant = _savedInstant = _loadInstant.One(row => row.Long(0));
    }

    private void Saw(DateTimeOffset instant) => _lastInstant = Math.Max(_lastInstant, instant.UtcTicks);
}
