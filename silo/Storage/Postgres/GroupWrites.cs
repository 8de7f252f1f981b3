using Cluster.Contracts.Storage;
using Cluster.Storage.Postgres.Tables;
using Cluster.Storage.Writing;
using Npgsql;

namespace Cluster.Storage.Postgres;

/// <summary>What a group writes: decided commit by commit, written table by table.</summary>
internal sealed class GroupWrites(GroupState state)
{
    private readonly EventRows _events = new();
    private readonly CaseRows _cases = new();
    private readonly AlertRows _alerts = new();
    private readonly DueRows _due = new();
    private readonly RuleRows _rules = new();
    private readonly UnitRows _units = new();
    private readonly SnapshotRows _snapshots = new();
    private readonly List<DueChange> _dueChanges = [];

    public FeedRows Feed { get; } = new();

    public AuditRows Audit { get; } = new();

    /// <summary>Whether there is nothing to number.</summary>
    public bool TakesNothing => Feed.IsEmpty && Audit.IsEmpty;

    /// <summary>Due changes in commit order.</summary>
    public IReadOnlyList<DueChange> DueChanges => _dueChanges;

    /// <summary>The latest instant that was recorded, in ticks; 0 if none.</summary>
    public long LastInstant { get; private set; }

    /// <summary>Checks a commit, then takes all of it or nothing.</summary>
    public void Add(CommitWork work)
    {
        var commit = work.Commit;
        var stream = state.Stream(commit.Stream);
        if (stream.Version != commit.ExpectedVersion)
        {
            work.Refuse(new StreamVersionException(commit.Stream, commit.ExpectedVersion, stream.Version));
            return;
        }
        if (state.Conflicts(commit.Events) is { Count: > 0 } conflicts)
        {
            work.Answer(new CommitReceipt(stream.Version, conflicts));
            return;
        }
        if (commit.Case is { } row)
        {
            var stored = state.Revision(row.Id);
            if (stored is not null && row.Revision != stored + 1)
            {
                work.Refuse(new StreamVersionException(commit.Stream, row.Revision));
                return;
            }
            _cases.Add(row, stored);
            state.Revise(row.Id, row.Revision);
        }
        foreach (var e in commit.Events)
            _events.Add(commit.Stream, stream.Id, ++stream.Version, e, state.Source(e.Source), commit.RecordedAt);
        state.Take(commit.Events);
        foreach (var alert in commit.Alerts)
        {
            _alerts.Add(alert);
            Saw(alert.DetectedAt);
        }
        foreach (var entry in commit.Feed)
        {
            Feed.Add(entry);
            Saw(entry.At);
        }
        if (commit.Unit is not null)
            _units.Add(commit.Unit);
        if (commit.Due is not null)
        {
            _due.Add(commit.Due);
            _dueChanges.Add(commit.Due);
        }
        if (commit.Assessed is not null)
            _rules.Add(commit.Assessed);
        foreach (var tried in commit.Tried)
            _rules.Add(commit.Stream["case:".Length..], tried);
        if (commit.Deliver)
            _due.Owe(commit.Case!.Id, commit.Case.Revision);
        Saw(commit.RecordedAt);
        work.Answer(new CommitReceipt(stream.Version, []));
    }

    public void Add(SnapshotWork work)
    {
        var before = state.Snapshot(work.Key);
        if (work.After(before) is not { } after)
            return;
        _snapshots.Add(work.Key, before.Version, after.Version, work.State);
        state.Snapshot(work.Key, after);
    }

    public void Settle(IReadOnlyCollection<KeyValuePair<string, long>> delivered) => _due.Settle(delivered);

    /// <summary>What takes the numbers of the feeds and of the audit log. Everybody locks in this order, so that nobody waits for a waiter.</summary>
    public IEnumerable<Statement> Taking() => [.. Feed.IsEmpty ? [] : Feed.Taking(), .. Audit.IsEmpty ? [] : (IEnumerable<Statement>)[AuditRows.Taking()]];

    /// <summary>Reads what <see cref="Taking"/> answered.</summary>
    public void Took(NpgsqlDataReader rows)
    {
        if (!Feed.IsEmpty)
        {
            Feed.Took(rows);
            rows.NextResult();
        }
        if (!Audit.IsEmpty)
            Audit.Took(rows);
    }

    /// <summary>Everything but the feed and the audit log.</summary>
    public IEnumerable<Statement> Statements() =>
        [.. _events.Statements(), .. _cases.Statements(), .. _alerts.Statements(), .. _due.Statements(), .. _units.Statements(), .. _rules.Statements(), .. _snapshots.Statements()];

    /// <summary>After the statements ran: whether each found what was read before.</summary>
    /// <exception cref="RaceException"/>
    public void Verify()
    {
        _cases.Verify();
        _snapshots.Verify();
    }

    private void Saw(DateTimeOffset instant) => LastInstant = Math.Max(LastInstant, instant.UtcTicks);
}

/// <summary>Another process moved what this one had read; to be tried again.</summary>
internal sealed class RaceException() : Exception("Another process wrote at the same time.");
