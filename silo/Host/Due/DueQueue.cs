using Cluster.Contracts.Storage;

namespace Cluster.Silo.Due;

/// <summary>
/// The next wakes in time order, each case once. The store is read page by page, in passes from its beginning to the end of the
/// window; of what lies beyond, and of what does not fit, nothing is held. All that is due before the horizon is in here,
/// is being woken, or failed.
/// </summary>
internal sealed class DueQueue(DueOptions options)
{
    private readonly Lock _lock = new();
    private readonly SortedSet<DueEntry> _order = [];
    private readonly Dictionary<string, DateTimeOffset> _at = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Waking> _waking = new(StringComparer.Ordinal);
    private readonly FailingCases _failing = new(options);
    private int _retrying;
    private HashSet<string>? _changedWhileRead;
    private DateTimeOffset _horizon = DateTimeOffset.MinValue;
    private DateTimeOffset _before;
    private DateTimeOffset? _letGo;
    private bool _reading;
    private bool _passing = true;
    private DueChange? _readTo;

    /// <summary>Wakes that wait here for their time or for a place.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock) return _at.Count;
        }
    }

    /// <summary>Cases that were taken and are not done.</summary>
    public int Taken
    {
        get
        {
            lock (_lock) return _waking.Count;
        }
    }

    /// <summary>Cases whose last wake failed.</summary>
    public int Failing
    {
        get
        {
            lock (_lock) return _failing.Count + _retrying;
        }
    }

    /// <summary>What is committed for later than this is not here, but will be read.</summary>
    public DateTimeOffset Horizon
    {
        get
        {
            lock (_lock) return _horizon;
        }
    }

    /// <summary>The page of the store to be read now, if any.</summary>
    /// <param name="now">Of the legal clock.</param>
    /// <param name="window">In legal time.</param>
    /// <param name="realNow">Of the real clock, never set back.</param>
    public DuePage? Begin(DateTimeOffset now, TimeSpan window, TimeSpan realNow)
    {
        lock (_lock)
        {
            // Whatever lies beyond the horizon is later than all that waits here, so it can wait until there is room.
            if (_at.Count > options.Batch / 2) return null;
            if (!_passing)
            {
                if (now < _horizon - (window / 2) && !_failing.MustLookAgain(realNow)) return null;
                _passing = true;
                _readTo = null;
                _failing.LookedAgain();
            }

            var until = window < DateTimeOffset.MaxValue - now ? now + window : DateTimeOffset.MaxValue;
            _before = _horizon;
            _letGo = null;
            _reading = true;
            // What is committed while the store is read counts towards the new window.
            if (until > _horizon) _horizon = until;
            _changedWhileRead = new HashSet<string>(StringComparer.Ordinal);
            return new DuePage(_readTo, until, options.Batch);
        }
    }

    /// <summary>Takes over what the store held, except of cases that changed since the reading began.</summary>
    public void Load(DuePage page, IReadOnlyList<DueChange> due)
    {
        lock (_lock)
        {
            foreach (var change in due)
            {
                if (!_changedWhileRead!.Contains(change.Case)) Read(change);
            }

            if (due.Count < page.Limit)
            {
                _passing = false;
                End(page.Until);
            }
            else
            {
                _readTo = due[^1];
                End(due[^1].At!.Value);
            }
        }
    }

    /// <summary>The store could not be read; nothing is known beyond what was known before.</summary>
    public void Abandon()
    {
        lock (_lock) End(_before);
    }

    /// <summary>Learns of a commit.</summary>
    /// <returns>Whether the earliest wake may have moved forward.</returns>
    public bool Change(DueChange change)
    {
        lock (_lock)
        {
            _changedWhileRead?.Add(change.Case);
            _failing.Forget(change.Case);
            var at = change.At <= _horizon ? change.At : null;
            if (_waking.TryGetValue(change.Case, out var waking))
            {
                waking.Moved(at);
                return false;
            }

            Remove(change.Case);
            if (at is not { } known) return false;
            Add(change.Case, known);
            return true;
        }
    }

    /// <summary>Has the store read from its beginning: not all that was committed may be known here.</summary>
    public void ReadAgain()
    {
        lock (_lock)
        {
            if (_reading) _letGo = DateTimeOffset.MinValue;
            else ReadAgainFrom(DateTimeOffset.MinValue);
        }
    }

    /// <summary>Takes the next case due by now, in the order of time; else says when the next one is due. With every place taken there is none: only the end of a wake makes room.</summary>
    public DueEntry? Take(DateTimeOffset now, out DateTimeOffset? next)
    {
        lock (_lock)
        {
            next = _order.Count > 0 && _waking.Count - _retrying < options.Concurrency ? _order.Min.At : null;
            if (!(next <= now)) return null;
            var entry = _order.Min;
            Remove(entry.Case);
            _waking[entry.Case] = new Waking(entry.At, 0);
            return entry;
        }
    }

    /// <summary>Takes a case that failed and is to be tried again; else says when the next one is.</summary>
    /// <param name="realNow">Of the real clock, never set back.</param>
    public string? TakeAgain(DateTimeOffset now, TimeSpan realNow, out TimeSpan? next)
    {
        lock (_lock)
        {
            next = null;
            if (_retrying >= options.Retries || _failing.Take(now, realNow, out next) is not { } failed) return null;
            _retrying++;
            _waking[failed.Case] = new Waking(failed.At, failed.Failures);
            return failed.Case;
        }
    }

    /// <summary>A case that was taken has been woken.</summary>
    /// <returns>When it was due.</returns>
    public DateTimeOffset Done(string caseId)
    {
        lock (_lock) return Return(caseId).At;
    }

    /// <summary>A case that was taken could not be woken. Unless it was committed all the same, it is tried again after a while.</summary>
    public void Failed(string caseId, TimeSpan realNow)
    {
        lock (_lock)
        {
            if (Return(caseId) is { HasMoved: false } waking) _failing.Add(new FailedWake(caseId, waking.At, waking.Failures + 1), realNow);
        }
    }

    /// <summary>Whatever made wakes fail has passed: those that wait longest for their next try need not.</summary>
    public void TryAllAgain(TimeSpan realNow)
    {
        lock (_lock) _failing.TryAll(realNow);
    }

    private Waking Return(string caseId)
    {
        _waking.Remove(caseId, out var waking);
        if (waking!.Failures > 0) _retrying--;
        if (waking.Next is { } at && at <= _horizon) Add(caseId, at);
        return waking;
    }

    private void Read(DueChange row)
    {
        var at = row.At!.Value;
        if (_waking.TryGetValue(row.Case, out var waking))
        {
            // A case is woken by one at a time. Its row is the one it is woken for, or one whose commit we shall hear of.
            if (at != waking.At) waking.Moved(at);
            return;
        }

        if (_failing.Knows(row.Case, at)) return;
        _failing.Forget(row.Case);
        Remove(row.Case);
        Add(row.Case, at);
    }

    private void Add(string caseId, DateTimeOffset at)
    {
        _at[caseId] = at;
        _order.Add(new DueEntry(at, caseId));
        if (_at.Count > 2 * options.Batch) LetGo();
    }

    private void Remove(string caseId)
    {
        if (_at.Remove(caseId, out var at)) _order.Remove(new DueEntry(at, caseId));
    }

    /// <summary>Keeps a batch of the earliest. The others stand in the store and are read when there is room.</summary>
    private void LetGo()
    {
        while (_at.Count > options.Batch) Remove(_order.Max.Case);
        var from = _order.Max.At;
        if (_reading) _letGo = from < _letGo ? from : _letGo ?? from;
        else ReadAgainFrom(from);
    }

    private void End(DateTimeOffset known)
    {
        _reading = false;
        _changedWhileRead = null;
        _horizon = known > _before ? known : _before;
        if (_letGo is { } from) ReadAgainFrom(from);
    }

    // With all of that instant: how the store orders cases is its own affair.
    private void ReadAgainFrom(DateTimeOffset instant)
    {
        if (instant < _horizon) _horizon = instant;
        if (_passing && !(_readTo?.At >= instant)) return;
        _passing = true;
        _readTo = new DueChange("", instant);
    }

    /// <summary>A case while it is woken.</summary>
    private sealed class Waking(DateTimeOffset at, int failures)
    {
        public DateTimeOffset At => at;

        public int Failures => failures;

        public bool HasMoved { get; private set; }

        /// <summary>When it is due again, as far as that is within the horizon.</summary>
        public DateTimeOffset? Next { get; private set; }

        public void Moved(DateTimeOffset? next) => (HasMoved, Next) = (true, next);
    }
}

/// <summary>A page of the due index to be read.</summary>
internal sealed record DuePage(DueChange? After, DateTimeOffset Until, int Limit);
