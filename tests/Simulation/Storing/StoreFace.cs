using System.Reflection;
using Cluster.Contracts.Storage;
using Simulation.Failing;
using Simulation.Mutations;
using Simulation.Running;

namespace Simulation.Storing;

/// <summary>One interface of the store as the grains see it: answers come later than what they say was true, if they come at all.</summary>
internal class StoreFace : DispatchProxy
{
    // Queued at once, in the order of the calls; whatever else returns a task is a read.
    private static readonly HashSet<string> Writes = [nameof(IJournal.Commit), "Write", "Clear", "Save", "Delete", "SaveSession", "EndSessions", "EndSession", "SaveSetting", "Append"];

    private object _inner = null!;
    private Machine _machine = null!;
    private Chaos _chaos = null!;
    private Mutation? _mutation;
    private Func<SimulatedStore> _store = null!;

    public static object Of(Type type, object inner, Machine machine, Chaos chaos, Mutation? mutation, Func<SimulatedStore> store)
    {
        var face = (StoreFace)Create(type, typeof(StoreFace));
        (face._inner, face._machine, face._chaos, face._mutation, face._store) = (inner, machine, chaos, mutation, store);
        return face;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var call = new Interception(_inner, targetMethod!, args ?? []);
        var type = targetMethod!.ReturnType;
        if (!typeof(Task).IsAssignableFrom(type)) return Stirred(Through(call));
        if (Writes.Contains(targetMethod.Name))
        {
            if (!_chaos.Strikes(Fault.Overload, 0.01)) return Stirred(Through(call));
            var refused = Reply.To(type);
            refused.Fail(new JournalOverloadedException(1));
            return refused.Task;
        }

        var reply = Reply.To(type);
        _machine.Soon(() =>
        {
            if (_store().IsAway || _chaos.Strikes(Fault.Read, 0.003))
            {
                reply.Fail(new StoreUnavailableException(new SimulatedDiskException("A read failed.")));
                return;
            }

            var answer = (Task)Through(call)!;
            if (!answer.IsCompleted) throw new InvalidOperationException($"{call.Method.Name} reads on another thread.");
            _machine.Soon(() => reply.As(answer));
        });
        return reply.Task;
    }

    private object? Through(Interception call) => _mutation is null ? call.Go() : _mutation.StoreCall(call);

    private object? Stirred(object? result)
    {
        _store().Stir();
        return result;
    }
}
