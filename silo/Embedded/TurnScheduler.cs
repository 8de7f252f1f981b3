namespace Cluster.Embedded;

/// <summary>
/// Runs turns one at a time, in the order queued. A turn is a continuation of earlier code or a step, in which the deriving
/// class starts what is to be started next. Code running here has this as its current task scheduler, which is what brings
/// the continuation of every await back to the same place.
/// </summary>
internal abstract class TurnScheduler(IEngineScheduler scheduler, int turnsPerSlice) : TaskScheduler, IThreadPoolWorkItem
{
    private static readonly Action<object?> RunStep = static self => ((TurnScheduler)self!).Step();

    [ThreadStatic]
    private static TurnScheduler? s_running;

    private readonly Queue<Task?> _turns = new(4); // null stands for a step
    private bool _stepQueued;
    private bool _scheduled;

    public sealed override int MaximumConcurrencyLevel => 1;

    /// <summary>Guards the turns and whatever else other threads may touch. Nobody's code runs while it is held.</summary>
    protected Lock Gate { get; } = new();

    /// <summary>Must not throw.</summary>
    protected abstract void Step();

    /// <summary>Asks for a step; the caller holds <see cref="Gate"/>.</summary>
    protected void RequestStep()
    {
        if (_stepQueued)
            return;
        _stepQueued = true;
        Enqueue(null);
    }

    protected sealed override void QueueTask(Task task)
    {
        lock (Gate)
            Enqueue(task);
    }

    // Only what this thread is running right now may run more of the same in place.
    protected sealed override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && s_running == this && TryExecuteTask(task);

    protected sealed override IEnumerable<Task> GetScheduledTasks()
    {
        lock (Gate)
            return _turns.OfType<Task>().ToArray();
    }

    void IThreadPoolWorkItem.Execute()
    {
        // A scheduler may lend us any thread; an await would prefer a synchronization context found there to this scheduler.
        var context = SynchronizationContext.Current;
        if (context is not null)
            SynchronizationContext.SetSynchronizationContext(null);
        var outer = s_running;
        s_running = this;
        try
        {
            for (var i = 0; i < turnsPerSlice; i++)
            {
                if (!TryDequeue(out var turn))
                    return;
                if (turn is null)
                    new Task(RunStep, this, TaskCreationOptions.DenyChildAttach).RunSynchronously(this);
                else
                    TryExecuteTask(turn);
            }
        }
        finally
        {
            s_running = outer;
            if (context is not null)
                SynchronizationContext.SetSynchronizationContext(context);
        }
        lock (Gate)
        {
            if (_turns.Count == 0)
                _scheduled = false;
            else
                scheduler.Schedule(this);
        }
    }

    private void Enqueue(Task? turn)
    {
        _turns.Enqueue(turn);
        if (_scheduled)
            return;
        _scheduled = true;
        scheduler.Schedule(this);
    }

    private bool TryDequeue(out Task? turn)
    {
        lock (Gate)
        {
            if (!_turns.TryDequeue(out turn))
            {
                _scheduled = false;
                return false;
            }
            if (turn is null)
                _stepQueued = false;
            return true;
        }
    }
}
