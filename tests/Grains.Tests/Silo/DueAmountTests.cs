using Cluster.Silo.Due;

namespace Grains.Tests.Silo;

/// <summary>Very many cases, and cases that cannot be woken. Everything runs on the test's thread.</summary>
public sealed class DueAmountTests
{
    private static readonly DateTimeOffset Start = SiloUnderTest.Monday;

    private readonly ManualTimeProvider _real = new(Start);
    private readonly Pump _pump = new();
    private readonly DueOptions _options = new();
    private readonly DueUnderTest _due;
    private int _most;

    public DueAmountTests()
    {
        _due = new DueUnderTest(new SettableClock(_real), _real, _options);
        _due.Cases.Asked = _ => _most = Math.Max(_most, _due.Service.Waiting);
    }

    [Fact]
    public void Of_all_the_cases_due_some_day_only_those_of_the_next_hour_are_held()
    {
        for (var i = 0; i < 200_000; i++) _due.Index.Set($"c{i}", Start.AddSeconds(5 * i));
        Begin();
        // Three hours of 720 each, in a store that reaches into the months.
        Pass(TimeSpan.FromHours(3), TimeSpan.FromSeconds(1));
        Assert.Equal((3 * 720) + 1, _due.Cases.Wakes);
        Assert.InRange(_most, 300, 1500);
        Assert.InRange(_due.Index.Reads, 3, 12);
    }

    [Fact]
    public void A_million_cases_due_at_one_instant_are_woken_once_each_and_few_are_held_at_a_time()
    {
        for (var i = 0; i < 1_000_000; i++) _due.Index.Set($"c{i}", Start.AddMinutes(30));
        Begin();
        Pass(TimeSpan.FromMinutes(30) - TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
        Assert.InRange(_due.Service.Waiting, 1, 2 * _options.Batch);
        Assert.Equal(0, _due.Cases.Wakes);
        Pass(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));
        Assert.Equal(1_000_000, _due.Cases.Log.Distinct().Count());
        Assert.Equal(1_000_000, _due.Cases.Wakes);
        Assert.InRange(_most, 1, 2 * _options.Batch);
        // Pages are read on from where the last one ended, not again and again.
        Assert.InRange(_due.Index.Reads, 100, 205);
    }

    [Fact]
    public void A_backlog_is_caught_up_with_in_the_order_of_time_though_it_comes_in_pages_and_more_is_committed_meanwhile()
    {
        _options.Batch = 100;
        _options.Concurrency = 1;
        for (var i = 0; i < 5000; i++) _due.Index.Set($"c{i * 7919 % 5000:0000}", Start.AddDays(-3).AddSeconds(i * 7919 % 5000 / 3));
        var order = new List<DateTimeOffset>();
        var committed = 0;
        _due.Cases.Asked = id =>
        {
            order.Add(_due.Index.At(id)!.Value);
            // Later than what is being caught up with, and often beyond what has been read.
            if (order.Count % 3 == 0 && order.Count < 5000) _due.Commit($"new{committed++}", order[^1].AddSeconds(order.Count % 700));
        };
        Begin();
        Pass(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        Assert.Equal(5000 + committed, order.Count);
        Assert.True(committed > 1500);
        Assert.Equal(order.Order(), order);
    }

    [Fact]
    public void Commits_of_a_whole_office_within_the_window_are_held_to_two_batches_and_none_is_lost()
    {
        _options.Batch = 500;
        Begin();
        for (var i = 0; i < 20_000; i++)
        {
            _due.Commit($"c{i}", Start.AddMinutes(10 + (i * 7919 % 30)));
            Assert.InRange(_due.Service.Waiting, 0, 2 * _options.Batch);
            if (i % 100 == 0) _pump.Run();
        }

        // Most change their mind.
        for (var i = 0; i < 20_000; i++)
        {
            if (i % 4 != 0) _due.Commit($"c{i}", i % 4 == 1 ? null : Start.AddMinutes(11 + (i * 31 % 40)));
        }

        Pass(TimeSpan.FromMinutes(51), TimeSpan.FromSeconds(1));
        Assert.Equal(0, _due.Index.Count);
        Assert.Equal(15_000, _due.Cases.Wakes);
        Assert.All(_due.Lateness, late => Assert.InRange(late, 0, 1));
    }

    [Fact]
    public void A_case_that_changes_its_mind_a_million_times_is_held_once()
    {
        Begin();
        for (var i = 0; i < 1_000_000; i++) _due.Commit("c", Start.AddMinutes(20).AddTicks(i));
        Assert.Equal(1, _due.Service.Waiting);
        Pass(TimeSpan.FromMinutes(21), TimeSpan.FromSeconds(1));
        Assert.Equal(["c"], _due.Cases.Log);
    }

    [Fact]
    public void A_case_that_always_fails_is_tried_for_ever_after_pauses_that_double_up_to_five_minutes()
    {
        var tries = new List<TimeSpan>();
        _due.Cases.Asked = _ => tries.Add(_real.GetUtcNow() - Start);
        _due.Cases.Fail("c");
        _due.Index.Set("c", Start);
        Begin();
        Pass(TimeSpan.FromHours(2), TimeSpan.FromMilliseconds(500));
        var pauses = tries.Zip(tries.Skip(1), (a, b) => (b - a).TotalSeconds).ToList();
        Assert.Equal([2, 4, 8, 16, 32, 64, 128, 256], pauses.Take(8));
        Assert.All(pauses.Skip(8), pause => Assert.Equal(300, pause));
        Assert.True(pauses.Count > 25);
        Assert.Equal(1, _due.Gauge("cluster.due.failing"));
        Assert.Equal(0, _due.Gauge("cluster.due.waking"));
        Assert.Single(_due.Lateness);
        // At most a line a minute, which says why and not who.
        Assert.InRange(_due.Log.Warnings.Count, 3, tries.Count - 3);
        Assert.All(_due.Log.Warnings, line => Assert.Matches(@"^\d+ wakes failed with IOException since this was last said; 1 cases fail", line));

        _due.Cases.Mend("c");
        Pass(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1));
        Assert.Null(_due.Index.At("c"));
        Assert.Equal(0, _due.Gauge("cluster.due.failing"));
        Assert.True(Assert.Single(_due.Completion) > 7000);
    }

    [Fact]
    public void An_event_that_moves_a_failing_case_ends_its_pauses()
    {
        _due.Cases.Fail("c", times: 6);
        _due.Index.Set("c", Start);
        Begin();
        Pass(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(1));
        Assert.Equal(6, _due.Cases.Wakes);
        _due.Commit("c", Start.AddSeconds(100));
        Assert.Equal(0, _due.Service.Failing);
        Pass(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1));
        Assert.Equal(7, _due.Cases.Wakes);
        Assert.Equal(0, _due.Lateness.Last());
    }

    [Fact]
    public void A_wake_whose_answer_is_lost_after_its_commit_is_not_repeated()
    {
        _due.Cases.Fail("c", times: 1);
        _due.Cases.Asked = id => _due.Commit(id, Start.AddMinutes(2));
        _due.Index.Set("c", Start);
        Begin();
        Pass(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1));
        Assert.Equal(["c"], _due.Cases.Log);
        Assert.Equal(0, _due.Service.Failing);
    }

    [Fact]
    public void However_many_cases_fail_the_others_are_woken_in_time_and_each_is_tried_again()
    {
        _options.Batch = 50;
        var tries = new Dictionary<string, int>();
        for (var i = 0; i < 400; i++)
        {
            _due.Cases.Fail($"bad{i}");
            _due.Index.Set($"bad{i}", Start.AddSeconds(-i));
        }

        for (var i = 0; i < 600; i++) _due.Index.Set($"good{i}", Start.AddSeconds(1 + i));
        _due.Cases.Asked = id => tries[id] = tries.GetValueOrDefault(id) + 1;
        Begin();
        Pass(TimeSpan.FromSeconds(601), TimeSpan.FromMilliseconds(500));
        Assert.Equal(600, tries.Keys.Count(id => id.StartsWith("good", StringComparison.Ordinal)));
        Assert.All(_due.Lateness.Skip(400).Order().Take(600), late => Assert.InRange(late, 0, 1));
        Assert.Equal(50, _due.Service.Failing);
        Pass(TimeSpan.FromSeconds(1200), TimeSpan.FromSeconds(1));
        var bad = tries.Where(t => t.Key.StartsWith("bad", StringComparison.Ordinal)).ToList();
        Assert.All(bad, t => Assert.InRange(t.Value, 3, 20));

        for (var i = 0; i < 400; i++) _due.Cases.Mend($"bad{i}");
        Pass(TimeSpan.FromSeconds(601), TimeSpan.FromSeconds(1));
        Assert.Equal(0, _due.Index.Count);
        Assert.Equal(0, _due.Service.Failing);
    }

    [Fact]
    public void Cases_that_hang_when_tried_again_take_only_the_places_meant_for_them()
    {
        _options.Concurrency = 4;
        _options.Retries = 2;
        for (var i = 0; i < 20; i++)
        {
            _due.Cases.Fail($"bad{i}", times: 1);
            _due.Index.Set($"bad{i}", Start);
        }

        Begin();
        for (var i = 0; i < 20; i++) _due.Cases.Hold($"bad{i}");
        for (var i = 0; i < 60; i++) _due.Index.Set($"good{i}", Start.AddSeconds(5 + i));
        Pass(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1));
        Assert.Equal(2, _due.Service.Waking);
        for (var i = 0; i < 60; i++) _due.Commit($"good{i}", Start.AddSeconds(5 + i));
        Pass(TimeSpan.FromSeconds(70), TimeSpan.FromSeconds(1));
        Assert.Equal(2, _due.Service.Waking);
        Assert.Equal(60, _due.Cases.Log.Count(id => id.StartsWith("good", StringComparison.Ordinal)));
    }

    [Fact]
    public void When_the_store_comes_back_after_a_while_nobody_waits_for_the_end_of_a_pause()
    {
        for (var i = 0; i < 300; i++)
        {
            _due.Cases.Fail($"c{i}");
            _due.Index.Set($"c{i}", Start.AddSeconds(i));
        }

        Begin();
        Pass(TimeSpan.FromMinutes(20), TimeSpan.FromSeconds(1));
        Assert.Equal(300, _due.Service.Failing);
        for (var i = 0; i < 300; i++) _due.Cases.Mend($"c{i}");
        _due.Commit("healthy", Start.AddMinutes(20).AddSeconds(1));
        Pass(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        Assert.Equal(0, _due.Index.Count);
    }

    [Fact]
    public void While_the_index_cannot_be_read_what_is_in_memory_is_woken_in_time()
    {
        _options.Batch = 10;
        for (var i = 0; i < 40; i++) _due.Index.Set($"c{i:00}", Start.AddSeconds(i));
        Begin();
        _due.Index.FailOnce();
        Pass(TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(500));
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"c{i:00}"), _due.Cases.Log);
        Assert.True(_due.Index.Failed.IsCompleted);
        Assert.All(_due.Lateness, late => Assert.InRange(late, 0, 0.5));
    }

    private void Begin() => _pump.Start(_due.Start);

    private void Pass(TimeSpan span, TimeSpan step) => _pump.Pass(_real, span, step);
}
