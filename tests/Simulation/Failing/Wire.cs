using System.Reflection;
using Cluster.Contracts;
using Orleans;
using Orleans.Concurrency;
using Simulation.Mutations;
using Simulation.Running;

namespace Simulation.Failing;

/// <summary>What calls between grains, and of clients, go through: at most once, as a cluster promises, and no more than that.</summary>
internal sealed class Wire(Machine machine, Chaos chaos, Mutation? mutation)
{
    // Longer than anybody waits for an answer.
    private const int LongestMilliseconds = 35_000;

    // These change nothing the second time, and senders rely on it.
    private static readonly HashSet<string> Repeatable =
        [nameof(ICaseGrain.Record), nameof(ICaseGrain.Wake), nameof(ICaseGrain.Deliver), nameof(IDepartmentGrain.Observe)];

    public object? Send(Interception call)
    {
        Func<object?> carry = mutation is null ? call.Go : () => mutation.GrainCall(call);
        if (!chaos.Storm || !typeof(Task).IsAssignableFrom(call.Method.ReturnType)) return carry();
        if (chaos.Strikes(Fault.CallLost, 0.004, call.ToString)) return call.Method.IsDefined(typeof(OneWayAttribute)) ? Task.CompletedTask : TimedOut(call);
        if (chaos.Strikes(Fault.CallSlow, 0.002, call.ToString)) return Late(call, carry);
        if (chaos.Strikes(Fault.AnswerLost, 0.003, call.ToString))
        {
            carry();
            return TimedOut(call);
        }

        if (Repeatable.Contains(call.Method.Name) && chaos.Strikes(Fault.CallTwice, 0.005, call.ToString)) carry();
        return carry();
    }

    private Task TimedOut(Interception call)
    {
        var reply = Reply.To(call.Method.ReturnType);
        machine.Later(Span(LongestMilliseconds), () => reply.Fail(new TimeoutException($"A simulated call of {call.Method.Name} got no answer.")));
        return reply.Task;
    }

    private Task Late(Interception call, Func<object?> carry)
    {
        var reply = Reply.To(call.Method.ReturnType);
        machine.Later(Span(8_000), () => machine.Start(async () =>
        {
            var done = (Task)carry()!;
            await done.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            reply.As(done);
        }));
        return reply.Task;
    }

    private TimeSpan Span(int most) => TimeSpan.FromMilliseconds(1 + chaos.Dice.Below(most));
}

/// <summary>Hands out references whose calls go through a wire.</summary>
internal sealed class WiredFactory(IGrainFactory inner, Wire wire, Action<Interception>? watch = null) : IGrainFactory
{
    public T GetGrain<T>(string primaryKey, string? grainClassNamePrefix = null) where T : IGrainWithStringKey =>
        (T)WiredReference.To(typeof(T), inner.GetGrain<T>(primaryKey, grainClassNamePrefix), wire, watch);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) =>
        (IGrain)WiredReference.To(grainInterfaceType, inner.GetGrain(grainInterfaceType, grainPrimaryKey), wire, watch);

    public T CreateObjectReference<T>(IGrainObserver obj) where T : IGrainObserver => inner.CreateObjectReference<T>(obj);

    public void DeleteObjectReference<T>(IGrainObserver obj) where T : IGrainObserver => inner.DeleteObjectReference<T>(obj);
}

internal class WiredReference : DispatchProxy
{
    private object _inner = null!;
    private Wire _wire = null!;
    private Action<Interception>? _watch;

    public static object To(Type type, object inner, Wire wire, Action<Interception>? watch)
    {
        var reference = Create(type, typeof(WiredReference));
        ((WiredReference)reference)._inner = inner;
        ((WiredReference)reference)._wire = wire;
        ((WiredReference)reference)._watch = watch;
        return reference;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var call = new Interception(_inner, targetMethod!, args ?? []);
        _watch?.Invoke(call);
        return _wire.Send(call);
    }
}
