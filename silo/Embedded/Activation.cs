using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Core;
using Orleans.Runtime;
using Orleans.Storage;

namespace Cluster.Embedded;

/// <summary>
/// A grain in memory, from the first call to its key until it ends. A key has one activation at a time: the next is entered
/// in the directory in the moment this one is closed, and takes over the requests that had not started, in their order.
/// </summary>
internal sealed class Activation(GrainClass grainClass, string key)
    : Recipient(grainClass.Engine, GrainId.Create(grainClass.GrainType, key), grainClass.Reentrant), IGrainContext
{
    // A grain that deactivates whenever it activates would otherwise pass its requests on for ever; one that serves some
    // request each time makes headway.
    private const int MaxForwards = 2;

    private readonly List<IDisposable> _timers = [];
    private AsyncServiceScope _scope;
    private Grain? _instance;
    private Stage _stage;
    private DeactivationReason? _closing;
    private bool _closeWhenDrained = true;
    private bool _hasServed;
    private long _keepUntil;
    private TaskCompletionSource? _closed;

    private enum Stage
    {
        New,
        Activating,
        Active,
        Deactivating,
        Closed,
    }

    /// <summary>Its place among the activations of the process; the census guards it.</summary>
    public LinkedListNode<Census.Entry>? Census { get; set; }

    /// <summary>Timestamp of the last request that counts as use.</summary>
    public long LastUsed
    {
        get
        {
            lock (Gate)
                return LastUse;
        }
    }

    public GrainAddress Address => new(grainClass, key);

    public IServiceProvider ActivationServices => _scope.ServiceProvider;

    GrainId IGrainContext.GrainId => Id;

    object? IGrainContext.GrainInstance => _instance;

    protected override bool IsClosed => _stage == Stage.Closed;

    protected override bool HasMoreToDo => _closing is not null;

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (Gate)
            Close(deactivationReason, whenDrained: false);
    }

    /// <summary>Deactivates as soon as no request waits or runs; the task completes when it is done.</summary>
    public Task DeactivateWhenDrained(DeactivationReason reason)
    {
        lock (Gate)
        {
            if (_stage == Stage.Closed)
                return Task.CompletedTask;
            Close(reason, whenDrained: true);
            return (_closed ??= new(Call.Continuations)).Task;
        }
    }

    /// <summary>Leaves to make room, unless it is busy, was used since, or asked to stay.</summary>
    public bool TryLeave(long seen)
    {
        lock (Gate)
        {
            if (_stage != Stage.Active || _closing is not null)
                return true;
            if (LastUse > seen || _keepUntil > Engine.Clock.Now || Mailbox.Waiting + Mailbox.Running > 0)
                return false;
            Close(new(DeactivationReasonCode.ActivationIdle, "Others needed the room."), whenDrained: true);
            return true;
        }
    }

    public void DelayDeactivation(TimeSpan span)
    {
        lock (Gate)
        {
            _keepUntil = span <= TimeSpan.Zero && span != Timeout.InfiniteTimeSpan
                ? 0
                : Clock.After(Engine.Clock.Now, Engine.Clock.Span(span));
        }
    }

    public IGrainTimer AddTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        var timer = new GrainTimer(this, callback, options);
        lock (Gate)
            _timers.Add(timer);
        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    public void Forget(GrainTimer timer)
    {
        lock (Gate)
            _timers.Remove(timer);
    }

    public override void OnCompleted(Request request, Exception? error)
    {
        // What this activation knows is out of date: the next call shall read the state afresh.
        if (error is InconsistentStateException { IsSourceActivation: true } stale)
        {
            stale.IsSourceActivation = false;
            Deactivate(new(DeactivationReasonCode.ApplicationError, stale, "The stored state was changed by another."));
        }
        base.OnCompleted(request, error);
    }

    protected override void Step()
    {
        Request? request = null;
        Stage stage;
        lock (Gate)
        {
            StartWatch();
            if (_stage == Stage.New)
                _stage = Mailbox.Waiting > 0 ? Stage.Activating : Stage.Deactivating;
            else if (_stage != Stage.Active)
                return;
            else if (_closing is null || (_closeWhenDrained && Mailbox.Waiting + Mailbox.Running > 0))
                _hasServed |= (request = NextRequest()) is not null;
            else if (Mailbox.Running == 0)
                _stage = Stage.Deactivating;
            stage = _stage;
        }
        if (stage == Stage.Activating)
            _ = ActivateAsync();
        else if (stage == Stage.Deactivating)
            _ = DeactivateAsync();
        else
            request?.Start(this, _instance!);
    }

    protected override long CheckIdle(long now)
    {
        if (grainClass.KeepAlive || _stage != Stage.Active || _closing is not null)
            return long.MaxValue;
        var due = Math.Max(Clock.After(LastUse, Engine.Clock.CollectionAge), _keepUntil);
        if (due > now)
            return due;
        if (Mailbox.Waiting + Mailbox.Running > 0)
            return Clock.After(now, Engine.Clock.CollectionAge);
        Close(new(DeactivationReasonCode.ActivationIdle, "The grain was idle."), whenDrained: true);
        return long.MaxValue;
    }

    private void Close(DeactivationReason reason, bool whenDrained)
    {
        _closing ??= reason;
        _closeWhenDrained &= whenDrained;
        RequestStep();
    }

    private async Task ActivateAsync()
    {
        using var limit = new CancellationTokenSource(Engine.Options.ActivationTimeout, Engine.Clock.Time);
        try
        {
            _scope = Engine.ServiceProvider.CreateAsyncScope();
            _instance = grainClass.Create(this, out var states);
            await Load(_instance, states, limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception error)
        {
            if (error is OperationCanceledException && limit.IsCancellationRequested)
                error = new TimeoutException($"{Id} was not active within {Engine.Options.ActivationTimeout}.", error);
            Engine.Log.ActivationFailed(error, Id);
            await Dispose();
            End(error);
            return;
        }
        lock (Gate)
        {
            _stage = Stage.Active;
            WatchAt(CheckIdle(Engine.Clock.Now));
            RequestStep();
        }
        if (!grainClass.KeepAlive)
            Engine.Census.Enter(this);
    }

    private static async Task Load(Grain instance, IReadOnlyList<IStorage> states, CancellationToken cancellation)
    {
        foreach (var state in states)
            await state.ReadStateAsync();
        await instance.OnActivateAsync(cancellation);
    }

    private async Task DeactivateAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(Engine.Options.DeactivationTimeout, Engine.Clock.Time);
            StopTimers();
            if (_instance is not null)
                await _instance.OnDeactivateAsync(_closing!.Value, limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception error)
        {
            Engine.Log.DeactivationFailed(error, Id);
        }
        await Dispose();
        End(failure: null);
    }

    private void StopTimers()
    {
        IDisposable[] timers;
        lock (Gate)
            timers = [.. _timers];
        foreach (var timer in timers)
            timer.Dispose();
    }

    private async Task Dispose()
    {
        try
        {
            StopTimers();
            if (_instance is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else
                (_instance as IDisposable)?.Dispose();
            if (_scope.ServiceProvider is not null)
                await _scope.DisposeAsync();
        }
        catch (Exception error)
        {
            Engine.Log.DeactivationFailed(error, Id);
        }
    }

    private void End(Exception? failure)
    {
        List<Request> passedOn = [], failed = [];
        lock (Gate)
        {
            foreach (var request in Mailbox.Outstanding.Where(request => !request.IsLocal && !request.IsSettled))
                (failure is null && (_hasServed || request.Forwards < MaxForwards) ? passedOn : failed).Add(request);
            grainClass.Replace(key, this, passedOn.Count > 0 ? Successor(passedOn) : null);
            _stage = Stage.Closed;
            StopWatch();
        }
        Engine.Census.Leave(this);
        foreach (var request in failed)
            request.Fail(failure ?? new OrleansMessageRejectionException($"{Id} deactivated again and again without serving a call."));
        _closed?.TrySetResult();
    }

    private Activation Successor(List<Request> requests)
    {
        foreach (var request in requests)
        {
            request.Forwards++;
            Mailbox.Withdraw(request);
        }
        var next = new Activation(grainClass, key);
        next.Adopt(requests);
        return next;
    }

    private void Adopt(List<Request> requests)
    {
        lock (Gate)
        {
            LastUse = Engine.Clock.Now;
            foreach (var request in requests)
            {
                WatchAt(request.Deadline);
                Mailbox.Add(request);
            }
            RequestStep();
        }
    }
}
