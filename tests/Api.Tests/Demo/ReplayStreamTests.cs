using Cluster.Api.Demo;

namespace Cluster.Api.Tests.Demo;

public sealed class ReplayStreamTests
{
    private static readonly DateTimeOffset Start = new(2018, 3, 1, 8, 30, 0, TimeSpan.FromHours(8));

    [Fact]
    public void More_than_a_thousand_real_timelines_are_replayed()
    {
        Assert.True(Replayed.Replay.Timelines >= 1200);
        Assert.Equal(Replayed.Replay.Timelines, Replayed.Reviews.Count);
        Assert.InRange(Replayed.Replay.DoubtfulTimelines.Count, 20, 60);
    }

    [Fact]
    public void Time_never_goes_back_and_stays_in_office_hours()
    {
        var last = DateTimeOffset.MinValue;
        foreach (var e in Replayed.Events)
        {
            Assert.True(e.Time >= last, e.Id);
            Assert.Equal(TimeSpan.FromHours(8), e.Time.Offset);
            Assert.InRange(e.Time.TimeOfDay, new TimeSpan(8, 30, 0), new TimeSpan(17, 30, 0));
            last = e.Time;
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_stream_and_another_seed_another()
    {
        static string Print(DemoEvent e) => $"{e.Subject} {e.Source} {e.Id} {e.Type} {e.Time:O} {e.Data.ToJsonString()}";
        Assert.Equal(Replayed.Events.Select(Print), new DemoReplay().Events().Select(Print));
        Assert.NotEqual(Replayed.Events.Take(1000).Select(Print), new DemoReplay(1).Events().Take(1000).Select(Print));
    }

    [Fact]
    public void History_and_future_together_are_the_whole_stream()
    {
        var before = Replayed.Replay.Before(Start).Select(e => e.Id).ToList();
        var from = Replayed.Replay.From(Start).Select(e => e.Id).ToList();
        Assert.True(before.Count > 10_000 && from.Count > 10_000);
        Assert.Equal(Replayed.Events.Select(e => e.Id), before.Concat(from));
    }

    [Theory]
    [InlineData(2017, 9)]
    [InlineData(2018, 3)]
    [InlineData(2018, 7)]
    public void Some_cases_are_open_at_any_instant(int year, int month)
    {
        var now = new DateTimeOffset(year, month, 1, 12, 0, 0, TimeSpan.FromHours(8));
        var seen = Replayed.Cases.Where(c => c.Accepted.Time <= now).ToList();
        var open = seen.Count(c => c.First("case.closed").Time > now);
        Assert.InRange(open / (double)seen.Count, 0.08, 0.45);
    }

    [Fact]
    public void The_month_of_the_default_start_is_lively()
        => Assert.InRange(Replayed.Events.Count(e => e.Time >= Start && e.Time < Start.AddMonths(1)), 2500, 5000);
}
