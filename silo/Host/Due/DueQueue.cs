using Cluster.Contracts.Storage;

namespace Cluster.Silo.Due;

/// <summary>The wakes of the next window in time order, each case once. Later ones stay in the store until the window reaches them.</summary>
internal sealed class DueQueue
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<string, DateTimeOffset> _order = new();
    private readonly Dictionary<string, DateTimeOffset> _at = new(StringComparer.Ordinal);
    private readonly HashSet<string> _waking = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _afterwards = new(StringComparer.Ordinal);
    private HashSet<string>? _changedWhileRead;
    private DateTimeOffset _horizon = DateTimeOffset.MinValue;

    public int Count
    {
        get
        {
            lock (_lock) return _at.Count;
        }
    }

    /// <summary>How many cases were taken and are not done.</summary>
    public int Waking
    {
        get
        {
            lock (_lock) return _waking.Count;
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

    /// <summary>Moves the window on, before the store is read: what is committed while it is read counts towards the new window.</summary>
    public void Begin(DateTimeOffset horizon)
    {
        lock (_lock)
        {
            _horizon = horizon;
            _changedWhileRead = new HashSet<string>(StringComparer.Ordinal);
        }
    }

    /// <summary>Takes over what the store held, except of cases that changed since the reading began.</summary>
    /// <param name="horizon">How far the reading reached; the window ends there.</param>
    public void Load(IReadOnlyList<DueChange> due, DateTimeOffset horizon)
    {
        lock (_lock)
        {
            _horizon = horizon;
            foreach (var change in due)
            {
                if (_changedWhileRead?.Contains(change.Case) != true) Set(change);
            }

            _changedWhileRead = null;
        }
    }

    /// <summary>Learns of a commit.</summary>
    /// <returns>Whether the earliest wake may have moved forward.</returns>
    public bool Change(DueChange change)
    {
        lock (_lock)
        {
            _changedWhileRead?.Add(change.Case);
            if (change.At is null || change.At > _horizon)
            {
                _at.Remove(change.Case);
                _afterwards.Remove(change.Case);
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
                _waking.Add(caseId);
                return caseId;
            }

            next = null;
            return null;
        }
    }

    /// <summary>A case that was taken has been woken, or could not be.</summary>
    public void Done(string caseId)
    {
        lock (_lock)
        {
            _waking.Remove(caseId);
            if (_afterwards.Remove(caseId, out var at)) Set(new DueChange(caseId, at));
        }
    }

    private void Set(DueChange change)
    {
        if (change.At is not { } at || (_at.TryGetValue(change.Case, out var known) && known == at)) return;
        // A case is woken by one at a time.
        if (_waking.Contains(change.Case))
        {
            _afterwards[change.Case] = at;
            return;
        }

        _at[change.Case] = at;
        _order.Enqueue(change.Case, at);
    }
}
