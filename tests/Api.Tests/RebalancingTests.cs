using System.Text.Json;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests;

/// <summary>People give cases to other prosecutors through the front door, over the real engine, grains and store.</summary>
public sealed class RebalancingTests : IAsyncLifetime
{
    private const string Department = "/api/departments/422826-1";

    private RealServer server = null!;

    public async Task InitializeAsync()
    {
        server = await RealServer.Start();
        await server.DefineOffice();
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_case_is_given_to_another_prosecutor_with_reason_and_approval()
    {
        const string id = "咸检起诉受[2026]1号/甲";
        await server.Send(Accepted(id, "p1"));
        string path = $"/api/cases/{Uri.EscapeDataString(id)}/reassign";

        JsonElement done = await (await server.Admin.PostAsJsonAsync(path, new { prosecutor = "p2", reason = "病假", approvedBy = "检察长" })).Json();
        Assert.Equal((id, "reassigned", "p2"), (done.GetProperty("case").GetString(), done.GetProperty("status").GetString(), done.GetProperty("prosecutor").GetString()));
        JsonElement shown = await server.Case(id);
        Assert.Equal("p2", shown.GetProperty("prosecutor").GetString());
        Assert.Equal(done.GetProperty("version").GetInt64(), shown.GetProperty("version").GetInt64());
        Assert.Equal("unchanged", (await (await server.Admin.PostAsJsonAsync(path, new { prosecutor = "p2", reason = "病假", approvedBy = "检察长" })).Json()).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("""{"reason":"x","approvedBy":"y"}""", "/prosecutor")]
    [InlineData("""{"prosecutor":"p2","approvedBy":"y"}""", "/reason")]
    [InlineData("""{"prosecutor":"p2","reason":"x"}""", "/approvedBy")]
    [InlineData("""{"prosecutor":"nobody","reason":"x","approvedBy":"y"}""", "/prosecutor")]
    public async Task Whoever_is_asked_for_without_reason_or_approval_or_does_not_exist_does_not_get_it(string body, string pointer)
    {
        await server.Send(Accepted("c", "p1"));
        JsonElement problem = await (await server.Admin.PostAsync("/api/cases/c/reassign", Events.Content(body, "application/json"))).Problem(422);
        Assert.Equal(pointer, problem.GetProperty("pointer").GetString());
        Assert.Equal("p1", (await server.Case("c")).GetProperty("prosecutor").GetString());
    }

    [Fact]
    public async Task A_request_that_is_repeated_with_its_key_is_not_done_again()
    {
        await server.Send(Accepted("c", "p1"));
        foreach (string to in (string[])["p2", "p3"]) await (await Reassign(to, "key of " + to)).Json();
        Assert.Equal("p3", (await (await Reassign("p2", "key of p2")).Json()).GetProperty("prosecutor").GetString());
        await (await Reassign("p2", new string('k', 201))).Problem(400, "idempotency-key");
    }

    [Fact]
    public async Task What_is_proposed_is_accepted_in_one_request_with_a_result_each()
    {
        for (int i = 0; i < 9; i++) await server.Send(Accepted($"c{i}", "p1"));
        JsonElement proposal = await (await server.Admin.PostAsJsonAsync(Department + "/rebalancing", new { keepDays = 0 })).Json();
        JsonElement[] moves = [.. proposal.GetProperty("moves").EnumerateArray()];
        Assert.True(moves.Length >= 4);
        Assert.True(proposal.GetProperty("after").GetProperty("cv").GetDouble() < proposal.GetProperty("before").GetProperty("cv").GetDouble());

        var chosen = moves.Select(m => new { @case = m.GetProperty("case").GetString(), from = "p1", to = m.GetProperty("to").GetString() })
            .Append(new { @case = (string?)"c-none", from = "p1", to = (string?)"p2" })
            .Append(new { @case = (string?)"c0", from = "p3", to = (string?)"p2" }).DistinctBy(m => m.@case).ToArray();
        JsonElement[] results = [.. (await (await server.Admin.PostAsJsonAsync(Department + "/rebalancing/accept", new { moves = chosen, reason = "均衡", approvedBy = "检察长" })).Json()).GetProperty("results").EnumerateArray()];
        Assert.Equal(chosen.Select(m => m.@case), results.Select(r => r.GetProperty("case").GetString()));
        Assert.Equal(moves.Length, results.Count(r => r.GetProperty("status").GetString() == "reassigned"));
        Assert.Contains(results, r => r.GetProperty("status").GetString() == "unknown");
        foreach (JsonElement move in moves) Assert.Equal(move.GetProperty("to").GetString(), (await server.Case(move.GetProperty("case").GetString()!)).GetProperty("prosecutor").GetString());
    }

    [Fact]
    public async Task Whoever_sees_a_case_is_told_how_it_came_to_its_prosecutor()
    {
        await server.Send(Accepted("c", "p1")[..1]);
        string drawn = (await server.Case("c")).GetProperty("prosecutor").GetString()!;
        string next = drawn == "p1" ? "p2" : "p1";
        await (await server.Admin.PostAsJsonAsync("/api/cases/c/reassign", new { prosecutor = next, reason = "病假", approvedBy = "检察长" })).Json();

        JsonElement told = await server.Get("/api/cases/c/assignment");
        Assert.Equal(next, told.GetProperty("prosecutor").GetString());
        JsonElement[] steps = [.. told.GetProperty("steps").EnumerateArray()];
        Assert.Equal([drawn, next], steps.Select(s => s.GetProperty("prosecutor").GetString()));
        JsonElement draw = steps[0].GetProperty("draw");
        Assert.Equal(("422826-1", 1, drawn), (draw.GetProperty("department").GetString(), draw.GetProperty("number").GetInt32(), draw.GetProperty("chosen").GetString()));
        Assert.Equal(1, draw.GetProperty("eligible").EnumerateArray().Sum(e => e.GetProperty("probability").GetDouble()), 3);
        Assert.Equal(JsonValueKind.Null, draw.GetProperty("secret").ValueKind);
        Assert.Equal(("reassigned", "病假", "检察长"), (steps[1].GetProperty("mode").GetString(), steps[1].GetProperty("reason").GetString(), steps[1].GetProperty("approvedBy").GetString()));
        await (await server.Admin.GetAsync("/api/cases/none/assignment")).Problem(404);
    }

    [Theory]
    [InlineData("""{"leaving":["nobody"]}""", "/leaving/0")]
    [InlineData("""{"away":[{"prosecutor":"p1","until":"2026-02-30"}]}""", "/away/0/until")]
    [InlineData("""{"away":[{"prosecutor":"p1","until":"2026-03-01"},{"prosecutor":"p1","until":"2026-03-02"}]}""", "/away/1/prosecutor")]
    [InlineData("""{"mostMoves":501}""", "/mostMoves")]
    [InlineData("""{"keepDays":-1}""", "/keepDays")]
    public async Task A_proposal_is_asked_for_within_bounds(string body, string pointer) =>
        Assert.Equal(pointer, (await (await server.Admin.PostAsync(Department + "/rebalancing", Events.Content(body, "application/json"))).Problem(422)).GetProperty("pointer").GetString());

    private async Task<HttpResponseMessage> Reassign(string to, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/cases/c/reassign") { Content = JsonContent.Create(new { prosecutor = to, reason = "x", approvedBy = "y" }) };
        request.Headers.Add("Idempotency-Key", key);
        return await server.Admin.SendAsync(request);
    }

    private static string[] Accepted(string subject, string prosecutor) =>
    [
        Events.Event(
            $"a-{subject}", subject, "case.accepted",
            """{"caseType":"PRO","procuratorate":"422826","department":"422826-1","name":"张某盗窃案","receivedOn":"2026-02-09","registeredOn":"2026-02-09","suspects":[{"suspect":"1","name":"张某","measure":{"kind":"bail","from":"2026-01-10"}}]}"""),
        Events.Event($"b-{subject}", subject, "case.assigned", $$"""{"prosecutor":"{{prosecutor}}","mode":"designated","reason":"x","approvedBy":"y"}"""),
    ];
}
