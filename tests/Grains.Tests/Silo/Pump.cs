namespace Grains.Tests.Silo;

/// <summary>Runs what is started on it on the thread of the test, when the test says so.</summary>
internal sealed class Pump : TaskScheduler
{
    private readonly Queue<Task> _waiting = new();

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Starts something and runs it as far as it comes without time passing.</summary>
    public Task Start(Func<Task> what)
    {
        var started = Task.Factory.StartNew(what, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();
        Run();
        return started;
    }

    /// <summary>Runs everything that can run.</summary>
    public void Run()
    {
        var context = SynchronizationContext.Current;
        // What continues must continue here.
        SynchronizationContext.SetSynchronizationContext(null);
        while (Next() is { } task) TryExecuteTask(task);
        SynchronizationContext.SetSynchronizationContext(context);
    }

    /// <summary>Lets time pass in steps, and everything run that it brings.</summary>
    public void Pass(ManualTimeProvider time, TimeSpan span, TimeSpan step)
    {
        for (var end = time.GetUtcNow() + span; time.GetUtcNow() < end;)
        {
            var left = end - time.GetUtcNow();
            time.Advance(left < step ? left : step);
            Run();
        }
    }

    private Task? Next()
    {
        lock (_waiting) return _waiting.TryDequeue(out var task) ? task : null;
    }

    protected override void QueueTask(Task task)
    {
        lock (_waiting) _waiting.Enqueue(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_waiting) return [.. _waiting];
    }
}
