using System.Diagnostics;
using System.Threading.Channels;
using Cluster.Contracts.Operations;
using Cluster.Contracts.Storage;
using Microsoft.Extensions.Logging;

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

    // A store that took so long to fail hangs. Whoever waits behind such a write is told at once, and for a moment nobody is made to wait as long again.
    private static readonly TimeSpan Hangs = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IGroupWriter _store;
    private readonly Channel<Work> _queue;
    private readonly int _maxWaiting;
    private readonly Deliveries _deliveries;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly WriterMeters? _meters;
    private readonly List<Work> _group = [];
    private Thread? _thread;
    private IReadOnlyList<ICommitObserver> _observers = [];
    private volatile Exception? _failure;
    private volatile bool _stopped;
    private long _pausedAt;
    private int _nudged;

    public Writer(IGroupWriter store, int maxWaiting, Deliveries deliveries, TimeProvider clock, ILogger logger, WriterMeters? meters = null)
    {
        _store = store;
        _maxWaiting = maxWaiting;
        _deliveries = deliveries;
        _clock = clock;
        _logger = logger;
        _meters = meters;
        _queue = Channel.CreateBounded<Work>(new BoundedChannelOptions(maxWaiting) { SingleReader = true });
    }

    /// <summary>Why the last transaction failed; null when it did not.</summary>
    public Exception? Failure => _failure;

    /// <summary>Commits that wait for the disk.</summary>
    public int Waiting => _queue.Reader.Count;

    /// <summary>Begins to write on a thread of its own: it spends its life waiting for the disk.</summary>
    public void Start(IReadOnlyList<ICommitObserver> observers)
    {
        Observe(observers);
        _thread = new Thread(Run) { Name = "journal", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Who learns of commits.</summary>
    public void Observe(IReadOnlyList<ICommitObserver> observers) => _observers = observers;

    /// <exception cref="JournalOverloadedException"/>
    /// <exception cref="StoreUnavailableException">The store hung a moment ago.</exception>
    /// <exception cref="ObjectDisposedException"/>
    public Task<T> Write<T>(Work<T> work) => Tracing.Within("journal.commit") is { } span ? Write(work, span) : Enqueue(work);

    private async Task<T> Write<T>(Work<T> work, Activity span)
    {
        using (span)
        {
            work.Span = span;
            return await Enqueue(work).ConfigureAwait(false);
        }
    }

    private Task<T> Enqueue<T>(Work<T> work)
    {
        if (Volatile.Read(ref _pausedAt) is not 0 and var since && _clock.GetElapsedTime(since) < Pause && _failure is { } hung)
            throw new StoreUnavailableException(hung);
        if (_meters is not null)
            work.Since = _clock.GetTimestamp();
        if (_queue.Writer.TryWrite(work))
            return work.Done;
        ObjectDisposedException.ThrowIf(_stopped, this);
        throw new JournalOverloadedException(_maxWaiting);
    }

    /// <summary>A delivery was noted. It is written with the next group, or now when many wait.</summary>
    public void Nudge()
    {
        if (_deliveries.Count >= MostDeliveries && Interlocked.Exchange(ref _nudged, 1) == 0)
            _queue.Writer.TryWrite(new Nudging());
    }

    /// <summary>Takes nothing more, writes what waits, and ends.</summary>
    public void Stop()
    {
        _stopped = true;
        _queue.Writer.TryComplete();
        _thread?.Join();
    }

    /// <summary>Writes one group of what waits.</summary>
    public void WriteGroup()
    {
        Gather();
        Write(_group);
    }

    private void Run()
    {
        while (Wait())
            WriteGroup();
        Write([]);
    }

    // False when the queue was completed and is empty. Returns with nothing to do while there are chores.
    private bool Wait()
    {
        if (_queue.Reader.TryPeek(out _) || (_store.HasChores && !_stopped))
            return true;
        return _queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult();
    }

    private void Gather()
    {
        _group.Clear();
        var events = 0;
        while (_group.Count < MostCommits && events < MostEvents && _queue.Reader.TryRead(out var work))
        {
            _group.Add(work);
            events += work.Events;
        }
    }

    private void Write(IReadOnlyList<Work> group)
    {
        var begun = _clock.GetTimestamp();
        if (TryWrite(group, out var failure))
            return;
        Failed(_logger, failure, group.Count);
        var isOfStore = _store.IsOfStore(failure);
        // A broken store fails everybody; anything else is the fault of one of them, and must not be paid by the others.
        if (group.Count > 1 && !isOfStore)
        {
            foreach (var work in group)
                Write([work]);
            return;
        }
        var reason = isOfStore ? new StoreUnavailableException(failure) : failure;
        foreach (var work in group)
            work.Fail(reason);
        if (isOfStore && _clock.GetElapsedTime(begun) > Hangs)
            TurnAway(reason);
    }

    private void TurnAway(Exception reason)
    {
        Volatile.Write(ref _pausedAt, _clock.GetTimestamp());
        while (_queue.Reader.TryRead(out var work))
            work.Fail(reason);
    }

    private bool TryWrite(IReadOnlyList<Work> group, out Exception failure)
    {
        var delivered = _deliveries.Waiting();
        var begun = _clock.GetTimestamp();
        // What follows from the group, the feed above all, is part of its trace.
        using var span = Trace(group);
        Effects effects;
        try
        {
            effects = _store.Write(group, delivered, _clock.GetUtcNow());
        }
        catch (Exception exception)
        {
            _failure = failure = exception;
            span?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            return false;
        }
        _failure = null;
        failure = null!;
        Volatile.Write(ref _nudged, 0);
        _deliveries.Written(delivered);
        foreach (var work in group)
        {
            if (span is not null)
                work.Span?.AddLink(new ActivityLink(span.Context));
            work.Complete();
        }
        if (_meters is not null)
            Measure(_meters, group, begun);
        if (_observers.Count > 0 && effects.Feed.Count + effects.Due.Count > 0)
            Tell(effects);
        return true;
    }

    // One transaction is one span, whoever's commits it writes: a trace of the first that is traced, and each of them is linked to it.
    private static Activity? Trace(IReadOnlyList<Work> group)
    {
        if (!Tracing.Listened)
            return null;
        var span = Tracing.ForAll("journal.group", group.Select(work => work.Span?.Context ?? default));
        span?.SetTag("commits", group.Count).SetTag("events", group.Sum(work => work.Events));
        return span;
    }

    // Whoever listens to the meters must not be able to end the loop.
    private void Measure(WriterMeters meters, IReadOnlyList<Work> group, long begun)
    {
        try
        {
            meters.Wrote(group, begun, _clock);
        }
        catch (Exception exception)
        {
            ObserverFailed(_logger, exception, nameof(WriterMeters));
        }
    }

    private void Tell(Effects effects)
    {
        foreach (var observer in _observers)
        {
            try
            {
                observer.Committed(effects.Feed, effects.Due);
            }
            catch (Exception exception)
            {
                ObserverFailed(_logger, exception, observer.GetType().Name);
            }
        }
    }

    /// <summary>Brings nothing but the deliveries, which every group writes.</summary>
    private sealed class Nudging : Work
    {
        public override void Complete()
        {
        }

        public override void Fail(Exception reason)
        {
        }
    }

    [LoggerMessage(EventId = 4101, Level = LogLevel.Error, Message = "A transaction of {Commits} commits was not written")]
    private static partial void Failed(ILogger logger, Exception exception, int commits);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Error, Message = "Observer {Observer} failed on a commit")]
    private static partial void ObserverFailed(ILogger logger, Exception exception, string observer);
}
