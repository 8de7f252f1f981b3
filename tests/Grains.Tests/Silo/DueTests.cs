using System.Text.Json.Nodes;

namespace Grains.Tests.Silo;

/// <summary>What time alone does to a case.</summary>
public sealed class DueTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = SiloUnderTest.Monday;
    private static readonly DateTimeOffset FirstWarning = new(2026, 3, 6, 0, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset Missed = new(2026, 3, 10, 0, 0, 0, TimeSpan.FromHours(8));

    private SiloUnderTest _silo = null!;

    public async Task InitializeAsync() => _silo = await SiloUnderTest.Start();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task An_alert_is_raised_at_its_legal_instant_and_not_a_tick_earlier()
    {
        await _silo.Record("c", Sent.Arrest("e1", Monday));
        await _silo.PassTo(FirstWarning.AddTicks(-1));
        Assert.DoesNotContain(await _silo.Alerts("c"), a => a.Rule == "QX-001");
        await _silo.JumpTo(FirstWarning);
        var alert = Assert.Single(await _silo.Alerts("c"), a => a.Rule == "QX-001");
        Assert.Equal(("W1", FirstWarning, FirstWarning, "open"), (alert.Level, alert.RaisedAt, alert.DetectedAt, alert.Status));
        var fed = Assert.Single(_silo.Disturbance.Fed, f => f.Kind == "alert" && f.Scope == "all" && (string?)JsonNode.Parse(f.Payload)!["id"] == alert.Id);
        Assert.Equal(FirstWarning, fed.At);
    }

    [Fact]
    public async Task The_level_of_one_alert_rises_with_time()
    {
        await _silo.Record("c", Sent.Arrest("e1", Monday));
        var levels = new List<(string, DateTimeOffset)>();
        foreach (var (level, at) in new[] { ("W1", FirstWarning), ("W2", FirstWarning.AddDays(1)), ("W3", FirstWarning.AddDays(2)), ("L3", Missed) })
        {
            await _silo.PassTo(at.AddTicks(-1));
            Assert.DoesNotContain(await _silo.Alerts("c"), a => a.Rule == "QX-001" && a.Level == level);
            await _silo.JumpTo(at);
            var alert = Assert.Single(await _silo.Alerts("c"), a => a.Rule == "QX-001");
            Assert.Equal((level, FirstWarning, FirstWarning), (alert.Level, alert.RaisedAt, alert.DetectedAt));
            levels.Add((level, at));
        }

        var steps = JsonNode.Parse(Assert.Single(await _silo.Alerts("c"), a => a.Rule == "QX-001").Json)!["steps"]!.AsArray();
        Assert.Equal(levels, steps.Select(s => ((string)s!["level"]!, DateTimeOffset.Parse((string)s["at"]!, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal))));
        await _silo.ShouldBeAsAssessed("c");
    }

    [Fact]
    public async Task A_jump_of_months_catches_up()
    {
        for (var i = 0; i < 30; i++) await _silo.Record($"c{i}", Sent.Arrest($"e{i}", Monday));
        await _silo.JumpTo(Monday.AddDays(100));
        for (var i = 0; i < 30; i++)
        {
            var alert = Assert.Single(await _silo.Alerts($"c{i}"), a => a.Rule == "QX-001");
            Assert.Equal(("L3", FirstWarning, Monday.AddDays(100)), (alert.Level, alert.RaisedAt, alert.DetectedAt));
            await _silo.ShouldBeAsAssessed($"c{i}");
        }

        Assert.Empty(await _silo.Due.Until(_silo.Now, 1));
    }

    [Fact]
    public async Task A_case_that_nothing_awaits_is_woken_no_more()
    {
        await _silo.Record("c", Sent.Arrest("e1", Monday), Sent.Assigned("e2", Monday, "p1"), Sent.Decided("e3", Monday.AddDays(0), "approve-arrest"));
        await _silo.PassTo(Monday.AddDays(700));
        Assert.Empty(await _silo.Due.Until(_silo.Now.AddDays(700), 1));
        await _silo.ShouldBeAsAssessed("c");
    }

    [Fact]
    public async Task A_wake_that_finds_nothing_changed_leaves_no_trace_but_the_next_wake()
    {
        await _silo.Record("c", Sent.Arrest("e1", Monday));
        var row = await _silo.Index.Find("c");
        var due = await _silo.Due.Until(DateTimeOffset.MaxValue, 10);
        await _silo.Case("c").Wake();
        await _silo.Case("c").Wake();
        Assert.Equal(row, await _silo.Index.Find("c"));
        Assert.Equal(due, await _silo.Due.Until(DateTimeOffset.MaxValue, 10));
    }

    [Fact]
    public async Task What_came_due_while_the_silo_was_down_is_done_at_the_start()
    {
        await _silo.Record("c", Sent.Arrest("e1", Monday));
        await _silo.Stop();
        _silo.Time.JumpTo(Monday.AddDays(30));
        await _silo.StartHost();
        await _silo.Settled();
        Assert.Equal("L3", Assert.Single(await _silo.Alerts("c"), a => a.Rule == "QX-001").Level);
        await _silo.ShouldBeAsAssessed("c");
    }

    [Fact]
    public async Task A_case_reads_with_the_clock_even_between_two_wakes()
    {
        await _silo.Record("c", Sent.Arrest("e1", Monday));
        for (var hour = 0; hour < 24 * 10; hour += 7)
        {
            await _silo.PassTo(Monday.AddHours(hour));
            await _silo.ShouldBeAsAssessed("c");
        }
    }

    [Fact]
    public async Task A_case_that_only_the_clock_asks_for_does_not_stay_in_memory_and_one_that_people_ask_for_does()
    {
        await _silo.Record("c", Sent.Arrest("e1", Monday));
        await _silo.Record("asked", Sent.Arrest("e2", Monday));
        await _silo.Restart();
        var read = new System.Collections.Concurrent.ConcurrentQueue<string>();
        _silo.Disturbance.Read = read.Enqueue;
        await _silo.Read("asked");
        for (var i = 0; i < 3; i++) await _silo.PassTo(FirstWarning.AddDays(i));
        // It is woken for more than the warnings, and each time it is read anew.
        Assert.True(read.Count(stream => stream == "case:c") >= 3);
        Assert.Equal(1, read.Count(stream => stream == "case:asked"));
        await _silo.ShouldBeAsAssessed("c");
        await _silo.ShouldBeAsAssessed("asked");
    }
}
