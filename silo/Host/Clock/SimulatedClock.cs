using Cluster.Contracts;

namespace Cluster.Silo.Clock;

/// <summary>A clock that runs faster (or slower) than the real one, from an origin. It never runs backwards.</summary>
public sealed class SimulatedClock : LegalClock
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    private readonly TimeProvider _real;
    private readonly long _startedAt;
    private readonly double _speed;
    private DateTimeOffset _origin;

    /// <param name="real">The real clock it is driven by.</param>
    /// <param name="origin">What it reads at first.</param>
    /// <param name="speed">Simulated seconds per real second, above 0.</param>
    public SimulatedClock(TimeProvider real, DateTimeOffset origin, double speed) : base(real)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        _real = real;
        _origin = origin;
        _speed = speed;
        _startedAt = real.GetTimestamp();
    }

    public override double Speed => _speed;

    public override bool Simulated => true;

    public override DateTimeOffset GetUtcNow() => (_origin + (_real.GetElapsedTime(_startedAt) * _speed)).ToUniversalTime();

    public override void NotBefore(DateTimeOffset instant)
    {
        if (instant > GetUtcNow()) _origin += instant - GetUtcNow();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _real.CreateTimer(callback, state, Scale(dueTime), Scale(period));

    private TimeSpan Scale(TimeSpan span)
    {
        if (span == Timeout.InfiniteTimeSpan || span == TimeSpan.Zero) return span;
        // On a clock that hardly moves it is more than a TimeSpan holds.
        var milliseconds = span.TotalMilliseconds / _speed;
        // Rounded up to the timer's grain, so that nothing fires early.
        return milliseconds > Longest.TotalMilliseconds ? Longest : TimeSpan.FromMilliseconds(Math.Ceiling(milliseconds));
    }
}
