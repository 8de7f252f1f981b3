namespace Cluster.Contracts;

/// <summary>
/// The clock of the law: the real one, or a simulated one. Everything that asks what is due reads this one;
/// sessions, time-outs and pacing stay on the real clock (<see cref="TimeProvider"/>), which a simulation must not speed up.
/// </summary>
/// <param name="inner">The clock it follows.</param>
public class LegalClock(TimeProvider inner) : TimeProvider
{
    /// <summary>Simulated instants per real one; 1 on the real clock.</summary>
    public virtual double Speed => 1;

    /// <summary>Whether time is simulated.</summary>
    public virtual bool Simulated => false;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
