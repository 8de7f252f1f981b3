using System.Collections.Concurrent;
using System.Reflection;

namespace Simulation.Failing;

/// <summary>A task of any type that is answered by hand.</summary>
internal abstract class Reply
{
    private static readonly ConcurrentDictionary<Type, Func<Reply>> Makers = new();

    public abstract Task Task { get; }

    /// <summary>The reply to a method that returns this type of task.</summary>
    public static Reply To(Type task) => Makers.GetOrAdd(task, static type =>
    {
        var result = type.IsGenericType ? type.GetGenericArguments()[0] : typeof(bool);
        return typeof(Reply).GetMethod(nameof(Make), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(result).CreateDelegate<Func<Reply>>();
    })();

    /// <summary>As another task turned out.</summary>
    public abstract void As(Task outcome);

    public abstract void Fail(Exception reason);

    private static Reply Make<T>() => new Typed<T>();

    private sealed class Typed<T> : Reply
    {
        private readonly TaskCompletionSource<T> _source = new();

        public override Task Task => _source.Task;

        public override void As(Task outcome)
        {
            if (outcome is Task<T> typed) _source.TrySetFromTask(typed);
            else if (outcome.Exception is { } failure) _source.TrySetException(failure.InnerExceptions);
            else _source.TrySetResult(default!);
        }

        public override void Fail(Exception reason) => _source.TrySetException(reason);
    }
}
