using System.Text.Json.Nodes;
using Cluster.Contracts;
using Grains.Tests.Engine;

namespace Grains.Tests.Silo;

/// <summary>People give cases to other prosecutors, one by one or as was proposed.</summary>
public sealed class ReassignTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = SiloUnderTest.Monday;

    private SiloUnderTest _silo = null!;

    public async Task InitializeAsync() => _silo = await SiloUnderTest.Start();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task A_case_that_is_given_to_somebody_else_burdens_only_them()
    {
        await _silo.Open("d", "p1");
        await _silo.Record("c", Sent.Prosecution("e1", Monday, "d"));
        await _silo.Enrol("p2", "d");
        var done = await _silo.Case("c").Reassign(Of("k", "p2"));
        await _silo.Settled();

        Assert.Equal((ReassignStatus.Done, "p2"), (done.Status, done.Prosecutor));
        Assert.Equal("p2", (await _silo.Index.Find("c"))!.Prosecutor);
        Assert.Equal([("p1", 0), ("p2", 1)], await Cases("d"));
        var written = (await _silo.History("c"))[^1];
        Assert.Equal(("case.reassigned", "p2", "调整", "检察长"), (written.Type, written.Data["prosecutor"].Text, written.Data["reason"].Text, written.Data["approvedBy"].Text));
    }

    [Fact]
    public async Task Asked_again_with_the_same_key_nothing_is_done_again()
    {
        await _silo.Open("d", "p1", "p2", "p3");
        await _silo.Record("c", Sent.Prosecution("e1", Monday, "d"), Sent.Assigned("e2", Monday, "p1"));
        var first = await _silo.Case("c").Reassign(Of("k", "p2"));
        await _silo.Case("c").Reassign(Of("other", "p3"));
        await _silo.Restart();
        var again = await _silo.Case("c").Reassign(Of("k", "p2"));
        Assert.Equal((first.Status, "p3"), (again.Status, again.Prosecutor));
        Assert.Equal(2, (await _silo.History("c")).Count(e => e.Type == "case.reassigned"));
    }

    [Theory]
    [InlineData("p2", "recused")]
    [InlineData("p3", "absent")]
    [InlineData("nobody", "not-of-this-department")]
    [InlineData("x1", "not-of-this-department")]
    public async Task Nobody_gets_a_case_that_they_must_not_have(string prosecutor, string obstacle)
    {
        await _silo.Open("d", "p1");
        await _silo.Open("x", "x1");
        await _silo.Record("c", Sent.Prosecution("e1", Monday, "d"));
        await _silo.Enrol("p2", "d", recusals: ["c"]);
        await _silo.Enrol("p3", "d", absences: [new Absence(new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 9), null)]);
        var done = await _silo.Case("c").Reassign(Of("k", prosecutor));
        Assert.Equal((ReassignStatus.Refused, obstacle, "p1"), (done.Status, done.Obstacle, done.Prosecutor));
        Assert.DoesNotContain(await _silo.History("c"), e => e.Type == "case.reassigned");
    }

    [Fact]
    public async Task A_case_that_is_over_or_unknown_or_another_persons_by_now_stays_as_it_is()
    {
        await _silo.Open("d", "p1", "p2");
        await _silo.Record("c", Sent.Prosecution("e1", Monday, "d"), Sent.Assigned("e2", Monday, "p1"));
        Assert.Equal(ReassignStatus.Stale, (await _silo.Case("c").Reassign(Of("k1", "p1") with { From = "p2" })).Status);
        Assert.Equal(ReassignStatus.Unchanged, (await _silo.Case("c").Reassign(Of("k2", "p1"))).Status);
        Assert.Equal(ReassignStatus.NotOpen, (await _silo.Case("nowhere").Reassign(Of("k3", "p1"))).Status);
        await _silo.Record("c", Sent.Event("e3", "case.closed", Monday, []));
        Assert.Equal(ReassignStatus.NotOpen, (await _silo.Case("c").Reassign(Of("k4", "p2"))).Status);
    }

    [Fact]
    public async Task The_load_of_one_who_leaves_is_spread_and_accepting_it_makes_loads_what_was_promised()
    {
        await _silo.Open("d", "p1", "p2", "p3");
        for (var i = 0; i < 12; i++) await _silo.Record($"c{i:00}", Sent.Prosecution($"e{i}", Monday, "d"), Sent.Assigned($"a{i}", Monday, $"p{1 + (i % 3)}"));
        await _silo.Enrol("p4", "d", recusals: ["c00"]);
        var proposal = await Proposal(new RebalancingRequest(["p1"], [], 0, 0, false));

        var moves = proposal["moves"]!.AsArray();
        Assert.Equal(["c00", "c03", "c06", "c09"], moves.Select(m => (string)m!["case"]!));
        Assert.All(moves, m => Assert.Equal(("p1", "leaves"), ((string)m!["from"]!, (string)m["reason"]!)));
        Assert.NotEqual("p4", (string)moves[0]!["to"]!);
        Assert.True(moves.Count(m => (string?)m!["to"] == "p4") >= 2);
        Assert.Empty(proposal["stranded"]!.AsArray());
        foreach (var move in moves)
            Assert.Equal(ReassignStatus.Done, (await _silo.Case((string)move!["case"]!).Reassign(Of("k", (string)move["to"]!) with { From = "p1" })).Status);
        await _silo.Settled();
        var promised = proposal["loads"]!.AsArray().Select(l => ((string)l!["prosecutor"]!, (int)l["casesAfter"]!));
        Assert.Equal(promised, await Cases("d"));
    }

    [Fact]
    public async Task What_is_near_a_deadline_or_begun_stays_unless_asked_otherwise()
    {
        await _silo.Open("d", "p1", "p2");
        for (var i = 0; i < 6; i++) await _silo.Record($"c{i}", Sent.Prosecution($"e{i}", Monday, "d"), Sent.Assigned($"a{i}", Monday, "p1"));
        await _silo.Record("c0", Sent.Event("i0", "suspect.interrogated", Monday, new JsonObject { ["suspect"] = "1", ["staff"] = 2 }));
        var request = new RebalancingRequest([], [], 20, 0, false);

        var proposal = await Proposal(request);
        Assert.NotEmpty(proposal["moves"]!.AsArray());
        Assert.DoesNotContain(proposal["moves"]!.AsArray(), m => (string?)m!["case"] == "c0");
        Assert.Equal([("c0", "interrogated")], Kept(proposal));
        Assert.True((double)proposal["after"]!["cv"]! < (double)proposal["before"]!["cv"]!);

        var near = await Proposal(request with { KeepDays = 365 });
        Assert.Empty(near["moves"]!.AsArray());
        Assert.Equal(6, Kept(near).Count(k => k.Reason == "near-deadline"));
        Assert.Empty(Kept(await Proposal(request with { Begun = true })));
    }

    private static Reassignment Of(string key, string to) => new(key, null, to, "调整", "检察长", "leader");

    private static List<(string Case, string Reason)> Kept(JsonNode proposal) => [.. proposal["kept"]!.AsArray().Select(k => ((string)k!["case"]!, (string)k["reason"]!))];

    private async Task<JsonNode> Proposal(RebalancingRequest request) => JsonNode.Parse((await _silo.Department("d").Rebalance(request).Soon())!)!;

    private async Task<List<(string, int)>> Cases(string department) =>
        [.. JsonNode.Parse((await _silo.Department(department).Workload())!)!["prosecutors"]!.AsArray().Select(p => ((string)p!["id"]!, (int)p["openCases"]!)).Order()];
}
