namespace Grains.Tests.Engine;

/// <summary>Where a test and its grains meet: grains leave marks and wait at gates, the test waits for marks and opens gates.</summary>
public sealed class Stage
{
    private readonly Lock _gate = new();
    private readonly List<string> _marks = [];
    private readonly Dictionary<string, TaskCompletionSource> _reached = [];
    private readonly Dictionary<string, TaskCompletionSource> _gates = [];
    private bool _allOpen;

    /// <summary>What a grain waits for whose completion continues with it at once, if the engine lets it.</summary>
    public TaskCompletionSource WaitedFor { get; } = new();

    /// <summary>The marks left so far, in order.</summary>
    public IReadOnlyList<string> Marks
    {
        get
        {
            lock (_gate)
                return [.. _marks];
        }
    }

    public void Mark(string mark)
    {
        lock (_gate)
        {
            _marks.Add(mark);
            Entry(_reached, mark).TrySetResult();
        }
    }

    /// <summary>Completes when the mark has been left for the first time.</summary>
    public Task Reached(string mark)
    {
        lock (_gate)
            return Entry(_reached, mark).Task.Soon();
    }

    /// <summary>Leaves the mark, and completes when the gate of the same name is opened.</summary>
    public Task Wait(string gate)
    {
        Mark(gate);
        lock (_gate)
            return _allOpen ? Task.CompletedTask : Entry(_gates, gate).Task;
    }

    public void Open(string gate)
    {
        lock (_gate)
            Entry(_gates, gate).TrySetResult();
    }

    public void OpenAll()
    {
        lock (_gate)
        {
            _allOpen = true;
            foreach (var gate in _gates.Values)
                gate.TrySetResult();
        }
    }

    private static TaskCompletionSource Entry(Dictionary<string, TaskCompletionSource> entries, string name)
    {
        if (!entries.TryGetValue(name, out var entry))
            entries[name] = entry = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return entry;
    }
}

public static class Patience
{
    /// <summary>Real time after which something that should happen at once counts as not happening.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static Task Soon(this Task task) => task.WaitAsync(Limit);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Limit);
}
