namespace Grains.Tests;

public sealed class ManualTimeProviderTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Timers_fire_in_time_order_each_at_its_own_instant()
    {
        var time = new ManualTimeProvider();
        var start = time.GetTimestamp();
        var fired = new List<(string, TimeSpan)>();
        using var late = time.CreateTimer(_ => fired.Add(("late", time.GetElapsedTime(start))), null, 3 * Second, Timeout.InfiniteTimeSpan);
        using var often = time.CreateTimer(_ => fired.Add(("often", time.GetElapsedTime(start))), null, Second, Second * 1.5);
        time.Advance(4 * Second);
        Assert.Equal([("often", Second), ("often", 2.5 * Second), ("late", 3 * Second), ("often", 4 * Second)], fired);
        Assert.Equal(4 * Second, time.GetElapsedTime(start));
    }

    [Fact]
    public void A_disposed_or_stopped_timer_does_not_fire()
    {
        var time = new ManualTimeProvider();
        var fired = 0;
        var disposed = time.CreateTimer(_ => fired++, null, Second, Second);
        using var stopped = time.CreateTimer(_ => fired++, null, Second, Second);
        disposed.Dispose();
        stopped.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        time.Advance(5 * Second);
        Assert.Equal(0, fired);
        Assert.Empty(time.Due);
    }
}
