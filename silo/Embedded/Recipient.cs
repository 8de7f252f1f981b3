using Orleans.Runtime;

namespace Cluster.Embedded;

/// <summary>What receives requests: takes them in, starts them as the mailbox allows, and answers those that waited too long.</summary>
internal abstract class Recipient : TurnScheduler
{
    private static readonly TimerCallback Watch = static self => ((Recipient)self!).OnWatch();

    private ITimer? _watch;
    private long _watchDue = long.MaxValue;

    protected Recipient(Engine engine, GrainId id, bool reentrant) : base(engine.Options.Scheduler, engine.Options.TurnsPerSlice)
    {
        Engine = engine;
        Id = id;
        Mailbox = new(reentrant);
    }

    public Engine Engine { get; }

    public new GrainId Id { get; }

    protected Mailbox Mailbox { get; }

    /// <summary>Requests that have not started, as a number to look at.</summary>
    public int Waiting => Mailbox.Waiting;

    /// <summary>Timestamp at which the last request that counts as use came in.</summary>
    protected long LastUse { get; set; }

    protected abstract bool IsClosed { get; }

    /// <summary>False when this recipient has ended and the request belongs to its successor, if any.</summary>
    public bool TryAccept(Request request)
    {
        var now = Engine.Clock.Now;
        lock (Gate)
        {
            if (IsClosed)
                return false;
            if (request.IsLocal || Mailbox.Waiting < Engine.Options.MaxEnqueuedRequests)
            {
                if (request.IsUse)
                    LastUse = now;
                if (!request.IsLocal)
                {
                    request.Deadline = Clock.After(now, Engine.Clock.ResponseTimeout);
                    WatchAt(request.Deadline);
                }
                Mailbox.Add(request);
                RequestStep();
                return true;
            }
        }
        request.Fail(new LimitExceededException("MaxEnqueuedRequests", Mailbox.Waiting, Engine.Options.MaxEnqueuedRequests, Id));
        return true;
    }

    /// <summary>Follows the end of a request, in a turn.</summary>
    public virtual void OnCompleted(Request request, Exception? error)
    {
        lock (Gate)
        {
            Mailbox.Complete(request);
            if (Mailbox.Waiting > 0 || HasMoreToDo)
                RequestStep();
        }
    }

    /// <summary>Whether a step is due although no request waits; the caller holds the gate.</summary>
    protected virtual bool HasMoreToDo => false;

    /// <summary>The next timestamp at which <see cref="OnWatch"/> has business other than requests; the caller holds the gate.</summary>
    protected virtual long CheckIdle(long now) => long.MaxValue;

    /// <summary>The caller holds the gate.</summary>
    protected Request? NextRequest()
    {
        while (Mailbox.Next() is { } request)
        {
            if (request.IsSettled)
            {
                Mailbox.Complete(request);
                continue;
            }
            if (Mailbox.MayHaveNext)
                RequestStep();
            return request;
        }
        return null;
    }

    /// <summary>The caller holds the gate.</summary>
    protected void WatchAt(long timestamp)
    {
        if (timestamp >= _watchDue)
            return;
        _watchDue = timestamp;
        _watch?.Change(Engine.Clock.Until(timestamp), Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Watches the time from now on. Called in the first turn and not before, lest the timer inherit the context of whoever
    /// called first; the caller holds the gate.
    /// </summary>
    protected void StartWatch() =>
        _watch ??= Engine.Clock.Time.CreateTimer(Watch, this, Engine.Clock.Until(_watchDue), Timeout.InfiniteTimeSpan);

    protected void StopWatch() => _watch?.Dispose();

    private void OnWatch()
    {
        List<Request> expired = [];
        lock (Gate)
        {
            if (IsClosed)
                return;
            var now = Engine.Clock.Now;
            _watchDue = long.MaxValue;
            var next = CheckIdle(now);
            foreach (var request in Mailbox.Outstanding)
            {
                if (request.Deadline <= now)
                    expired.Add(request);
                else
                    next = Math.Min(next, request.Deadline);
            }
            foreach (var request in expired)
            {
                request.Deadline = long.MaxValue;
                if (Mailbox.IsWaiting(request))
                    Mailbox.Withdraw(request);
            }
            WatchAt(next);
        }
        foreach (var request in expired)
        {
            request.Fail(new TimeoutException(
                $"{request} got no answer from {Id} within {Engine.Options.ResponseTimeout}; whether it is carried out is unknown."));
        }
    }
}
