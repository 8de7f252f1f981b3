using Orleans.Runtime;

namespace Cluster.Embedded;

/// <summary>A grain's timer, and the request that is its tick: there is never more than one tick under way.</summary>
internal sealed class GrainTimer : Request, IGrainTimer
{
    private static readonly TimerCallback Due = static self => ((GrainTimer)self!).OnDue();

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _disposal = new();
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly bool _keepAlive;
    private readonly ITimer _timer;
    private TimeSpan _next; // from the end of the tick under way
    private TimeSpan _period;
    private bool _ticking;
    private bool _disposed;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _callback = callback;
        _keepAlive = options.KeepAlive;
        Interleaves = options.Interleave;
        // The context of the call that registers the timer does not belong to the ticks.
        using (ExecutionContext.IsFlowSuppressed() ? null : (AsyncFlowControl?)ExecutionContext.SuppressFlow())
            _timer = activation.Engine.Clock.Time.CreateTimer(Due, this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public override bool IsLocal => true;

    public override bool IsUse => _keepAlive;

    public override bool IsSettled => _disposed;

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _next = dueTime;
            _period = period;
            if (!_ticking && !_disposed)
                _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
        }
        _timer.Dispose();
        _disposal.Cancel();
        _activation.Forget(this);
    }

    public override void Fail(Exception error) => _activation.Engine.Log.TimerFailed(error, _activation.Id);

    protected override Task Invoke(object instance)
    {
        lock (_gate)
            _next = _period;
        return _callback(_disposal.Token);
    }

    protected override void Answer(Task outcome)
    {
        if (outcome.IsFaulted)
            Fail(outcome.Exception.InnerException!);
        lock (_gate)
        {
            _ticking = false;
            if (!_disposed)
                _timer.Change(_next, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnDue()
    {
        lock (_gate)
        {
            if (_ticking || _disposed)
                return;
            _ticking = true;
        }
        _activation.TryAccept(this);
    }
}
