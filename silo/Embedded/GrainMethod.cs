using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Concurrency;

namespace Cluster.Embedded;

/// <summary>A method of a grain or observer interface: how to call it and what its attributes ask for.</summary>
internal sealed class GrainMethod
{
    private static readonly ConcurrentDictionary<MethodInfo, GrainMethod> Known = new();

    private readonly MethodInvoker _invoker;
    private readonly Func<GrainMethod, object?[], ILogger, Call> _newCall;
    private readonly Func<object?, Task> _toTask;

    private GrainMethod(MethodInfo method)
    {
        Name = $"{method.DeclaringType!.Name}.{method.Name}";
        AlwaysInterleave = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        ReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        _invoker = MethodInvoker.Create(method);

        var type = method.ReturnType;
        var open = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        ReturnsNothing = type == typeof(void);
        ReturnsValueTask = open == typeof(ValueTask) || open == typeof(ValueTask<>);
        if (!ReturnsNothing && !ReturnsValueTask && open != typeof(Task) && open != typeof(Task<>))
            throw new NotSupportedException($"{Name} returns {type.Name}; a method called through a reference returns a Task.");

        var oneWay = ReturnsNothing || method.IsDefined(typeof(OneWayAttribute));
        if (oneWay && type.IsGenericType)
            throw new NotSupportedException($"{Name} is one-way and cannot return a result.");
        _newCall = oneWay
            ? static (method, arguments, log) => new OneWayCall(method, arguments, log)
            : type.IsGenericType
                ? Generic<Func<GrainMethod, object?[], ILogger, Call>>(nameof(NewTypedCall), type)
                : static (method, arguments, _) => new VoidCall(method, arguments);
        _toTask = ReturnsNothing
            ? static _ => Task.CompletedTask
            : !ReturnsValueTask
                ? static returned => (Task)returned!
                : type.IsGenericType
                    ? Generic<Func<object?, Task>>(nameof(TypedTask), type)
                    : static returned => ((ValueTask)returned!).AsTask();
    }

    public string Name { get; }

    public bool AlwaysInterleave { get; }

    public bool ReadOnly { get; }

    public bool ReturnsNothing { get; }

    public bool ReturnsValueTask { get; }

    public static GrainMethod Of(MethodInfo method) => Known.GetOrAdd(method, static method => new(method));

    public Call NewCall(object?[] arguments, ILogger log)
    {
        // The grain itself, handed to another, would be called around its turns.
        foreach (var argument in arguments)
        {
            if (argument is Grain)
                throw new ArgumentException($"{Name} was given a grain; pass this.AsReference<T>() instead.");
        }
        return _newCall(this, arguments, log);
    }

    public Task Invoke(object instance, object?[] arguments) =>
        _toTask(_invoker.Invoke(instance, arguments.AsSpan())) ?? throw new InvalidOperationException($"{Name} returned no task.");

    private static Call NewTypedCall<T>(GrainMethod method, object?[] arguments, ILogger log) => new Call<T>(method, arguments);

    private static Task TypedTask<T>(object? returned) => ((ValueTask<T>)returned!).AsTask();

    private static TDelegate Generic<TDelegate>(string name, Type returned) where TDelegate : Delegate => typeof(GrainMethod)
        .GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!
        .MakeGenericMethod(returned.GetGenericArguments()).CreateDelegate<TDelegate>();
}
