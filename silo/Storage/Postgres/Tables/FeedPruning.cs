using Npgsql;

namespace Cluster.Storage.Postgres.Tables;

/// <summary>
/// Removes feed items that no reader is given any more: older than a day, or more than 10,000 back in their scope. Works in small steps, each a
/// transaction that no other process runs at the same time. Readers do not rely on it: they judge age and distance themselves.
/// </summary>
internal sealed class FeedPruning
{
    private const int RowsBetweenSteps = 1_000;
    // More than is written between two steps, so that pruning catches up.
    private const int ItemsPerStep = 1_000;
    private const int RowsPerStep = 2_000;

    private readonly Dictionary<long, long> _crowded = [];
    private int _rowsSinceStep;
    private bool _more = true;

    public bool Waits => _more || _rowsSinceStep >= RowsBetweenSteps;

    /// <summary>A scope took an item.</summary>
    public void Added(long scope, long sequence)
    {
        _rowsSinceStep++;
        if (sequence > FeedRetention.KeptBack && sequence % RowsBetweenSteps == 0)
            _crowded[scope] = sequence - FeedRetention.KeptBack;
    }

    /// <summary>After an error: not again before more was written.</summary>
    public void Postpone()
    {
        _rowsSinceStep = 0;
        _more = false;
    }

    /// <summary>Removes some of what is no longer kept.</summary>
    public void Step(NpgsqlConnection session, DateTimeOffset now)
    {
        Postpone();
        using var transaction = session.BeginTransaction();
        if (!new Statement($"SELECT pg_try_advisory_xact_lock({AdvisoryLocks.Family}, {AdvisoryLocks.Pruning})").All(session, row => row.GetBoolean(0))[0])
            return;
        var aged = DropAged(session, now - FeedRetention.KeptFor);
        var crowded = DropCrowded(session);
        transaction.Commit();
        _more = aged || crowded;
    }

    // Within a scope ids and sequences rise together, so what goes is a prefix of every scope and what stays has no gap.
    private static bool DropAged(NpgsqlConnection session, DateTimeOffset horizon)
    {
        var oldest = new Statement("SELECT id, stored_at FROM feed_item ORDER BY id LIMIT $1").Set((long)ItemsPerStep).All(session, row => (Id: row.Long(0), At: row.Long(1)));
        var aged = oldest.TakeWhile(item => item.At < horizon.UtcTicks).Count();
        if (aged == 0)
            return false;
        new Statement("DELETE FROM feed WHERE item_id <= $1").Set(oldest[aged - 1].Id).Run(session);
        new Statement("DELETE FROM feed_item WHERE id <= $1").Set(oldest[aged - 1].Id).Run(session);
        return aged == ItemsPerStep;
    }

    private bool DropCrowded(NpgsqlConnection session)
    {
        if (_crowded.Count == 0)
            return false;
        var (scope, upTo) = _crowded.First();
        var rows = new Statement("SELECT sequence, item_id FROM feed WHERE scope_id = $1 AND sequence <= $2 ORDER BY sequence LIMIT $3")
            .Set(scope).Set(upTo).Set((long)RowsPerStep).All(session, row => (Sequence: row.Long(0), Item: row.Long(1)));
        if (rows.Count > 0)
        {
            new Statement("DELETE FROM feed WHERE scope_id = $1 AND sequence <= $2").Set(scope).Set(rows[^1].Sequence).Run(session);
            new Statement("DELETE FROM feed_item i USING unnest($1) u(id) WHERE i.id = u.id AND NOT EXISTS (SELECT FROM feed f WHERE f.item_id = u.id)")
                .Set(rows.Select(row => row.Item)).Run(session);
        }
        if (rows.Count < RowsPerStep)
            _crowded.Remove(scope);
        return _crowded.Count > 0;
    }
}
