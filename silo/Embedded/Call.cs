using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Cluster.Embedded;

/// <summary>A call through a reference.</summary>
internal abstract class Call : Request
{
    // What the grain does is part of its caller's trace; turns know nothing else of whoever called.
    private readonly Activity? _caller = Activity.Current is { Recorded: true } traced ? traced : null;

    protected Call(GrainMethod method, object?[] arguments)
    {
        Method = method;
        Arguments = arguments;
        Interleaves = method.AlwaysInterleave;
        ReadOnly = method.ReadOnly;
    }

    /// <summary>What the caller gets back at once: a Task or ValueTask in a box, or null from a method that returns nothing.</summary>
    public abstract object? Reply { get; }

    protected GrainMethod Method { get; }

    private object?[] Arguments { get; }

    // Inside a grain, and in a simulator, a continuation goes to the caller's own scheduler, and completing in place keeps
    // the order deterministic. Elsewhere it would run on, and so hold up, the turn of the grain that answers.
    public static TaskCreationOptions Continuations => TaskScheduler.Current == TaskScheduler.Default
        ? TaskCreationOptions.RunContinuationsAsynchronously
        : TaskCreationOptions.None;

    public override string ToString() => Method.Name;

    protected override Task Invoke(object instance)
    {
        if (_caller is null)
            return Method.Invoke(instance, Arguments);
        var outer = Activity.Current;
        Activity.Current = _caller;
        try
        {
            return Method.Invoke(instance, Arguments);
        }
        finally
        {
            Activity.Current = outer;
        }
    }
}

internal sealed class VoidCall(GrainMethod method, object?[] arguments) : Call(method, arguments)
{
    private readonly TaskCompletionSource _source = new(Continuations);

    public override object? Reply => Method.ReturnsValueTask ? new ValueTask(_source.Task) : _source.Task;

    public override bool IsSettled => _source.Task.IsCompleted;

    public override void Fail(Exception error) => _source.TrySetException(error);

    protected override void Answer(Task outcome) => _source.TrySetFromTask(outcome);
}

internal sealed class Call<T>(GrainMethod method, object?[] arguments) : Call(method, arguments)
{
    private readonly TaskCompletionSource<T> _source = new(Continuations);

    public override object? Reply => Method.ReturnsValueTask ? new ValueTask<T>(_source.Task) : _source.Task;

    public override bool IsSettled => _source.Task.IsCompleted;

    public override void Fail(Exception error) => _source.TrySetException(error);

    protected override void Answer(Task outcome)
    {
        // A method that throws before it returns leaves a plain faulted task.
        if (outcome is Task<T> typed)
            _source.TrySetFromTask(typed);
        else
            _source.TrySetException(outcome.Exception!.InnerExceptions);
    }
}

internal sealed class OneWayCall(GrainMethod method, object?[] arguments, ILogger log) : Call(method, arguments)
{
    public override object? Reply => Method.ReturnsNothing ? null : Method.ReturnsValueTask ? default(ValueTask) : Task.CompletedTask;

    public override void Fail(Exception error) => log.OneWayFailed(error, Method.Name);

    protected override void Answer(Task outcome)
    {
        if (!outcome.IsCompletedSuccessfully)
            Fail(outcome.Exception?.InnerException ?? new TaskCanceledException(outcome));
    }
}
