namespace Cluster.Embedded;

/// <summary>Time in the timestamps of a <see cref="TimeProvider"/>, cheap enough to read on every call.</summary>
internal sealed class Clock(TimeProvider time, EngineOptions options)
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(24);

    public TimeProvider Time { get; } = time;

    public long Now => Time.GetTimestamp();

    public long ResponseTimeout { get; } = Span(time, options.ResponseTimeout);

    public long CollectionAge { get; } = Span(time, options.CollectionAge);

    /// <summary>The timestamp that comes a span after another; <see cref="long.MaxValue"/> stands for never.</summary>
    public static long After(long timestamp, long span) => span > long.MaxValue - timestamp ? long.MaxValue : timestamp + span;

    public long Span(TimeSpan span) => Span(Time, span);

    /// <summary>Due time for a timer.</summary>
    public TimeSpan Until(long timestamp)
    {
        if (timestamp == long.MaxValue)
            return Timeout.InfiniteTimeSpan;
        var span = Time.GetElapsedTime(Now, timestamp);
        if (span <= TimeSpan.Zero)
            return TimeSpan.Zero;
        // Timers drop fractions of a millisecond, and would fire before the instant they were set for.
        return span < LongestTimer ? TimeSpan.FromMilliseconds(Math.Ceiling(span.TotalMilliseconds)) : LongestTimer;
    }

    private static long Span(TimeProvider time, TimeSpan span) =>
        span == Timeout.InfiniteTimeSpan || span == TimeSpan.MaxValue
            ? long.MaxValue
            : (long)Math.Ceiling((double)span.Ticks * time.TimestampFrequency / TimeSpan.TicksPerSecond);
}
