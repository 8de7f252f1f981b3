
namespace Cluster.Storage.Sqlite.Tables;

/// <summary>
/// Removes feed items that no reader is given any more: older than a day, or more than 10,000 back in their scope.
/// Works in small steps so that no commit waits long. Readers do not rely on it: they judge age and distance themselves.
/// </summary>
internal sealed class FeedPruning(Connection connection) : IDisposable
{
    private const int RowsBetweenSteps = 1_000;
    // More than is written between two steps, so that pruning catches up.
    private const int ItemsPerStep = 1_000;
    private const int RowsPerStep = 2_000;

    private readonly Statement _oldest = connection.Own("SELECT id, stored_at FROM feed_item ORDER BY id LIMIT ?1");
    private readonly Statement _dropUpTo = connection.Own("DELETE FROM feed WHERE item_id <= ?1");
    private readonly Statement _dropItemsUpTo = connection.Own("DELETE FROM feed_item WHERE id <= ?1");
    private readonly Statement _farBack = connection.Own("SELECT sequence, item_id FROM feed WHERE scope_id = ?1 AND sequence <= ?2 ORDER BY sequence LIMIT ?3");
    private readonly Statement _dropFarBack = connection.Own("DELETE FROM feed WHERE scope_id = ?1 AND sequence <= ?2");
    private readonly Statement _dropUnused = connection.Own("DELETE FROM feed_item WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM feed WHERE item_id = ?1)");
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

    public void Step(DateTimeOffset now)
    {
        _rowsSinceStep = 0;
        var aged = DropAged(now - FeedRetention.KeptFor);
        var crowded = DropCrowded();
        _more = aged || crowded;
    }

    public void Dispose()
    {
        _oldest.Dispose();
        _dropUpTo.Dispose();
        _dropItemsUpTo.Dispose();
        _farBack.Dispose();
        _dropFarBack.Dispose();
        _dropUnused.Dispose();
    }

    // Ids and sequences rise together, so what goes is a prefix of every scope and what stays has no gap.
    private bool DropAged(DateTimeOffset horizon)
    {
        var oldest = _oldest.Set(1, ItemsPerStep).All(row => (Id: row.Long(0), At: row.Long(1)));
        var aged = oldest.TakeWhile(item => item.At < horizon.UtcTicks).Count();
        if (aged == 0)
            return false;
        _dropUpTo.Set(1, oldest[aged - 1].Id).Run();
        _dropItemsUpTo.Set(1, oldest[aged - 1].Id).Run();
        return aged == ItemsPerStep;
    }

    private bool DropCrowded()
    {
        if (_crowded.Count == 0)
            return false;
        var (scope, upTo) = _crowded.First();
        var rows = _farBack.Set(1, scope).Set(2, upTo).Set(3, RowsPerStep).All(row => (Sequence: row.Long(0), Item: row.Long(1)));
        if (rows.Count > 0)
            _dropFarBack.Set(1, scope).Set(2, rows[^1].Sequence).Run();
        foreach (var (_, item) in rows)
            _dropUnused.Set(1, item).Run();
        if (rows.Count < RowsPerStep)
            _crowded.Remove(scope);
        return _crowded.Count > 0;
    }
}
