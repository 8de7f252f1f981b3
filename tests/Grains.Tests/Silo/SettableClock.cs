using Cluster.Contracts;

namespace Grains.Tests.Silo;

/// <summary>A clock on the wall that somebody sets, while its timers run with the machine; they may fire early by a fraction.</summary>
internal sealed class SettableClock(ManualTimeProvider real) : LegalClock(real)
{
    private TimeSpan _offset;

    /// <summary>By how much timers fire early.</summary>
    public TimeSpan Early { get; set; }

    /// <summary>Sets the clock forward or back.</summary>
    public void Set(TimeSpan by) => _offset += by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _offset;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > Early ? dueTime - Early : dueTime, period);
}
