namespace Cluster.Contracts;

/// <summary>
/// The clock of the law: the real one, or a simulated one. Everything that asks what is due reads this one;
/// sessions, time-outs and pacing stay on the real clock (<see cref="TimeProvider"/>), which a simulation must not speed up.
/// </summary>
/// <param name="inner">The clock it follows.</param>
public class LegalClock(TimeProvider inner) : TimeProvider
{
    private long _latest;

    /// <summary>Simulated instants per real one; 1 on the real clock.</summary>
    public virtual double Speed => 1;

    /// <summary>Whether time is simulated.</summary>
    public virtual bool Simulated => false;

    /// <summary>
    /// The instant by which is judged. It never goes back: where the clock under it is set back, it stands still until that has
    /// caught up, so that nothing is drawn on a day whose secret is out, and nothing is recorded before what it follows.
    /// </summary>
    public override DateTimeOffset GetUtcNow()
    {
        var now = inner.GetUtcNow().UtcTicks;
        var latest = Volatile.Read(ref _latest);
        while (now > latest)
        {
            var seen = Interlocked.CompareExchange(ref _latest, now, latest);
            if (seen == latest) return new DateTimeOffset(now, TimeSpan.Zero);
            latest = seen;
        }

        return new DateTimeOffset(latest, TimeSpan.Zero);
    }

    /// <summary>Called before anybody reads the clock: a new run reads no earlier than what an older one stored.</summary>
    public virtual void NotBefore(DateTimeOffset instant) => Volatile.Write(ref _latest, Math.Max(instant.UtcTicks, Volatile.Read(ref _latest)));

    public override long GetTimestamp() => inner.GetTimestamp();

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
