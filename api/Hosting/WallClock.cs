namespace Cluster.Api.Hosting;

/// <summary>
/// The time of the people at the screens: sessions, back-off, caches. It is not the legal clock, which may be simulated
/// and then lets a session of twelve hours pass in half a second.
/// </summary>
internal sealed class WallClock(TimeProvider time)
{
    public TimeProvider Time { get; } = time;

    public DateTimeOffset Now => Time.GetUtcNow();
}
