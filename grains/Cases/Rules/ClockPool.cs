using Cluster.Cases.Assessment;
using Cluster.Cases.Events;

namespace Cluster.Cases.Rules;

/// <summary>
/// Where the clocks of rules come from: most of them end without a finding, and then serve the next rule. One pool a thread, as an assessment
/// never leaves its thread.
/// </summary>
internal sealed class ClockPool
{
    private const int Most = 64;

    [ThreadStatic]
    private static ClockPool? _own;

    private readonly Stack<ClockInstance> _spare = new();

    public static ClockPool Own => _own ??= new ClockPool();

    /// <summary>Where a binding gathers what starts it.</summary>
    public List<StartPoint> Starts { get; } = [];

    /// <summary>Where a rule gathers its clocks.</summary>
    public List<ClockInstance> Clocks { get; } = [];

    public ClockInstance Take() => _spare.TryPop(out var used) ? used : new ClockInstance();

    /// <summary>Takes back the gathered clocks that nothing keeps.</summary>
    public void Return()
    {
        foreach (var clock in Clocks) Return(clock);
        Clocks.Clear();
    }

    public void Return(ClockInstance clock)
    {
        if (!clock.Kept && _spare.Count < Most) _spare.Push(clock);
    }
}

/// <summary>What starts a run: the event, its place in time, and the instant it counts from.</summary>
internal readonly record struct StartPoint(CaseEvent Event, DateTimeOffset Order, DateTimeOffset At);
