using System.Collections.Concurrent;
using Cluster.Contracts;
using Orleans;

namespace Grains.Tests.Silo;

/// <summary>Cases that only remember that they were woken, or asked to tell what they owe.</summary>
internal sealed class FakeCases : IGrainFactory
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _called = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _held = new();
    private readonly ConcurrentDictionary<string, int> _failing = new();
    private readonly ConcurrentQueue<string> _log = new();

    /// <summary>What a wake does when it does not fail.</summary>
    public Action<string> Woken { get; set; } = _ => { };

    /// <summary>What a case does that tells others what it owes them.</summary>
    public Action<string> Told { get; set; } = _ => { };

    /// <summary>What is asked of a case in the moment it is woken, whether or not that fails.</summary>
    public Action<string> Asked { get; set; } = _ => { };

    /// <summary>The cases whose wakes were begun, in that order.</summary>
    public IReadOnlyList<string> Log => [.. _log];

    public int Wakes => _log.Count;

    public Task Called(string caseId) => Entry(_called, caseId).Task;

    public void Forget(string caseId) => _called.TryRemove(caseId, out _);

    public void Hold(string caseId) => Entry(_held, caseId);

    public void Fail(string caseId, int times = int.MaxValue) => _failing[caseId] = times;

    public void Mend(string caseId) => _failing.TryRemove(caseId, out _);

    public void Release()
    {
        foreach (var held in _held.Values) held.TrySetResult();
    }

    /// <summary>Waits for what other threads do.</summary>
    public static async Task Until(Func<bool> condition)
    {
        var patience = Task.Delay(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (!condition()) Assert.NotSame(patience, await Task.WhenAny(patience, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System)));
    }

    public T GetGrain<T>(string primaryKey, string? grainClassNamePrefix = null) where T : IGrainWithStringKey => (T)(object)new FakeCase(this, primaryKey);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => throw new NotSupportedException();

    public T CreateObjectReference<T>(IGrainObserver obj) where T : IGrainObserver => throw new NotSupportedException();

    public void DeleteObjectReference<T>(IGrainObserver obj) where T : IGrainObserver => throw new NotSupportedException();

    private static TaskCompletionSource Entry(ConcurrentDictionary<string, TaskCompletionSource> entries, string caseId) =>
        entries.GetOrAdd(caseId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private bool Fails(string caseId)
    {
        if (!_failing.TryGetValue(caseId, out var times)) return false;
        if (times == 1) _failing.TryRemove(caseId, out _);
        else if (times < int.MaxValue) _failing[caseId] = times - 1;
        return true;
    }

    private sealed class FakeCase(FakeCases cases, string id) : ICaseGrain
    {
        public Task<EventOutcome[]> Record(EventMessage[] events) => throw new NotSupportedException();

        public Task<ActOutcome[]> Act(AlertAct[] acts) => throw new NotSupportedException();

        public Task<CaseAnswer?> Read(DateTimeOffset? asOf) => throw new NotSupportedException();

        public Task<CaseEvents?> Events() => Task.FromResult<CaseEvents?>(null);

        public Task<AssignmentRequest?> ForAssignment() => throw new NotSupportedException();

        public Task<HandoverFacts?> ForHandover() => throw new NotSupportedException();

        public Task<Reassigned> Reassign(Reassignment reassignment) => throw new NotSupportedException();

        public async Task Deliver()
        {
            cases._log.Enqueue(id);
            await Task.Yield();
            if (cases.Fails(id)) throw new IOException("The disk is away.");
            cases.Told(id);
        }

        public async Task Wake()
        {
            cases._log.Enqueue(id);
            cases.Asked(id);
            var fails = cases.Fails(id);
            Entry(cases._called, id).TrySetResult();
            if (cases._held.TryGetValue(id, out var held)) await held.Task;
            if (fails) throw new IOException("The disk is away.");
            cases.Woken(id);
        }
    }
}
