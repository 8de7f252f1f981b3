using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Cases.Assignment;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Law;

namespace Grains.Tests.Silo;

/// <summary>Who gets a case, and who carries how much.</summary>
public sealed class AssignmentTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = SiloUnderTest.Monday;

    private SiloUnderTest _silo = null!;

    public async Task InitializeAsync() => _silo = await SiloUnderTest.Start();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task A_case_accepted_without_a_prosecutor_is_assigned_in_the_commit_that_records_it()
    {
        await _silo.Open("d", "p1", "p2", "p3");
        // Accepted two days ago: without a prosecutor in the same commit it would show up as not assigned in time.
        await _silo.JumpTo(Monday.AddDays(2));
        await _silo.Record("c", Sent.Accepted("e1", "PRO", Monday.AddDays(2), "bail", "d"));
        var row = await _silo.Index.Find("c");
        Assert.Equal((1, 2), (row!.Revision, row.Version));
        Assert.NotNull(row.Prosecutor);
        Assert.DoesNotContain(await _silo.Alerts("c"), a => a.Rule is "FA-009" or "QX-015" or "CX-004");
        Assert.DoesNotContain(_silo.Disturbance.Fed, f => f.Kind == "alert" && (string?)JsonNode.Parse(f.Payload)!["rule"] is "FA-009" or "QX-015" or "CX-004");
        var item = JsonNode.Parse(Assert.Single(_silo.Disturbance.Fed, f => f.Kind == "assignment" && f.Scope == "department:d").Payload)!;
        Assert.Equal(("c", row.Prosecutor, "random", 1), ((string?)item["case"], (string?)item["prosecutor"], (string?)item["mode"], (int)item["number"]!));
        await _silo.ShouldBeAsAssessed("c");
    }

    [Fact]
    public async Task News_of_a_case_that_come_after_its_end_bring_it_back_to_nobody()
    {
        await _silo.Open("d", "p1");
        await _silo.Record("c", Sent.Arrest("e1", Monday, "d"));
        var row = (await _silo.Index.Find("c"))!;
        var late = new CaseSummary("c", row.Revision, row.Procuratorate, "d", "p1", row.CaseType, row.Weight, true, [new AlertCount("limit", "red", 2)]);
        await _silo.Record("c", Sent.Voided("e2", Monday, "e1"));
        Assert.Equal(0, (await _silo.Prosecutor("p1").Load()).OpenCases);
        var (workload, counters) = (await _silo.Department("d").Workload(), await _silo.Procuratorate(Office.Code).Counters());

        await Task.WhenAll(_silo.Department("d").Observe(late), _silo.Prosecutor("p1").Observe(late), _silo.Procuratorate(Office.Code).Observe(late));

        Assert.Equal(workload, await _silo.Department("d").Workload());
        Assert.Equal(counters, await _silo.Procuratorate(Office.Code).Counters());
        Assert.Equal(0, (await _silo.Prosecutor("p1").Load()).OpenCases);
    }

    [Fact]
    public async Task Loads_are_the_sums_of_the_weights_of_open_cases_through_every_change()
    {
        await _silo.Open("d", "p1", "p2", "p3");
        for (var i = 0; i < 12; i++)
        {
            await _silo.Record($"c{i}", Sent.Accepted($"e{i}", i % 2 == 0 ? "PRO" : "ARR", Monday, "bail", "d"));
            await LoadsAddUp("d", "p1", "p2", "p3");
        }

        await _silo.JumpTo(Monday.AddMinutes(1));
        await _silo.Record("c0", Sent.Reassigned("r0", Monday, "p1"));
        await _silo.Record("c0", Sent.Reassigned("r1", Monday.AddMinutes(1), "p2"));
        await _silo.Record("c1", Sent.Decided("x1", Monday, "approve-arrest"));
        await _silo.Record("c2", Sent.Event("x2", "case.closed", Monday, []));
        await _silo.Record("c3", Sent.Voided("x3", Monday, "e3"));
        await _silo.Record("c4", Sent.Corrected("x4", Monday, "e4", new JsonObject { ["volumes"] = 40, ["facts"] = 6 }));
        await LoadsAddUp("d", "p1", "p2", "p3");
        Assert.Equal("p2", (await _silo.Index.Find("c0"))!.Prosecutor);
        await _silo.Restart();
        await LoadsAddUp("d", "p1", "p2", "p3");
    }

    [Fact]
    public async Task A_finished_day_of_draws_can_be_recomputed_by_anybody()
    {
        await _silo.Open("d", "p1", "p2", "p3", "p4");
        var date = LegalTime.DateOf(Monday);
        var commitment = (string)Assert.Single(await Draws("d", date))!["commitment"]!;
        await Task.WhenAll(Enumerable.Range(0, 25).Select(i => _silo.Case($"c{i}").Record([Sent.Arrest($"e{i}", Monday, "d")])));
        await _silo.Settled();

        var today = Assert.Single(await Draws("d", date))!;
        Assert.Null((string?)today["secret"]);
        Assert.Equal(Enumerable.Range(1, 25), today["draws"]!.AsArray().Select(d => (int)d!["number"]!));
        Assert.Equal(["secret-missing"], DrawVerifier.Verify(today.ToJsonString()).Select(f => f.Code));

        await _silo.PassTo(LegalTime.EndOf(date));
        var over = Assert.Single(await Draws("d", date))!;
        Assert.Equal(commitment, (string?)over["commitment"]);
        Assert.Empty(DrawVerifier.Verify(over.ToJsonString()));
        foreach (var draw in over["draws"]!.AsArray())
            Assert.Equal((string?)draw!["chosen"], (await _silo.Index.Find((string)draw["case"]!))!.Prosecutor);
        await LoadsAddUp("d", "p1", "p2", "p3", "p4");
    }

    [Fact]
    public async Task Every_day_of_draws_has_its_own_secret()
    {
        await _silo.Open("d", "p1", "p2");
        for (var day = 0; day < 3; day++)
        {
            await _silo.Record($"c{day}", Sent.Arrest($"e{day}", _silo.Now, "d"));
            await _silo.PassTo(_silo.Now.AddDays(1));
        }

        var days = JsonNode.Parse(await _silo.Department("d").Draws(LegalTime.DateOf(Monday), LegalTime.DateOf(_silo.Now)))!.AsArray();
        Assert.Equal(4, days.Select(d => (string?)d!["commitment"]).Distinct().Count());
        Assert.All(days.SkipLast(1), day => Assert.Empty(DrawVerifier.Verify(day!.ToJsonString())));
        Assert.Null((string?)days[^1]!["secret"]);
    }

    [Fact]
    public async Task A_day_that_was_ended_by_a_clock_ahead_of_ours_takes_no_more_draws()
    {
        await _silo.Open("d", "p1", "p2");
        await _silo.Record("c1", Sent.Arrest("e1", Monday, "d"));
        var today = LegalTime.DateOf(Monday);
        var events = await _silo.Journal.Read("department:d", 0);
        var secret = new byte[32];
        var tomorrow = JsonSerializer.SerializeToUtf8Bytes(new { date = today.AddDays(1), secret = Convert.ToHexStringLower(secret), commitment = DrawDay.CommitmentOf(secret) });
        await _silo.Journal.Commit(new Commit
        {
            Stream = "department:d",
            ExpectedVersion = events[^1].Version,
            RecordedAt = Monday,
            Events = [new EventMessage("/cluster/department:d", "tomorrow", "day.opened", Monday, null, tomorrow)],
            Feed = [],
        });
        await _silo.Restart();

        await _silo.Record("c2", Sent.Arrest("e2", Monday, "d"));
        var days = JsonNode.Parse(await _silo.Department("d").Draws(today, today.AddDays(1)))!.AsArray();
        Assert.Equal(["c1"], days[0]!["draws"]!.AsArray().Select(d => (string?)d!["case"]));
        Assert.Equal(["c2"], days[1]!["draws"]!.AsArray().Select(d => (string?)d!["case"]));
        Assert.Empty(DrawVerifier.Verify(days[0]!.ToJsonString()));
        Assert.Null((string?)days[1]!["secret"]);
    }

    [Fact]
    public async Task The_prosecutor_of_the_arrest_case_gets_the_case_for_prosecution()
    {
        await _silo.Open("d", "p1", "p2", "p3", "p4", "p5", "p6");
        await _silo.JumpTo(Monday.AddHours(1));
        for (var i = 0; i < 4; i++)
        {
            await _silo.Record($"arr{i}", Sent.Arrest($"a{i}", Monday, "d"));
            await _silo.Record($"pro{i}", Sent.Prosecution($"b{i}", Monday.AddHours(1), "d", $"arr{i}"));
            Assert.Equal((await _silo.Index.Find($"arr{i}"))!.Prosecutor, (await _silo.Index.Find($"pro{i}"))!.Prosecutor);
        }

        var draws = Assert.Single(await Draws("d", LegalTime.DateOf(Monday)))!["draws"]!.AsArray();
        Assert.Equal(4, draws.Count(d => (string?)d!["mode"] == "linked"));
    }

    [Fact]
    public async Task Who_is_recused_or_away_is_not_drawn()
    {
        await _silo.Open("d", "p1");
        await _silo.Enrol("p2", "d", recusals: ["c"]);
        await _silo.Enrol("p3", "d", absences: [new Absence(LegalTime.DateOf(Monday), LegalTime.DateOf(Monday), "出差")]);
        await _silo.Enrol("p4", "d", recusals: ["公安局"]);
        var accepted = Sent.Accepted("e1", "PRO", Monday, "bail", "d");
        var data = JsonNode.Parse(accepted.Data)!.AsObject();
        data["sentBy"] = new JsonObject { ["name"] = "公安局", ["kind"] = "police" };
        var recused = Sent.Event("e2", "recusal.decided", Monday, new JsonObject { ["prosecutor"] = "p1", ["granted"] = true });
        await _silo.Enrol("p5", "d");
        await _silo.Record("c", recused, accepted with { Data = JsonSerializer.SerializeToUtf8Bytes(data) });
        Assert.Equal("p5", (await _silo.Index.Find("c"))!.Prosecutor);
        var draw = Assert.Single(Assert.Single(await Draws("d", LegalTime.DateOf(Monday)))!["draws"]!.AsArray())!;
        Assert.Equal(
            [("p1", "recused"), ("p2", "recused"), ("p3", "absent"), ("p4", "recused")],
            draw["excluded"]!.AsArray().Select(x => ((string)x!["prosecutor"]!, (string)x["reason"]!)));
    }

    [Fact]
    public async Task A_case_nobody_may_have_waits_and_is_drawn_when_somebody_comes()
    {
        await _silo.Open("d");
        await _silo.Record("c", Sent.Arrest("e1", Monday, "d"));
        Assert.Null((await _silo.Index.Find("c"))!.Prosecutor);
        Assert.Equal(1, (int)JsonNode.Parse((await _silo.Department("d").Workload())!)!["unassigned"]!);
        await _silo.Enrol("p1", "d");
        await _silo.Settled();
        Assert.Equal("p1", (await _silo.Index.Find("c"))!.Prosecutor);
        await LoadsAddUp("d", "p1");
    }

    [Fact]
    public async Task A_case_of_a_department_not_yet_defined_is_drawn_once_it_is()
    {
        await _silo.Record("c", Sent.Arrest("e1", Monday, "d"));
        await _silo.Open("d", "p1");
        Assert.Equal("p1", (await _silo.Index.Find("c"))!.Prosecutor);
    }

    [Fact]
    public async Task A_case_waiting_because_everybody_is_away_is_drawn_on_the_day_somebody_is_back()
    {
        await _silo.Open("d");
        await _silo.Enrol("p1", "d", absences: [new Absence(LegalTime.DateOf(Monday), LegalTime.DateOf(Monday).AddDays(2), "出差")]);
        await _silo.Record("c", Sent.Accepted("e1", "PRO", Monday, "bail", "d"));
        await _silo.PassTo(LegalTime.EndOf(LegalTime.DateOf(Monday).AddDays(2)).AddTicks(-1));
        Assert.Null((await _silo.Index.Find("c"))!.Prosecutor);
        await _silo.PassTo(LegalTime.EndOf(LegalTime.DateOf(Monday).AddDays(2)));
        Assert.Equal("p1", (await _silo.Index.Find("c"))!.Prosecutor);
    }

    [Fact]
    public async Task Somebody_enrolled_before_the_department_learnt_of_a_waiting_case_gets_it_all_the_same()
    {
        await _silo.Open("d");
        var delivered = new TaskCompletionSource();
        // The case's commit is answered late, so the department hears of it only after the roster has changed.
        _silo.Disturbance.Hold = commit => commit.Stream == "case:c" ? delivered.Task : null;
        var recorded = _silo.Case("c").Record([Sent.Arrest("e1", Monday, "d")]);
        await _silo.Until(async () => (await _silo.Journal.Read("case:c", 0)).Count == 1);
        await _silo.Enrol("p1", "d");
        _silo.Disturbance.Hold = null;
        delivered.SetResult();
        await recorded;
        await _silo.Until(async () => (await _silo.Index.Find("c"))!.Prosecutor == "p1");
    }

    [Fact]
    public async Task An_assignment_reported_before_the_acceptance_leaves_nothing_to_draw()
    {
        await _silo.Open("d", "p1", "p2");
        await _silo.Record("c", Sent.Assigned("e2", Monday, "outsider"));
        await _silo.Record("c", Sent.Arrest("e1", Monday, "d"));
        Assert.Equal("outsider", (await _silo.Index.Find("c"))!.Prosecutor);
        Assert.Empty(Assert.Single(await Draws("d", LegalTime.DateOf(Monday)))!["draws"]!.AsArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_assignment_the_office_reports_wins_over_the_draw_in_either_order(bool drawnFirst)
    {
        await _silo.Open("d", "p1", "p2");
        await _silo.JumpTo(Monday.AddHours(3));
        EventMessage accepted = Sent.Arrest("e1", Monday, "d"), assigned = Sent.Assigned("e2", Monday.AddHours(1), "p9");
        foreach (var e in drawnFirst ? new[] { accepted, assigned } : [assigned, accepted]) await _silo.Record("c", e);
        Assert.Equal("p9", (await _silo.Index.Find("c"))!.Prosecutor);
        Assert.Equal(0, (await _silo.Prosecutor("p1").Load()).OpenCases + (await _silo.Prosecutor("p2").Load()).OpenCases);
        Assert.Equal(1, (await _silo.Prosecutor("p9").Load()).OpenCases);
        await LoadsAddUp("d", "p1", "p2");
    }

    [Fact]
    public async Task Concurrent_draws_of_one_department_number_in_order_and_see_each_others_load()
    {
        await _silo.Open("d", "p1", "p2", "p3", "p4");
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => _silo.Case($"c{i}").Record([Sent.Accepted($"e{i}", "PRO", Monday, "bail", "d")])));
        await _silo.Settled();
        await LoadsAddUp("d", "p1", "p2", "p3", "p4");
        // Each carries about 15; blind chance alone would leave such an even spread once in thousands of runs.
        var open = JsonNode.Parse((await _silo.Department("d").Workload())!)!["prosecutors"]!.AsArray().Select(p => (int)p!["openCases"]!).ToArray();
        Assert.Equal(60, open.Sum());
        Assert.True(open.Max() - open.Min() <= 8, string.Join(' ', open));
    }

    [Fact]
    public async Task Who_moves_to_another_department_leaves_the_roster_of_the_first()
    {
        await _silo.Open("d", "p1", "p2");
        await _silo.Department("d2").Define(new DepartmentDefinition("d2", "d2", Office.Code, [], null));
        await _silo.Enrol("p1", "d2");
        Assert.Equal(["p2"], Roster(await _silo.Department("d").Workload()));
        Assert.Equal(["p1"], Roster(await _silo.Department("d2").Workload()));
        await _silo.Restart();
        Assert.Equal(["p2"], Roster(await _silo.Department("d").Workload()));
        Assert.Equal(["p1"], Roster(await _silo.Department("d2").Workload()));
    }

    [Fact]
    public async Task A_case_corrected_to_another_department_and_prosecutor_is_counted_there_and_nowhere_else()
    {
        await _silo.Open("d", "p1");
        await _silo.Open("d2", "p2");
        await _silo.Open("d3", "p3");
        await _silo.Record("c", Sent.Arrest("e1", Monday, "d"), Sent.Assigned("e2", Monday, "p1"));
        foreach (var (department, prosecutor) in new[] { ("d2", "p2"), ("d3", "p3") })
        {
            await _silo.JumpTo(_silo.Now.AddMinutes(1));
            await _silo.Record("c", Sent.Corrected("x" + department, _silo.Now, "e1", new JsonObject { ["department"] = department }), Sent.Corrected("y" + department, _silo.Now, "e2", new JsonObject { ["prosecutor"] = prosecutor }));
        }

        Assert.Equal(("d3", "p3"), ((await _silo.Index.Find("c"))!.Department, (await _silo.Index.Find("c"))!.Prosecutor));
        foreach (var (department, prosecutor, cases) in new[] { ("d", "p1", 0), ("d2", "p2", 0), ("d3", "p3", 1) })
        {
            Assert.Equal(cases, (await _silo.Prosecutor(prosecutor).Load()).OpenCases);
            await LoadsAddUp(department, prosecutor);
        }
    }

    [Fact]
    public async Task A_draw_for_a_case_that_turns_out_to_exist_elsewhere_burdens_nobody()
    {
        await _silo.Open("d", "p1", "p2");
        await _silo.Record("first", Sent.Arrest("e1", Monday, "d"));
        // The sender's mistake: the same event under another case.
        var outcomes = await _silo.Record("second", Sent.Arrest("e1", Monday, "d"), Sent.Rights("e2", Monday));
        Assert.Equal([EventStatus.Duplicate, EventStatus.Accepted], outcomes.Select(o => o.Status));
        Assert.Null((await _silo.Index.Find("second"))!.Prosecutor);
        await LoadsAddUp("d", "p1", "p2");
    }

    [Fact]
    public async Task A_draw_that_a_sender_took_the_name_of_is_not_recorded_and_the_events_are()
    {
        await _silo.Open("d", "p1");
        var taken = new EventMessage("/cluster/draw", $"d/{LegalTime.DateOf(Monday):yyyy-MM-dd}/1", "case.assigned", Monday, null, "{\"prosecutor\":\"x\",\"mode\":\"random\"}"u8.ToArray());
        await _silo.Record("other", taken, Sent.Rights("e0", Monday));
        var outcomes = await _silo.Record("c", Sent.Arrest("e1", Monday, "d"));
        Assert.Equal([EventStatus.Accepted], outcomes.Select(o => o.Status));
        await _silo.ShouldBeAsAssessed("c");
        await LoadsAddUp("d", "p1");
    }

    private async Task LoadsAddUp(string department, params string[] prosecutors)
    {
        var cases = (await _silo.Index.Cases(new CaseQuery(Visibility.Everything) { Limit = 500 })).Items;
        var rows = JsonNode.Parse((await _silo.Department(department).Workload())!)!["prosecutors"]!.AsArray();
        Assert.Equal(prosecutors, rows.Select(r => (string)r!["id"]!));
        foreach (var row in rows)
        {
            var mine = cases.Where(c => c.Open && c.Prosecutor == (string?)row!["id"]).ToList();
            var here = mine.Where(c => c.Department == department).ToList();
            Assert.Equal(Math.Round(here.Sum(c => c.Weight), 4), (double)row!["load"]!);
            Assert.Equal(here.Count, (int)row["openCases"]!);
            var load = await _silo.Prosecutor((string)row["id"]!).Load();
            Assert.Equal((Math.Round(mine.Sum(c => c.Weight), 6), mine.Count), (Math.Round(load.Weight, 6), load.OpenCases));
        }
    }

    private async Task<JsonArray> Draws(string department, DateOnly date) => JsonNode.Parse(Encoding.UTF8.GetString(await _silo.Department(department).Draws(date, date)))!.AsArray();

    private static IEnumerable<string> Roster(byte[]? workload) => JsonNode.Parse(workload!)!["prosecutors"]!.AsArray().Select(p => (string)p!["id"]!);
}
