using System.Threading.Channels;
using Cluster.Contracts.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Cluster.Storage.Writing;

/// <summary>
/// The one loop that writes. It takes whatever waits, writes it in one transaction, and tells everybody once that is on
/// the disk: the cost of reaching the disk is shared, and nobody waits longer than the group before plus their own.
/// </summary>
internal sealed partial class Writer
{
    // A group this large costs some 100 ms; longer groups would gain no throughput and lose latency.
    private const int MostCommits = 2_000;
    private const int MostEvents = 20_000;
    private const int MostDeliveries = 1_000;

    private readonly Tables _tables;
    private readonly Channel<Work> _queue;
    private readonly int _maxWaiting;
    private readonly Deliveries _deliveries;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private IReadOnlyList<ICommitObserver> _observers = [];
    private volatile Exception? _failure;
    private volatile bool _stopped;
    private int _nudged;

    public Writer(Tables tables, int maxWaiting, Deliveries deliveries, TimeProvider clock, ILogger logger)
    {
        _tables = tables;
        _maxWaiting = maxWaiting;
        _deliveries = deliveries;
        _clock = clock;
        _logger = logger;
        _queue = Channel.CreateBounded<Work>(new BoundedChannelOptions(maxWaiting) { SingleReader = true });
        // A thread of its own: it spends its life waiting for the disk.
        _thread = new Thread(Run) { Name = "journal", IsBackground = true };
    }

    /// <summary>Why the last transaction failed; null when it did not.</summary>
    public Exception? Failure => _failure;

    public void Start(IReadOnlyList<ICommitObserver> observers)
    {
        _observers = observers;
        _thread.Start();
    }

    /// <exception cref="JournalOverloadedException"/>
    /// <exception cref="ObjectDisposedException"/>
    public Task<T> Write<T>(Work<T> work)
    {
        if (_queue.Writer.TryWrite(work))
            return work.Done;
        ObjectDisposedException.ThrowIf(_stopped, this);
        throw new JournalOverloadedException(_maxWaiting);
    }

    /// <summary>A delivery was noted. It is written with the next group, or now when many wait.</summary>
    public void Nudge()
    {
        if (_deliveries.Count >= MostDeliveries && Interlocked.Exchange(ref _nudged, 1) == 0)
            _queue.Writer.TryWrite(new Work<bool>(_ => true));
    }

    /// <summary>Takes nothing more, writes what waits, and ends.</summary>
    public void Stop()
    {
        _stopped = true;
        _queue.Writer.TryComplete();
        if (_thread.IsAlive)
            _thread.Join();
    }

    private void Run()
    {
        var group = new List<Work>();
        while (Wait())
        {
            Gather(group);
            Write(group);
        }
        Write([]);
    }

    // False when the queue was completed and is empty. Returns with nothing to do while there is pruning.
    private bool Wait()
    {
        if (_queue.Reader.TryPeek(out _) || (_tables.Feed.MayPrune && !_stopped))
            return true;
        return _queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult();
    }

    private void Gather(List<Work> group)
    {
        group.Clear();
        var events = 0;
        while (group.Count < MostCommits && events < MostEvents && _queue.Reader.TryRead(out var work))
        {
            group.Add(work);
            events += work.Events;
        }
    }

    private void Write(List<Work> group)
    {
        if (TryWrite(group, out var failure))
            return;
        Failed(_logger, failure, group.Count);
        // A broken disk fails everybody; anything else is the fault of one of them, and must not be paid by the others.
        if (group.Count > 1 && !IsDisk(failure))
        {
            foreach (var work in group)
                Write([work]);
            return;
        }
        foreach (var work in group)
            work.Fail(failure);
    }

    private bool TryWrite(List<Work> group, out Exception failure)
    {
        var delivered = _deliveries.Waiting();
        try
        {
            _tables.Connection.Execute("BEGIN IMMEDIATE");
            _tables.Begin(_clock.GetUtcNow());
            foreach (var work in group)
                work.Apply(_tables);
            _tables.Due.Settle(delivered);
            if (_tables.Feed.MayPrune)
                _tables.Feed.Prune(_clock.GetUtcNow());
            _tables.Finish();
            _tables.Connection.Execute("COMMIT");
        }
        catch (Exception exception)
        {
            _failure = failure = exception;
            Undo();
            return false;
        }
        _failure = null;
        failure = null!;
        Volatile.Write(ref _nudged, 0);
        _deliveries.Written(delivered);
        foreach (var work in group)
            work.Complete();
        if (_observers.Count > 0 && _tables.HasEffects)
            Tell(_tables.Fed, _tables.DueChanges);
        return true;
    }

    private void Undo()
    {
        try
        {
            _tables.Connection.Rollback();
            _tables.Forget();
        }
        catch (Exception exception)
        {
            Failed(_logger, exception, 0);
        }
    }

    private void Tell(IReadOnlyList<FeedItem> feed, IReadOnlyList<DueChange> due)
    {
        foreach (var observer in _observers)
        {
            try
            {
                observer.Committed(feed, due);
            }
            catch (Exception exception)
            {
                ObserverFailed(_logger, exception, observer.GetType().Name);
            }
        }
    }

    private static bool IsDisk(Exception exception) =>
        exception is SqliteException sqlite && sqlite.SqliteErrorCode is not (raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG or raw.SQLITE_RANGE);

    [LoggerMessage(EventId = 4101, Level = LogLevel.Error, Message = "A transaction of {Commits} commits was not written")]
    private static partial void Failed(ILogger logger, Exception exception, int commits);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Error, Message = "Observer {Observer} failed on a commit")]
    private static partial void ObserverFailed(ILogger logger, Exception exception, string observer);
}
