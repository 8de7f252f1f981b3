using System.Text.Json.Nodes;
using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Grains.Tests.Silo;

/// <summary>From events to a stored case and its alerts.</summary>
public sealed class RecordingTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = SiloUnderTest.Monday;

    private SiloUnderTest _silo = null!;

    public async Task InitializeAsync() => _silo = await SiloUnderTest.Start();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task A_case_reads_as_its_events_assess_now_and_as_of_any_day()
    {
        await _silo.JumpTo(Monday.AddDays(12));
        await _silo.Record(
            "c", Sent.Prosecution("e1", Monday), Sent.Assigned("e2", Monday.AddHours(1), "p1"), Sent.Rights("e3", Monday.AddDays(5)));
        await _silo.ShouldBeAsAssessed("c");
        for (var day = -1; day < 12; day++) await _silo.ShouldBeAsAssessed("c", Monday.AddDays(day));
        Assert.NotEmpty((await _silo.Read("c"))!["alerts"]!.AsArray());
    }

    [Fact]
    public async Task Events_in_any_order_and_grouping_make_the_same_case()
    {
        await _silo.JumpTo(Monday.AddDays(40));
        EventMessage[] Events(string of) =>
        [
            Sent.Prosecution(of + 1, Monday), Sent.Assigned(of + 2, Monday.AddHours(2), "p1"), Sent.Rights(of + 3, Monday.AddDays(6)),
            Sent.Corrected(of + 4, Monday.AddDays(7), of + 1, new JsonObject { ["name"] = "李某盗窃案" }), Sent.Measure(of + 5, Monday.AddDays(8), "bail"),
            Sent.Voided(of + 6, Monday.AddDays(9), of + 5),
        ];
        await _silo.Record("a", Events("a"));
        foreach (var e in Events("b").Reverse()) await _silo.Record("b", e);
        await _silo.ShouldBeAsAssessed("a");
        await _silo.ShouldBeAsAssessed("b");
        var (a, b) = (await _silo.Alerts("a"), await _silo.Alerts("b"));
        Assert.Equal(Open(a), Open(b));
        Assert.NotEmpty(Open(a));
    }

    [Fact]
    public async Task An_event_sent_again_changes_nothing_and_answers_duplicate()
    {
        var accepted = Sent.Arrest("e1", Monday);
        Assert.Equal([EventStatus.Accepted], Statuses(await _silo.Record("c", accepted)));
        var before = await _silo.Index.Find("c");
        // Even with other data: the identity decides.
        var again = accepted with { Data = Sent.Prosecution("e1", Monday).Data };
        Assert.Equal([EventStatus.Duplicate, EventStatus.Duplicate], Statuses(await _silo.Record("c", accepted, again)));
        Assert.Equal(before, await _silo.Index.Find("c"));
    }

    [Fact]
    public async Task An_event_twice_in_one_request_is_recorded_once()
    {
        var outcomes = await _silo.Record("c", Sent.Arrest("e1", Monday), Sent.Arrest("e1", Monday), Sent.Assigned("e2", Monday, "p1"));
        Assert.Equal([EventStatus.Accepted, EventStatus.Duplicate, EventStatus.Accepted], Statuses(outcomes));
        Assert.Equal(["e1", "e2"], (await _silo.History("c")).Select(e => e.Id));
    }

    [Fact]
    public async Task An_event_that_another_case_holds_is_a_duplicate_and_the_rest_is_recorded()
    {
        await _silo.Record("first", Sent.Arrest("e1", Monday), Sent.Assigned("e2", Monday, "p1"));
        var outcomes = await _silo.Record("second", Sent.Rights("e9", Monday), Sent.Assigned("e2", Monday, "p1"), Sent.Prosecution("e3", Monday), Sent.Arrest("e1", Monday));
        Assert.Equal([EventStatus.Accepted, EventStatus.Duplicate, EventStatus.Accepted, EventStatus.Duplicate], Statuses(outcomes));
        Assert.Equal(["e3", "e9"], (await _silo.History("second")).Select(e => e.Id).Order());
        await _silo.ShouldBeAsAssessed("first");
        await _silo.ShouldBeAsAssessed("second");
    }

    [Fact]
    public async Task A_case_all_of_whose_events_another_case_holds_does_not_exist()
    {
        await _silo.Record("first", Sent.Arrest("e1", Monday));
        Assert.Equal([EventStatus.Duplicate], Statuses(await _silo.Record("second", Sent.Arrest("e1", Monday))));
        Assert.Null(await _silo.Read("second"));
        Assert.Null(await _silo.Index.Find("second"));
    }

    [Fact]
    public async Task A_case_nobody_reported_reads_as_nothing() => Assert.Null(await _silo.Read("nobody"));

    [Fact]
    public async Task A_case_whose_acceptance_is_missing_shows_as_unaccepted_until_it_comes()
    {
        await _silo.Record("c", Sent.Rights("e2", Monday));
        Assert.Equal("unaccepted", (string?)(await _silo.Read("c"))!["stage"]);
        Assert.Single(Open(await _silo.Alerts("c")));
        await _silo.Record("c", Sent.Prosecution("e1", Monday.AddHours(-1)));
        Assert.Equal("UNDER_REVIEW", (string?)(await _silo.Read("c"))!["stage"]);
        await _silo.ShouldBeAsAssessed("c");
    }

    [Fact]
    public async Task A_late_event_clears_the_alert_as_of_when_it_happened()
    {
        await _silo.Record("c", Sent.Arrest("e1", Monday));
        await _silo.PassTo(Monday.AddDays(12));
        var before = Assert.Single(await _silo.Alerts("c"), a => a.Rule == "QX-001");
        Assert.Equal(("L3", (DateTimeOffset?)null), (before.Level, before.ClearedAt));
        await _silo.Record("c", Sent.Decided("e2", Monday.AddDays(9), "approve-arrest"));
        var after = Assert.Single(await _silo.Alerts("c"), a => a.Rule == "QX-001");
        Assert.Equal((before.Id, before.DetectedAt, before.RaisedAt), (after.Id, after.DetectedAt, after.RaisedAt));
        Assert.Equal(Monday.AddDays(9), after.ClearedAt);
    }

    [Fact]
    public async Task A_late_event_that_shows_nothing_was_wrong_retracts_the_alert()
    {
        await _silo.Record("c", Sent.Arrest("e1", Monday));
        await _silo.PassTo(Monday.AddDays(12));
        await _silo.Record("c", Sent.Decided("e2", Monday.AddDays(2), "approve-arrest"));
        var alert = Assert.Single(await _silo.Alerts("c"), a => a.Rule == "QX-001");
        Assert.Equal(_silo.Now, alert.RetractedAt);
        await _silo.ShouldBeAsAssessed("c");
    }

    [Fact]
    public async Task A_correction_takes_the_ground_away_and_a_void_of_it_gives_it_back()
    {
        await _silo.Record("c", Sent.Arrest("e1", Monday));
        await _silo.PassTo(Monday.AddDays(12));
        var raised = Assert.Single(await _silo.Alerts("c"), a => a.Rule == "QX-001");

        await _silo.Record("c", Sent.Corrected("e2", _silo.Now, "e1", new JsonObject { ["receivedOn"] = "2026-03-12", ["registeredOn"] = "2026-03-12" }));
        var retracted = Assert.Single(await _silo.Alerts("c"), a => a.Rule == "QX-001");
        Assert.Equal((raised.Id, raised.DetectedAt, (DateTimeOffset?)_silo.Now, "closed"), (retracted.Id, retracted.DetectedAt, retracted.RetractedAt, retracted.Status));
        Assert.Equal("closed", (string?)JsonNode.Parse(retracted.Json)!["status"]);
        Assert.NotNull((string?)JsonNode.Parse(retracted.Json)!["retractedAt"]);
        Assert.DoesNotContain(await Listed(), a => a.Rule == "QX-001");
        Assert.DoesNotContain((await _silo.Read("c"))!["alerts"]!.AsArray(), a => (string?)a!["rule"] == "QX-001");
        await _silo.ShouldBeAsAssessed("c");

        await _silo.Record("c", Sent.Voided("e3", _silo.Now, "e2"));
        var back = Assert.Single(await _silo.Alerts("c"), a => a.Rule == "QX-001");
        Assert.Equal((raised.Id, raised.Level, raised.RaisedAt, (DateTimeOffset?)null), (back.Id, back.Level, back.RaisedAt, back.RetractedAt));
        Assert.Contains(await Listed(), a => a.Rule == "QX-001");
        await _silo.ShouldBeAsAssessed("c");
    }

    [Fact]
    public async Task A_void_of_the_acceptance_leaves_a_case_with_nothing_but_that()
    {
        await _silo.Record("c", Sent.Arrest("e1", Monday));
        await _silo.PassTo(Monday.AddDays(12));
        await _silo.Record("c", Sent.Voided("e2", _silo.Now, "e1"));
        Assert.Equal("unaccepted", (string?)(await _silo.Read("c"))!["stage"]);
        Assert.All(await Listed(), a => Assert.NotEqual("QX-001", a.Rule));
        await _silo.ShouldBeAsAssessed("c");
    }

    [Fact]
    public async Task The_stored_alert_says_what_the_finding_says_after_every_correction()
    {
        await _silo.JumpTo(Monday.AddDays(4));
        await _silo.Record("c", Sent.Arrest("e1", Monday));
        // Changes the text of every finding and nothing else.
        await _silo.Record("c", Sent.Corrected("e2", Monday.AddDays(1), "e1", new JsonObject { ["name"] = "王某盗窃案" }));
        var findings = (await _silo.Read("c"))!["alerts"]!.AsArray().ToDictionary(a => (string)a!["id"]!, a => a!.ToJsonString());
        var stored = (await _silo.Alerts("c")).Where(a => a.RetractedAt is null).ToDictionary(a => a.Id, a => JsonNode.Parse(a.Json)!.ToJsonString());
        Assert.NotEmpty(findings);
        Assert.Equal(findings.OrderBy(f => f.Key), stored.OrderBy(s => s.Key));
    }

    [Fact]
    public async Task An_event_of_tomorrow_is_kept_and_counts_from_its_instant()
    {
        await _silo.Record("c", Sent.Arrest("e1", Monday), Sent.Decided("e2", Monday.AddHours(20), "approve-arrest"));
        Assert.Equal("REG", (await _silo.Index.Find("c"))!.Stage);
        await _silo.PassTo(Monday.AddHours(20).AddTicks(-1));
        Assert.Equal("REG", (await _silo.Index.Find("c"))!.Stage);
        await _silo.PassTo(Monday.AddHours(20));
        Assert.Equal("DECIDE", (await _silo.Index.Find("c"))!.Stage);
        await _silo.ShouldBeAsAssessed("c");
    }

    [Fact]
    public async Task Two_senders_at_once_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => _silo.Case("c").Record([Sent.Rights($"e{i / 2}", Monday.AddMinutes(i / 2))])));
        Assert.Equal(20, (await _silo.History("c")).Count);
        await _silo.Settled();
        await _silo.ShouldBeAsAssessed("c");
    }

    private async Task<IReadOnlyList<AlertRow>> Listed() => (await _silo.Index.Alerts(new AlertQuery(Visibility.Everything) { Open = true })).Items;

    private static List<(string, string, string, DateTimeOffset)> Open(IEnumerable<AlertRow> alerts) =>
        [.. alerts.Where(a => a.ClearedAt is null && a.RetractedAt is null).Select(a => (a.Rule, a.Instance, a.Level, a.RaisedAt)).Order()];

    private static IEnumerable<EventStatus> Statuses(EventOutcome[] outcomes) => outcomes.Select(o => o.Status);
}
