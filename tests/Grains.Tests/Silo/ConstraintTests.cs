using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Contracts;
using Cluster.Law;

namespace Grains.Tests.Silo;

/// <summary>Who may not have a case by what its events and those of the cases before it tell (domain.md 8.2).</summary>
public sealed class ConstraintTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = SiloUnderTest.Monday;

    private SiloUnderTest _silo = null!;

    public async Task InitializeAsync() => _silo = await SiloUnderTest.Start();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Theory]
    [InlineData("PRO", "REV", "handled-before")]
    [InlineData("OWN", "ARR-D", "investigated-before")]
    public async Task A_case_that_asks_for_another_prosecutor_goes_to_another(string before, string caseType, string reason)
    {
        await _silo.Open("d", "p1", "p2");
        await _silo.Record("first", Sent.Accepted("e1", before, Monday, "bail", "d"));
        await _silo.Record("second", Sent.Accepted("e2", caseType, Monday, "bail", "d", "first"));
        var (first, second) = ((await _silo.Index.Find("first"))!.Prosecutor, (await _silo.Index.Find("second"))!.Prosecutor);
        Assert.NotNull(second);
        Assert.NotEqual(first, second);
        Assert.Equal([(first, reason)], Excluded((await Draws())[1]));
        // Nor may people give it to whoever had it.
        var refused = await _silo.Case("second").Reassign(new Reassignment("k", null, first!, "调整", "chief", "head"));
        Assert.Equal((ReassignStatus.Refused, reason), (refused.Status, refused.Obstacle));
    }

    [Fact]
    public async Task A_case_that_only_its_first_handler_could_take_waits_rather_than_go_back()
    {
        await _silo.Open("d", "p1");
        await _silo.Record("first", Sent.Accepted("e1", "PRO", Monday, "bail", "d"));
        await _silo.Record("second", Sent.Accepted("e2", "REV", Monday, "bail", "d", "first"));
        Assert.Null((await _silo.Index.Find("second"))!.Prosecutor);
        await _silo.Enrol("p2", "d");
        await _silo.Settled();
        Assert.Equal("p2", (await _silo.Index.Find("second"))!.Prosecutor);
    }

    [Fact]
    public async Task Merged_cases_have_one_handler()
    {
        await _silo.Open("d", "p1", "p2", "p3", "p4", "p5");
        for (var i = 0; i < 4; i++)
        {
            await _silo.Record($"a{i}", Sent.Prosecution($"a{i}", Monday, "d"));
            await _silo.Record($"b{i}", Sent.Prosecution($"b{i}", Monday, "d"), Sent.Event($"m{i}", "case.merged", Monday, new JsonObject { ["other"] = $"a{i}" }));
            Assert.Equal((await _silo.Index.Find($"a{i}"))!.Prosecutor, (await _silo.Index.Find($"b{i}"))!.Prosecutor);
        }
    }

    [Fact]
    public async Task A_charge_goes_to_the_professional_group_where_there_is_one()
    {
        await _silo.Open("d", "p1", "p2");
        await _silo.Prosecutor("p3").Define(Defined("p3") with { Specialties = ["毒品"] });
        var accepted = Sent.Accepted("e1", "PRO", Monday, "bail", "d");
        var data = JsonNode.Parse(accepted.Data)!.AsObject();
        data["charges"] = new JsonArray(new JsonObject { ["name"] = "走私、贩卖、运输、制造毒品罪" });
        await _silo.Record("c", accepted with { Data = JsonSerializer.SerializeToUtf8Bytes(data) });
        Assert.Equal("p3", (await _silo.Index.Find("c"))!.Prosecutor);
        Assert.Equal([("p1", "lacks-specialty"), ("p2", "lacks-specialty")], Excluded((await Draws())[0]));
    }

    [Fact]
    public async Task A_prosecutor_related_to_a_suspect_is_not_drawn()
    {
        await _silo.Open("d", "p1");
        await _silo.Enrol("p2", "d", recusals: ["李某"]);
        var accepted = Sent.Accepted("e1", "PRO", Monday, "bail", "d");
        var data = JsonNode.Parse(accepted.Data)!.AsObject();
        data["suspects"]![0]!["name"] = "李某";
        await _silo.Record("c", accepted with { Data = JsonSerializer.SerializeToUtf8Bytes(data) });
        Assert.Equal([("p2", "recused")], Excluded((await Draws())[0]));
    }

    [Fact]
    public async Task A_newcomer_is_drawn_from_the_first_day_on_and_measured_by_the_share_that_they_have_by_then()
    {
        await _silo.Open("d");
        await _silo.Prosecutor("n").Define(Defined("n") with { Role = "newcomer", Since = LegalTime.DateOf(Monday).AddDays(1) });
        await _silo.Record("c", Sent.Accepted("e1", "PRO", Monday, "bail", "d"));
        Assert.Null((await _silo.Index.Find("c"))!.Prosecutor);
        await _silo.PassTo(Monday.AddDays(1));
        Assert.Equal("n", (await _silo.Index.Find("c"))!.Prosecutor);
        var row = JsonNode.Parse((await _silo.Department("d").Workload())!)!["prosecutors"]![0]!;
        Assert.Equal((0.5, 4.0), ((double)row["capacity"]!, (double)row["load"]!));
        await _silo.Restart();
        Assert.Equal(LegalTime.DateOf(Monday).AddDays(1), (await _silo.Prosecutor("n").Definition())!.Since);
    }

    private static ProsecutorDefinition Defined(string id) => new(id, id, "d", 1, "prosecutor", [], true, true, [], []);

    private async Task<JsonArray> Draws() =>
        JsonNode.Parse(await _silo.Department("d").Draws(LegalTime.DateOf(Monday), LegalTime.DateOf(_silo.Now)))!.AsArray()[0]!["draws"]!.AsArray();

    private static IEnumerable<(string?, string?)> Excluded(JsonNode? draw) => draw!["excluded"]!.AsArray().Select(x => ((string?)x!["prosecutor"], (string?)x["reason"]));
}
