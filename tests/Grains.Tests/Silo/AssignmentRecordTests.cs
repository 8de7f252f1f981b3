using System.Text;
using System.Text.Json.Nodes;
using Cluster.Contracts;
using Cluster.Law;

namespace Grains.Tests.Silo;

/// <summary>What a department is told of itself: who waits and why, what the rules find in it, how fair it was.</summary>
public sealed class AssignmentRecordTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = SiloUnderTest.Monday;

    private SiloUnderTest _silo = null!;

    public async Task InitializeAsync() => _silo = await SiloUnderTest.Start();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task A_case_that_everybody_is_excluded_from_waits_in_the_queue_with_the_reason_of_each_until_the_roster_changes()
    {
        await _silo.Open("d");
        var today = LegalTime.DateOf(Monday);
        await _silo.Enrol("p1", "d", [new Absence(today, today.AddDays(20), "病假")]);
        await _silo.Enrol("p2", "d", recusals: ["c1", "c2"]);
        await _silo.Prosecutor("p3").Define(new ProsecutorDefinition("p3", "助理", "d", 1, "prosecutor", [], false, true, [], []));
        await _silo.Record("c1", Sent.Prosecution("e1", Monday, "d"));
        await _silo.Record("c2", Sent.Prosecution("e2", Monday.AddMinutes(-5), "d"));

        var queue = await Queue();
        Assert.Equal((2, 3), ((int)queue["total"]!, (int)queue["people"]!));
        Assert.Equal(["c2", "c1"], queue["cases"]!.AsArray().Select(c => (string?)c!["case"]));
        var first = queue["cases"]![0]!;
        Assert.Equal(("nobody-eligible", Monday.AddMinutes(-5)), ((string?)first["why"], DateTimeOffset.Parse((string)first["since"]!, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.True((double)first["weight"]! > 0);
        Assert.Equal(
            ["p1 absent 请假期间", "p2 recused 应当回避", "p3 not-qualified 非员额检察官"],
            first["excluded"]!.AsArray().Select(e => $"{e!["prosecutor"]} {e["reason"]} {e["message"]!["zh"]}"));
        Assert.All(first["excluded"]!.AsArray(), e => Assert.False(string.IsNullOrWhiteSpace((string?)e!["message"]!["en"])));

        await _silo.Enrol("p4", "d");
        await _silo.Settled();
        Assert.Equal(0, (int)(await Queue())["total"]!);
        Assert.Equal("p4", (await _silo.Index.Find("c1"))!.Prosecutor);
    }

    [Fact]
    public async Task An_empty_roster_says_so_and_an_empty_queue_is_empty()
    {
        await _silo.Open("d");
        Assert.Empty((await Queue())["cases"]!.AsArray());
        await _silo.Record("c1", Sent.Prosecution("e1", Monday, "d"));
        Assert.Equal("empty-roster", (string?)(await Queue())["cases"]![0]!["why"]);
        Assert.Null(await _silo.Department("nobody").Queue());
    }

    [Fact]
    public async Task A_share_of_designated_cases_that_is_too_high_reaches_the_screens_once_and_says_the_same_after_a_restart()
    {
        await _silo.Open("d", "p1", "p2");
        await Designate(25);
        await Review();
        await _silo.Until(async () => Shown(await _silo.Department("d").Workload()).Count == 1);
        await _silo.Pace();

        var finding = Assert.Single((await Findings())["items"]!.AsArray(), f => (string?)f!["rule"] == "FA-002")!;
        Assert.Equal(("department", "L1", 25), ((string?)finding["subject"], (string?)finding["level"], finding["cases"]!.AsArray().Count));
        Assert.Null((string?)finding["clearedAt"]);
        foreach (var scope in (string[])["department:d", "procuratorate:" + Office.Code, "all"])
            Assert.Equal((string?)finding["id"], Shown(_silo.Disturbance.Fed.Last(f => f.Kind == "workload" && f.Scope == scope).Payload).Single());
        var told = _silo.Disturbance.Fed.Count;
        await Review();
        await _silo.Settled();
        Assert.Equal(told, _silo.Disturbance.Fed.Count);

        await _silo.Restart();
        var again = await Findings();
        Assert.True(JsonNode.DeepEquals(finding, again["items"]!.AsArray().Single(f => (string?)f!["rule"] == "FA-002")));
    }

    [Fact]
    public async Task A_void_that_takes_the_ground_away_takes_the_finding_with_it()
    {
        await _silo.Open("d", "p1", "p2");
        await Designate(20);
        Assert.Single((await Findings())["items"]!.AsArray());
        await _silo.Record("c0", Sent.Voided("v", Monday, "e0"));
        Assert.Empty((await Findings())["items"]!.AsArray());
    }

    [Fact]
    public async Task Somebody_taken_out_of_the_rotation_is_found_by_the_roster_alone()
    {
        await _silo.Open("d", "p1", "p2");
        Assert.Empty((await Findings())["items"]!.AsArray());
        await _silo.JumpTo(Monday.AddDays(1));
        await _silo.Prosecutor("p1").Define(new ProsecutorDefinition("p1", "p1", "d", 1, "prosecutor", [], true, false, [], []));
        var finding = Assert.Single((await Findings())["items"]!.AsArray())!;
        Assert.Equal(("FA-005", "p1", "2026-03-03"), ((string?)finding["rule"], (string?)finding["subject"], (string?)finding["instance"]));
        await _silo.JumpTo(Monday.AddDays(2));
        await _silo.Enrol("p1", "d");
        Assert.NotNull((string?)(await Findings())["items"]![0]!["clearedAt"]);
    }

    [Fact]
    public async Task Fairness_over_time_comes_from_the_recorded_history_also_of_days_before_anybody_asked()
    {
        await _silo.Open("d", "p1", "p2", "p3");
        for (var i = 0; i < 12; i++) await _silo.Record($"c{i}", Sent.Prosecution($"e{i}", _silo.Now, "d"));
        await _silo.PassTo(Monday.AddDays(2));
        var holder = (await _silo.Index.Find("c0"))!.Prosecutor;
        await _silo.Record("c0", Sent.Reassigned("r0", _silo.Now, holder == "p1" ? "p2" : "p1"));
        await _silo.Record("late", Sent.Prosecution("e-late", Monday.AddHours(1), "d"), Sent.Assigned("a-late", Monday.AddDays(1), "p3"));

        var from = LegalTime.DateOf(Monday);
        var told = await Fairness(from, from.AddDays(5));
        Assert.Equal([12, 1, 0], told["points"]!.AsArray().Select(p => (int)p!["given"]!["assigned"]!));
        Assert.Equal([0, 1, 0], told["points"]!.AsArray().Select(p => (int)p!["given"]!["designated"]!));
        Assert.Equal([0, 0, 1], told["points"]!.AsArray().Select(p => (int)p!["given"]!["reassigned"]!));
        Assert.Equal([1, 0, 0], told["points"]!.AsArray().Select(p => (int)p!["waiting"]!));
        Assert.Equal([3, 3, 3], told["points"]!.AsArray().Select(p => (int)p!["people"]!));
        // What is told of today is what the workload tells.
        var workload = JsonNode.Parse((await _silo.Department("d").Workload())!)!;
        Assert.Equal((double)workload["fairness"]!["cv"]!, (double)told["points"]![2]!["cv"]!, 4);

        Assert.Equal(["late"], await Given("designated"));
        Assert.Equal(["c0"], await Given("reassigned"));
        Assert.Equal(13, (await Given("assigned")).Count);

        var before = told.ToJsonString();
        await _silo.Restart();
        Assert.Equal(before, (await Fairness(from, from.AddDays(5))).ToJsonString());

        async Task<List<string?>> Given(string kind) => [.. JsonNode.Parse((await Record().Given(from, from.AddDays(5), kind))!)!["items"]!.AsArray().Select(c => (string?)c!["case"])];
    }

    [Fact]
    public async Task What_was_read_is_written_down_and_a_restart_reads_only_what_changed()
    {
        await _silo.Open("d", "p1", "p2", "p3");
        await Task.WhenAll(Enumerable.Range(0, 220).Select(i => _silo.Case($"c{i}").Record([Sent.Arrest($"e{i}", Monday, "d")])));
        await _silo.Settled();
        var from = LegalTime.DateOf(Monday);
        var before = (await Fairness(from, from)).ToJsonString();
        await _silo.Restart();
        Assert.Equal(before, (await Fairness(from, from)).ToJsonString());
        Assert.InRange(_silo.Disturbance.StreamsRead, 0, 20);

        await _silo.Record("c7", Sent.Event("x", "case.closed", Monday, []));
        var read = _silo.Disturbance.StreamsRead;
        Assert.NotEqual(before, (await Fairness(from, from)).ToJsonString());
        Assert.InRange(_silo.Disturbance.StreamsRead - read, 1, 10);
    }

    [Fact]
    public async Task A_department_nobody_defined_has_no_record()
    {
        Assert.Null(await Record("nobody").Findings());
        Assert.Null(await Record("nobody").Fairness(LegalTime.DateOf(Monday), LegalTime.DateOf(Monday), 1));
        Assert.Null(await Record("nobody").Given(LegalTime.DateOf(Monday), LegalTime.DateOf(Monday), "assigned"));
        await Record("nobody").Review();
    }

    [Fact]
    public async Task What_if_somebody_leaves_on_a_later_day_is_told_with_who_is_there_on_that_day_and_moves_nothing()
    {
        await _silo.Open("d", "p1", "p2");
        var later = LegalTime.DateOf(Monday).AddDays(14);
        await _silo.Enrol("p3", "d", [new Absence(later.AddDays(-1), later.AddDays(5), "培训")]);
        for (var i = 0; i < 6; i++) await _silo.Record($"c{i}", Sent.Arrest($"e{i}", Monday, "d"), Sent.Assigned($"a{i}", Monday, "p1"));
        Assert.Equal(["p2", "p3"], Receivers(await Propose(null)));
        var then = await Propose(later);
        Assert.Equal(["p2"], Receivers(then));
        Assert.Equal(6, then["moves"]!.AsArray().Count);
        Assert.Equal((0, 6), (Of(then, "p1"), Of(then, "p2")));
        Assert.Equal("p1", (await _silo.Index.Find("c0"))!.Prosecutor);

        static int Of(JsonNode proposal, string who) => (int)proposal["loads"]!.AsArray().Single(l => (string?)l!["prosecutor"] == who)!["casesAfter"]!;
        static IEnumerable<string?> Receivers(JsonNode proposal) => proposal["moves"]!.AsArray().Select(m => (string?)m!["to"]).Distinct().Order();
        async Task<JsonNode> Propose(DateOnly? from) => JsonNode.Parse((await _silo.Department("d").Rebalance(new RebalancingRequest(["p1"], [], 20, 0, true, from)))!)!;
    }

    private async Task Designate(int cases)
    {
        await Task.WhenAll(Enumerable.Range(0, cases).Select(i => _silo.Case($"c{i}").Record([Sent.Prosecution($"e{i}", Monday, "d"), Sent.Assigned($"a{i}", Monday, "p1")])));
        await _silo.Settled();
    }

    private IAssignmentRecordGrain Record(string department = "d") => _silo.Service<Orleans.IGrainFactory>().GetGrain<IAssignmentRecordGrain>(department);

    private Task Review() => Record().Review();

    private async Task<JsonNode> Findings() => JsonNode.Parse((await Record().Findings())!)!;

    private async Task<JsonNode> Fairness(DateOnly from, DateOnly until) => JsonNode.Parse((await Record().Fairness(from, until, 1))!)!;

    private async Task<JsonNode> Queue() => JsonNode.Parse((await _silo.Department("d").Queue())!)!;

    private static List<string?> Shown(byte[]? workload) => [.. JsonNode.Parse(Encoding.UTF8.GetString(workload!))!["findings"]!.AsArray().Select(f => (string?)f!["id"])];
}
