using Cluster.Contracts;
using Cluster.Silo.Clock;
using Cluster.Silo.Due;

namespace Grains.Tests.Silo;

/// <summary>When cases are woken, on clocks good and bad: everything runs on the test's thread, so what is said of time is exact.</summary>
public sealed class DueTimeTests
{
    private static readonly DateTimeOffset Start = SiloUnderTest.Monday;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ManualTimeProvider _real = new(Start);
    private readonly SettableClock _wall;
    private readonly Pump _pump = new();

    public DueTimeTests() => _wall = new SettableClock(_real);

    [Fact]
    public void A_case_is_woken_in_the_millisecond_it_is_due_and_its_lateness_is_told()
    {
        var due = Service(_wall);
        due.Index.Set("c", Start.AddMinutes(10));
        due.Index.Set("d", Start.AddHours(30));
        Begin(due);
        Pass(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        Assert.Empty(due.Cases.Log);
        Pass(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["c"], due.Cases.Log);
        Pass(TimeSpan.FromHours(30) - TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(1));
        Assert.Equal(["c", "d"], due.Cases.Log);
        Assert.Equal([0, 0], due.Lateness);
        Assert.Equal([0, 0], due.Completion);
    }

    [Fact]
    public void Timers_that_fire_early_wake_nobody_early()
    {
        var due = Service(_wall);
        _wall.Early = TimeSpan.FromMilliseconds(0.9);
        for (var i = 0; i < 50; i++) due.Index.Set($"c{i}", Start.AddMilliseconds(100 + (7.3 * i)));
        NothingEarly(due, _wall);
        Begin(due);
        // Nearly as fine as the ticks of the clock.
        Pass(TimeSpan.FromMilliseconds(600), TimeSpan.FromMilliseconds(0.05));
        Assert.Equal(50, due.Cases.Wakes);
        Assert.All(due.Lateness, late => Assert.InRange(late, 0, 0.0011));
    }

    [Fact]
    public void A_clock_that_jumps_forward_is_caught_up_with_within_a_second()
    {
        var due = Service(_wall);
        for (var i = 0; i < 100; i++) due.Index.Set($"c{i:00}", Start.AddMinutes(i));
        NothingEarly(due, _wall);
        Begin(due);
        Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(6, due.Cases.Wakes);
        // Beyond the window, too.
        _wall.Set(TimeSpan.FromMinutes(85));
        Pass(TimeSpan.FromMilliseconds(500));
        Assert.Equal(Enumerable.Range(0, 91).Select(i => $"c{i:00}"), due.Cases.Log);
        Pass(TimeSpan.FromMinutes(10));
        Assert.Equal(100, due.Cases.Wakes);
    }

    [Fact]
    public void A_clock_that_jumps_back_wakes_nobody_early_and_nobody_is_forgotten()
    {
        var due = Service(_wall);
        for (var i = 0; i < 200; i++) due.Index.Set($"c{i:000}", Start.AddMinutes(i));
        NothingEarly(due, _wall);
        Begin(due);
        Pass(TimeSpan.FromMinutes(50));
        Assert.Equal(51, due.Cases.Wakes);
        _wall.Set(-Hour);
        // For an hour nothing new is due by that clock; but what is committed counts by it.
        due.Commit("new", _wall.GetUtcNow().AddMinutes(20));
        Pass(TimeSpan.FromMinutes(20) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(51, due.Cases.Wakes);
        Pass(TimeSpan.FromMilliseconds(1));
        Assert.Equal("new", due.Cases.Log[^1]);
        Pass(TimeSpan.FromMinutes(40));
        Assert.Equal(52, due.Cases.Wakes);
        Pass(TimeSpan.FromMinutes(149), TimeSpan.FromMilliseconds(500));
        Assert.Equal(201, due.Cases.Wakes);
        Assert.All(due.Lateness, late => Assert.InRange(late, 0, 1));
    }

    [Fact]
    public void A_case_that_fails_is_not_tried_early_either_after_the_clock_was_set_back()
    {
        var due = Service(_wall);
        due.Index.Set("c", Start.AddMinutes(30));
        due.Cases.Fail("c", times: 3);
        NothingEarly(due, _wall);
        Begin(due);
        Pass(TimeSpan.FromMinutes(30));
        Assert.Equal(1, due.Cases.Wakes);
        _wall.Set(-Hour);
        Pass(Hour - TimeSpan.FromSeconds(1));
        Assert.Equal(1, due.Cases.Wakes);
        Pass(TimeSpan.FromMinutes(1));
        Assert.Null(due.Index.At("c"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(86_400)]
    [InlineData(8_640_000)]
    public void However_fast_the_clock_is_cases_are_woken_within_a_second_of_the_machine(double speed)
    {
        var legal = new SimulatedClock(_real, Start, speed);
        var due = Service(legal);
        var chance = new SplitMix(11);
        // Over two minutes of the machine, among them many at one instant.
        for (var i = 0; i < 2000; i++) due.Index.Set($"c{i}", Start + (TimeSpan.FromMilliseconds(chance.Below(i % 5 == 0 ? 3 : 120_000)) * speed));
        due.Cases.Woken = id =>
        {
            // Half of them are due again.
            if (!id.EndsWith("again", StringComparison.Ordinal) && chance.Below(2) == 0) due.Commit(id + "again", legal.GetUtcNow() + (TimeSpan.FromMilliseconds(chance.Below(30_000)) * speed));
            due.Commit(id, null);
        };
        NothingEarly(due, legal);
        Begin(due);
        Pass(TimeSpan.FromSeconds(151), TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, due.Index.Count);
        Assert.All(due.Lateness, late => Assert.InRange(late, 0, 0.01));
        Assert.Equal(due.Cases.Wakes, due.Lateness.Count);
    }

    [Fact]
    public void A_clock_that_hardly_moves_can_be_slept_by()
    {
        var due = Service(new SimulatedClock(_real, Start, 1e-9));
        due.Index.Set("past", Start);
        due.Index.Set("c", Start.AddMinutes(1));
        Begin(due);
        Pass(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(10));
        Assert.Equal(["past"], due.Cases.Log);
    }

    private DueUnderTest Service(LegalClock clock, DueOptions? options = null) => new(clock, _real, options);

    private void Begin(DueUnderTest due) => _pump.Start(due.Start);

    private void Pass(TimeSpan span) => Pass(span, TimeSpan.FromMilliseconds(100));

    private void Pass(TimeSpan span, TimeSpan step) => _pump.Pass(_real, span, step);

    private static void NothingEarly(DueUnderTest due, LegalClock clock) =>
        due.Cases.Asked = id => Assert.True(due.Index.At(id) <= clock.GetUtcNow(), $"{id} is due at {due.Index.At(id):O} and was woken at {clock.GetUtcNow():O}");

    /// <summary>Chance that is the same in every run.</summary>
    private sealed class SplitMix(ulong state)
    {
        public int Below(int bound)
        {
            state += 0x9E3779B97F4A7C15;
            var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)bound);
        }
    }
}
