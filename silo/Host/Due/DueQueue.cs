using Cluster.Contracts.Storage;

namespace Cluster.Silo.Due;

/// <summary>The wakes of the next window in time order, each case once. Later ones stay in the store until the window reaches them.</summary>
internal sealed class DueQueue
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<string, DateTimeOffset> _order = new();
    private readonly Dictionary<string, DateTimeOffset> _at = new(StringComparer.Ordinal);
    private DateTimeOffset _horizon = DateTimeOffset.MinValue;

    public int Count
    {
        get
        {
            lock (_lock) return _at.Count;
        }
    }

    /// <summary>The end of the window: what is due later is not here.</summary>
    public DateTimeOffset Horizon
    {
        get
        {
            lock (_lock) return _horizon;
        }
    }

    /// <summary>Takes over what the store holds up to a new horizon.</summary>
    public void Load(IReadOnlyList<DueChange> due, DateTimeOffset horizon)
    {
        lock (_lock)
        {
            _horizon = horizon;
            foreach (var change in due) Set(change);
        }
    }

    /// <summary>Learns of a commit.</summary>
    /// <returns>Whether the earliest wake may have moved forward.</returns>
    public bool Change(DueChange change)
    {
        lock (_lock)
        {
            if (change.At is null || change.At > _horizon)
            {
                _at.Remove(change.Case);
                return false;
            }

            Set(change);
            return true;
        }
    }

    /// <summary>Takes the next case due by now; else says when the next one is due.</summary>
    public string? Take(DateTimeOffset now, out DateTimeOffset? next)
    {
        lock (_lock)
        {
            while (_order.TryPeek(out var caseId, out var at))
            {
                if (!_at.TryGetValue(caseId, out var current) || current != at)
                {
                    _order.Dequeue();
                    continue;
                }

                next = at;
                if (at > now) return null;
                _order.Dequeue();
                _at.Remove(caseId);
                return caseId;
            }

            next = null;
            return null;
        }
    }

    private void Set(DueChange change)
    {
        if (change.At is not { } at || (_at.TryGetValue(change.Case, out var known) && known == at)) return;
        _at[change.Case] = at;
        _order.Enqueue(change.Case, at);
    }
}
