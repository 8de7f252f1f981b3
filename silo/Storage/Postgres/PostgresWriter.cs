using Cluster.Contracts.Storage;
using Cluster.Storage.Postgres.Tables;
using Cluster.Storage.Writing;
using Npgsql;

namespace Cluster.Storage.Postgres;

/// <summary>
/// Writes groups to PostgreSQL in three round trips, whatever their size: read where everything stands, write, take the feeds' sequences and the audit log's numbers and commit.
/// Others may write at the same time. What was read is not locked: a key that is taken or a revision that moved says that it was out of date, and the
/// group is tried again.
/// </summary>
internal sealed class PostgresWriter(Sessions sessions, DatabaseUse use) : IGroupWriter, IDisposable
{
    private const int MostAttempts = 4;

    private static readonly Effects NoEffects = new([], []);

    private readonly FeedPruning _pruning = new();
    private NpgsqlConnection? _session;

    public bool HasChores => _pruning.Waits;

    public Effects Write(IReadOnlyList<Work> group, IReadOnlyCollection<KeyValuePair<string, long>> delivered, DateTimeOffset now)
    {
        for (var attempt = 1; ; attempt++)
        {
            var isCommitting = false;
            // Each time: a server that has fallen silent would keep every attempt waiting.
            use.Require();
            try
            {
                _session ??= OpenSession();
                if (_pruning.Waits)
                    Prune(_session, now);
                return Write(_session, group, delivered, now, ref isCommitting);
            }
            catch (Exception failure)
            {
                var wasIdle = _session is not null;
                Rollback(failure);
                // What was lost before the commit was sent is not written for certain: the server may only have cut a connection that lay idle.
                var isLost = wasIdle && _session is null && !isCommitting && attempt == 1;
                if (attempt == MostAttempts || !(isLost || IsRace(failure)))
                    throw;
            }
        }
    }

    public bool IsOfStore(Exception exception) => Sessions.IsAway(exception);

    public void Dispose() => _session?.Dispose();

    private NpgsqlConnection OpenSession()
    {
        var session = sessions.OpenWriter();
        try
        {
            new Statement($"SELECT pg_advisory_lock_shared({AdvisoryLocks.Family}, {AdvisoryLocks.Writing})").Run(session);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    // Another process wrote the same key first (23505), or waited for us while we waited for it (40P01).
    private static bool IsRace(Exception failure) => failure is RaceException or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or "40P01" or "40001" };

    private Effects Write(NpgsqlConnection session, IReadOnlyList<Work> group, IReadOnlyCollection<KeyValuePair<string, long>> delivered, DateTimeOffset now, ref bool isCommitting)
    {
        var writes = new GroupWrites(GroupState.Read(session, group));
        foreach (var work in group)
        {
            if (work is CommitWork commit)
                writes.Add(commit);
            else if (work is SnapshotWork snapshot)
                writes.Add(snapshot);
            else if (work is AuditWork audit)
                writes.Audit.Add(audit);
        }
        writes.Settle(delivered);
        List<Statement> statements = [.. writes.Statements()];
        List<ISessionWork> others = [.. group.OfType<ISessionWork>()];
        if (statements.Count + others.Count == 0 && writes.TakesNothing && writes.LastInstant == 0)
            return NoEffects;

        using (var batch = Batch(session, [new Statement("BEGIN"), .. statements, .. others.Count > 0 ? [] : writes.Taking()]))
            Run(batch, writes, takes: others.Count == 0);
        writes.Verify();
        foreach (var work in others)
            work.Apply(session);
        if (others.Count > 0 && !writes.TakesNothing)
        {
            using var batch = Batch(session, writes.Taking());
            Run(batch, writes, takes: true);
        }

        var fed = new List<FeedItem>();
        List<Statement> last = [.. writes.Feed.Statements(now, fed), .. writes.Audit.Statements(now)];
        if (writes.LastInstant > 0)
        {
            last.Add(new Statement("""
                INSERT INTO meta(name, value) VALUES('last-instant', $1)
                ON CONFLICT(name) DO UPDATE SET value = excluded.value WHERE meta.value < excluded.value
                """).Set(writes.LastInstant));
        }
        using (var batch = Batch(session, [.. last, new Statement("COMMIT")]))
        {
            isCommitting = true;
            batch.ExecuteNonQuery();
        }
        writes.Feed.Written(_pruning);
        return fed.Count + writes.DueChanges.Count > 0 ? new Effects(fed, writes.DueChanges) : NoEffects;
    }

    private static void Run(NpgsqlBatch batch, GroupWrites writes, bool takes)
    {
        using var rows = batch.ExecuteReader();
        if (takes)
            writes.Took(rows);
    }

    private static NpgsqlBatch Batch(NpgsqlConnection session, IEnumerable<Statement> statements)
    {
        var batch = new NpgsqlBatch(session);
        foreach (var statement in statements)
            batch.BatchCommands.Add(statement.Command);
        return batch;
    }

    // Nobody waits for this, so nobody is told that it failed; the store itself fails again at once.
    private void Prune(NpgsqlConnection session, DateTimeOffset now)
    {
        try
        {
            _pruning.Step(session, now);
        }
        catch (PostgresException failure) when (!Sessions.IsAway(failure))
        {
            _pruning.Postpone();
        }
    }

    private void Rollback(Exception failure)
    {
        try
        {
            // A server that has fallen silent would not answer to this either; it rolls back when it finds us gone.
            if (!Sessions.IsAway(failure) && _session is { FullState: System.Data.ConnectionState.Open })
            {
                new Statement("ROLLBACK").Run(_session);
                return;
            }
        }
        catch (Exception again) when (again is NpgsqlException or InvalidOperationException or IOException or TimeoutException)
        {
            // It is of no more use.
        }
        _session?.Dispose();
        _session = null;
    }
}
