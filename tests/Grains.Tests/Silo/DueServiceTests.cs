using Cluster.Silo.Due;
using Grains.Tests.Engine;

namespace Grains.Tests.Silo;

/// <summary>The due service between a due index and cases that a test has in its hand.</summary>
public sealed class DueServiceTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = SiloUnderTest.Monday;

    private readonly ManualLegalClock _clock = new(Start);
    private readonly ManualTimeProvider _real = new();
    private readonly DueOptions _options = new();
    private readonly DueUnderTest _due;

    public DueServiceTests() => _due = new DueUnderTest(_clock, _real, _options);

    private FakeDueIndex Index => _due.Index;

    private FakeCases Cases => _due.Cases;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _due.DisposeAsync().AsTask();

    [Fact]
    public async Task A_case_committed_while_the_index_is_read_is_woken_at_its_time()
    {
        var reading = Index.HoldReads();
        await _due.Start();
        await reading.Begun.Soon();
        // The reading was made before this commit and does not have it.
        _due.Commit("c", Start.AddMinutes(10));
        reading.End();
        await Wakes("c", Start.AddMinutes(10));
    }

    [Fact]
    public async Task A_change_while_the_index_is_read_is_not_undone_by_what_was_read()
    {
        Index.Set("c", Start.AddMinutes(5));
        var reading = Index.HoldReads();
        await _due.Start();
        await reading.Begun.Soon();
        _due.Commit("c", Start.AddMinutes(20));
        _due.Commit("other", Start.AddMinutes(6));
        reading.End();
        await Wakes("other", Start.AddMinutes(6));
        Assert.Equal(["other"], Cases.Log);
        await Wakes("c", Start.AddMinutes(20));
    }

    [Fact]
    public async Task Cases_are_woken_in_the_order_they_are_due_across_windows()
    {
        _options.Concurrency = 1;
        for (var i = 0; i < 50; i++) Index.Set($"c{i * 7 % 50:00}", Start.AddMinutes(i * 7 % 50 * 13));
        await _due.Start();
        for (var i = 0; i < 50; i++) await Wakes($"c{i:00}", Start.AddMinutes(i * 13));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"c{i:00}"), Cases.Log);
    }

    [Fact]
    public async Task Nothing_is_woken_early()
    {
        Index.Set("c", Start.AddDays(3));
        await _due.Start();
        for (var at = Start; at < Start.AddDays(3); at = at.AddMinutes(59)) _clock.JumpTo(at);
        _clock.JumpTo(Start.AddDays(3).AddTicks(-1));
        _due.Commit("mark", _clock.GetUtcNow());
        await Cases.Called("mark").Soon();
        Assert.Equal(["mark"], Cases.Log);
        await Wakes("c", Start.AddDays(3));
    }

    [Fact]
    public async Task More_cases_than_a_batch_due_at_one_instant_are_all_woken()
    {
        _options.Batch = 10;
        for (var i = 0; i < 95; i++) Index.Set($"c{i}", Start.AddHours(2));
        await _due.Start();
        _clock.JumpTo(Start.AddHours(2));
        for (var i = 0; i < 95; i++) await Cases.Called($"c{i}").Soon();
        Assert.Equal(95, Cases.Log.Distinct().Count());
    }

    [Fact]
    public async Task A_case_that_is_slow_to_wake_keeps_nobody_else_waiting()
    {
        Cases.Hold("slow");
        Index.Set("slow", Start.AddMinutes(1));
        await _due.Start();
        await Wakes("slow", Start.AddMinutes(1));
        _due.Commit("c", Start.AddMinutes(2));
        await Wakes("c", Start.AddMinutes(2));
        _due.Commit("d", Start.AddHours(3));
        await Wakes("d", Start.AddHours(3));
    }

    [Fact]
    public async Task No_more_cases_are_woken_at_once_than_allowed()
    {
        _options.Concurrency = 3;
        for (var i = 0; i < 10; i++)
        {
            Index.Set($"c{i}", Start.AddSeconds(i - 10));
            Cases.Hold($"c{i}");
        }

        await _due.Start();
        for (var i = 0; i < 3; i++) await Cases.Called($"c{i}").Soon();
        Assert.Equal(["c0", "c1", "c2"], Cases.Log.Order());
        Cases.Release();
        for (var i = 0; i < 10; i++) await Cases.Called($"c{i}").Soon();
        Assert.Equal(10, Cases.Log.Count);
    }

    [Fact]
    public async Task A_case_that_could_not_be_woken_is_tried_again()
    {
        Cases.Fail("c", times: 1);
        Index.Set("c", Start.AddMinutes(1));
        Index.Set("d", Start.AddMinutes(1));
        await _due.Start();
        await Wakes("d", Start.AddMinutes(1));
        await Cases.Called("c").Soon();
        Assert.Equal(Start.AddMinutes(1), Index.At("c"));
        Cases.Forget("c");
        await FakeCases.Until(() => _due.Service.Failing == 1);
        var before = _real.GetUtcNow();
        _real.Advance(_options.Retry);
        await Cases.Called("c").Soon();
        await FakeCases.Until(() => _due.Service.Failing == 0);
        Assert.Null(Index.At("c"));
        Assert.Equal(_options.Retry, _real.GetUtcNow() - before);
    }

    [Fact]
    public async Task An_index_that_cannot_be_read_is_read_again()
    {
        Index.Set("c", Start);
        Index.FailOnce();
        await _due.Start();
        await Index.Failed.Soon();
        await FakeCases.Until(() =>
        {
            _real.Advance(TimeSpan.FromSeconds(1));
            return Cases.Log.Contains("c");
        });
    }

    private async Task Wakes(string caseId, DateTimeOffset at)
    {
        _clock.JumpTo(at);
        await Cases.Called(caseId).Soon();
    }
}
