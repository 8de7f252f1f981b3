using System.Text;
using System.Text.Json;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests;

/// <summary>Rules edited as data, through the door.</summary>
public sealed class RuleTests : IAsyncLifetime
{
    private const string Yaml = """
        - id: XF-001
          name: {zh: 一人讯问, en: Interrogated by one}
          category: 程序
          level: L1
          basis: CPL 118
          condition: {on: suspect.interrogated, when: {field: staff, lessThan: 2}}
          fires:
            - {title: one, given: pro-arrested, then: [[2026-02-12, suspect.interrogated, {suspect: "1", staff: 1}]], at: 2026-02-13, level: L1}
          silent:
            - {title: two, given: pro-arrested, then: [[2026-02-12, suspect.interrogated, {suspect: "1", staff: 2}]], at: 2026-02-13}
        """;

    private RealServer server = null!;
    private HttpClient monitor = null!, leader = null!;

    public async Task InitializeAsync()
    {
        server = await RealServer.Start();
        await Put("/api/procuratorates/4228", new { name = "恩施州院", level = "city" });
        foreach (string code in (string[])["422826", "422827"]) await Put("/api/procuratorates/" + code, new { name = code, level = "county", parent = "4228" });
        monitor = await User("monitor", "monitor", "422826");
        leader = await User("leader", "leader", "422826");
    }

    public async Task DisposeAsync()
    {
        monitor.Dispose();
        leader.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_file_is_checked_without_storing_it()
    {
        JsonElement valid = await (await monitor.PostAsJsonAsync("/api/rules/validate", new { yaml = Yaml })).Json();
        Assert.True(valid.GetProperty("valid").GetBoolean());
        Assert.Equal("XF-001", valid.GetProperty("rules")[0].GetString());

        JsonElement problem = await (await monitor.PostAsync("/api/rules/validate", Text(Yaml.Replace("staff, less", "stuff, less")))).Problem(422, "invalid-rules");
        JsonElement error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal(("rules.yaml", 6, "unknown field 'stuff'; suspect.interrogated does not have it"),
            (error.GetProperty("file").GetString(), error.GetProperty("line").GetInt32(), error.GetProperty("reason").GetString()));
        Assert.Empty((await (await monitor.GetAsync("/api/rules/drafts")).Json()).GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("application/yaml")]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    public async Task A_file_too_large_is_refused_unread(string type)
    {
        string large = type == "application/json" ? JsonSerializer.Serialize(new { yaml = new string('#', 10 << 20) }) : new string('#', 10 << 20);
        await (await monitor.PostAsync("/api/rules/drafts", Text(large, type))).Problem(413);
        string justTooLarge = new('#', (1 << 20) + 1);
        await (await monitor.PostAsync("/api/rules/drafts", Text(type == "application/json" ? JsonSerializer.Serialize(new { yaml = justTooLarge }) : justTooLarge, type))).Problem(413);
        await (await monitor.PostAsync("/api/rules/drafts", Text("<rules/>", "application/xml"))).Problem(415);
    }

    [Fact]
    public async Task A_rule_goes_from_draft_to_publication_by_two_persons_and_back()
    {
        await Send("c", "2026-02-09T08:00:00+08:00");
        JsonElement draft = await Draft(monitor);
        Assert.Equal(("draft", "422826", "monitor"), (draft.GetProperty("state").GetString(), draft.GetProperty("procuratorate").GetString(), draft.GetProperty("editors")[0].GetString()));
        string path = "/api/rules/drafts/" + draft.GetProperty("id").GetString();
        await (await monitor.PostAsJsonAsync(path + "/publish", new { effectiveFrom = "2026-02-09" })).Problem(403);
        await (await leader.PostAsJsonAsync(path + "/publish", new { effectiveFrom = "2026-02-08" })).Problem(422, "effective-date");
        await (await leader.PostAsJsonAsync(path + "/publish", new { effectiveFrom = "soon" })).Problem(422);
        JsonElement published = await (await leader.PostAsJsonAsync(path + "/publish", new { effectiveFrom = "2026-02-09" })).Json();
        Assert.Equal(("published", 1, "2026-02-09", "leader"), (
            published.GetProperty("state").GetString(), published.GetProperty("version").GetInt32(), published.GetProperty("effectiveFrom").GetString(), published.GetProperty("publishedBy").GetString()));
        Assert.Contains("XF-001", await RulesFiredAt("c"));

        JsonElement rule = await (await monitor.GetAsync("/api/rules/XF-001")).Json();
        JsonElement version = Assert.Single(rule.GetProperty("versions").EnumerateArray());
        Assert.Equal((1, "published", "422826", "leader"), (
            version.GetProperty("version").GetInt32(), version.GetProperty("origin").GetString(), version.GetProperty("procuratorate").GetString(), version.GetProperty("publishedBy").GetString()));
        Assert.Equal(Yaml + "\n", version.GetProperty("yaml").GetString());
        Assert.Equal(1, (await (await monitor.GetAsync("/api/catalogue")).Json()).GetProperty("version").GetInt32());

        await (await leader.PostAsJsonAsync(path + "/rollback", new { })).Problem(422);
        JsonElement back = await (await leader.PostAsJsonAsync(path + "/rollback", new { reason = "cries wolf" })).Json();
        Assert.Equal("rolled-back", back.GetProperty("state").GetString());
        Assert.DoesNotContain("XF-001", await RulesFiredAt("c"));
        await (await monitor.GetAsync("/api/rules/XF-001")).Problem(404);
        Assert.Equal(0, (await (await monitor.GetAsync("/api/catalogue")).Json()).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Whoever_holds_every_role_still_needs_somebody_else()
    {
        JsonElement draft = await Draft(server.Admin);
        Assert.Equal(JsonValueKind.Null, draft.GetProperty("procuratorate").ValueKind);
        string path = "/api/rules/drafts/" + draft.GetProperty("id").GetString();
        await (await server.Admin.PostAsJsonAsync(path + "/publish", new { effectiveFrom = "2026-02-09" })).Problem(409, "same-person");
        // A draft for everybody is nothing for the leader of one county.
        await (await leader.PostAsJsonAsync(path + "/publish", new { effectiveFrom = "2026-02-09" })).Problem(404);

        string own = "/api/rules/drafts/" + (await Draft(leader)).GetProperty("id").GetString();
        await (await leader.PostAsJsonAsync(own + "/publish", new { effectiveFrom = "2026-02-09" })).Problem(409, "same-person");
        await (await server.Admin.PostAsJsonAsync(own + "/publish", new { effectiveFrom = "2026-02-09" })).Json();
        await (await leader.PostAsJsonAsync(own + "/rollback", new { reason = "mine" })).Problem(409, "same-person");
        await (await monitor.PutAsJsonAsync(own, new { yaml = Yaml })).Problem(409, "not-a-draft");
    }

    [Fact]
    public async Task Drafts_are_seen_by_their_office_and_those_above_that_may_write()
    {
        string id = (await Draft(monitor)).GetProperty("id").GetString()!;
        using HttpClient other = await User("other", "monitor", "422827"), city = await User("city", "monitor", "4228"), superior = await User("superior", "superior", "4228");
        foreach ((HttpMethod method, string suffix) in ((HttpMethod, string)[])
            [(HttpMethod.Get, ""), (HttpMethod.Delete, ""), (HttpMethod.Post, "/shadow"), (HttpMethod.Post, "/backtest"), (HttpMethod.Get, "/backtest"), (HttpMethod.Delete, "/backtest")])
        {
            await (await other.SendAsync(new HttpRequestMessage(method, "/api/rules/drafts/" + id + suffix))).Problem(404);
        }
        await (await other.PutAsJsonAsync("/api/rules/drafts/" + id, new { yaml = Yaml })).Problem(404);
        Assert.Empty((await (await other.GetAsync("/api/rules/drafts")).Json()).GetProperty("items").EnumerateArray());
        Assert.Single((await (await city.GetAsync("/api/rules/drafts")).Json()).GetProperty("items").EnumerateArray());
        await (await superior.GetAsync("/api/rules/drafts")).Problem(403);
        JsonElement edited = await (await city.PutAsJsonAsync("/api/rules/drafts/" + id, new { yaml = Yaml.Replace("L1", "L2"), note = "graver" })).Json();
        Assert.Equal(("422826", "graver", 2), (edited.GetProperty("procuratorate").GetString(), edited.GetProperty("note").GetString(), edited.GetProperty("editors").GetArrayLength()));
        Assert.Equal("withdrawn", (await (await monitor.DeleteAsync("/api/rules/drafts/" + id)).Json()).GetProperty("state").GetString());
        await (await monitor.DeleteAsync("/api/rules/drafts/" + id)).Problem(409, "not-a-draft");
    }

    [Fact]
    public async Task The_shadow_counts_and_shows_nothing()
    {
        string path = "/api/rules/drafts/" + (await Draft(monitor)).GetProperty("id").GetString();
        Assert.Equal("shadow", (await (await monitor.PostAsJsonAsync(path + "/shadow", new { on = true })).Json()).GetProperty("state").GetString());
        await Send("c", "2026-02-09T08:00:00+08:00");
        Assert.DoesNotContain("XF-001", await RulesFiredAt("c"));
        JsonElement shadow = (await (await monitor.GetAsync(path)).Json()).GetProperty("shadow");
        Assert.Equal((1, 1), (shadow.GetProperty("fired").GetInt32(), shadow.GetProperty("cases").GetInt32()));
        Assert.Equal("draft", (await (await monitor.PostAsJsonAsync(path + "/shadow", new { on = false })).Json()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_backtest_tells_what_a_draft_would_have_found()
    {
        await Send("c", "2026-02-09T08:00:00+08:00");
        string path = "/api/rules/drafts/" + (await Draft(monitor)).GetProperty("id").GetString() + "/backtest";
        await (await monitor.GetAsync(path)).Problem(404);
        HttpResponseMessage started = await monitor.PostAsync(path, null);
        Assert.Equal(202, (int)started.StatusCode);
        JsonElement report;
        while ((report = await (await monitor.GetAsync(path)).Json()).GetProperty("state").GetString() == "running") await Task.Yield();
        Assert.Equal(("done", 1, 1, 1), (
            report.GetProperty("state").GetString(), report.GetProperty("done").GetInt32(), report.GetProperty("total").GetInt32(), report.GetProperty("casesTotal").GetInt32()));
        JsonElement rule = Assert.Single(report.GetProperty("rules").EnumerateArray());
        Assert.Equal(("XF-001", 0, 1, "2026-W07"), (
            rule.GetProperty("rule").GetString(), rule.GetProperty("live").GetProperty("alerts").GetInt32(), rule.GetProperty("added").GetInt32(),
            rule.GetProperty("draft").GetProperty("perWeek")[0].GetProperty("week").GetString()));
        Assert.Equal("c", Assert.Single(report.GetProperty("cases").EnumerateArray()).GetProperty("case").GetString());

        // Whoever does not see the case sees that something differs, and not where.
        using HttpClient city = await User("city", "monitor", "4228");
        JsonElement seen = await (await city.GetAsync(path)).Json();
        Assert.Equal((0, 1), (seen.GetProperty("cases").GetArrayLength(), seen.GetProperty("casesTotal").GetInt32()));
    }

    [Fact]
    public async Task Rules_and_limits_tell_what_the_screens_need()
    {
        JsonElement rule = (await server.Get("/api/rules")).GetProperty("items").EnumerateArray().Single(r => r.GetProperty("id").GetString() == "QX-001");
        foreach (string field in (string[])["custodyLevel", "blocking", "refer", "caseTypes", "manual", "dismissed", "decided", "precision", "shadow", "versions", "examples", "yaml", "effectiveFrom", "effectiveUntil"])
        {
            Assert.True(rule.TryGetProperty(field, out _), field);
        }
        Assert.Equal(JsonValueKind.Null, rule.GetProperty("precision").ValueKind);
        Assert.Equal(("built-in", 0), (rule.GetProperty("versions")[0].GetProperty("origin").GetString(), rule.GetProperty("versions")[0].GetProperty("version").GetInt32()));
        Assert.StartsWith("- id: QX-001\n", rule.GetProperty("yaml").GetString());
        Assert.True(rule.GetProperty("examples").GetProperty("fires").GetArrayLength() > 0);

        JsonElement limit = (await server.Get("/api/limits")).GetProperty("items").EnumerateArray().Single(l => l.GetProperty("id").GetString() == "T-B05");
        Assert.Equal(("by-custody", "1m"), (limit.GetProperty("clock").GetString(), limit.GetProperty("length").GetString()));
        Assert.Contains("PRO", limit.GetProperty("caseTypes").EnumerateArray().Select(t => t.GetString()));

        JsonElement catalogue = await server.Get("/api/catalogue");
        Assert.Equal((0, true, true), (catalogue.GetProperty("version").GetInt32(), catalogue.GetProperty("canEdit").GetBoolean(), catalogue.GetProperty("canPublish").GetBoolean()));
        Assert.Equal((await server.Get("/api/rules")).GetProperty("items").GetArrayLength(), catalogue.GetProperty("rules").GetInt32());
    }

    [Fact]
    public async Task What_if_takes_the_stored_events_of_a_case_and_stores_nothing()
    {
        await Send("c", "2026-02-09T08:00:00+08:00");
        JsonElement before = await server.Case("c");
        string more = Events.Event("what-if", "c", "decision.made", """{"kind":"prosecute"}""");
        JsonElement answer = await (await monitor.PostAsync("/api/assess", Text($$"""{"case":"c","events":[{{more}}],"asOf":"2026-02-10T10:00:00+08:00"}""", "application/json"))).Json();
        Assert.Equal(("c", "PROSECUTED", before.GetProperty("version").GetInt32() + 1), (answer.GetProperty("id").GetString(), answer.GetProperty("stage").GetString(), answer.GetProperty("version").GetInt32()));
        JsonElement same = await (await monitor.PostAsync("/api/assess", Text("""{"case":"c"}""", "application/json"))).Json();
        Assert.Equal(before.GetProperty("history").GetRawText(), same.GetProperty("history").GetRawText());
        Assert.Equal(before.GetProperty("version").GetInt32(), (await server.Case("c")).GetProperty("version").GetInt32());

        using HttpClient other = await User("other", "monitor", "422827");
        await (await other.PostAsync("/api/assess", Text("""{"case":"c"}""", "application/json"))).Problem(404);
        await (await monitor.PostAsync("/api/assess", Text("""{"case":"nobody"}""", "application/json"))).Problem(404);
        string elsewhere = Events.Event("x", "another", "decision.made", """{"kind":"prosecute"}""");
        await (await monitor.PostAsync("/api/assess", Text($$"""{"case":"c","events":[{{elsewhere}}]}""", "application/json"))).Problem(422);
        await (await monitor.PostAsync("/api/assess", Text("{}", "application/json"))).Problem(422);
    }

    private async Task<HttpClient> User(string user, string role, string procuratorate)
    {
        await Put("/api/users/" + user, new { password = ApiServer.Password, mustChangePassword = false, roles = new[] { role }, procuratorate });
        using HttpClient stranger = server.Client(null);
        JsonElement login = await (await stranger.PostAsJsonAsync("/api/login", new { user, password = ApiServer.Password })).Json();
        return server.Client(login.GetProperty("token").GetString());
    }

    private async Task Put(string path, object body) => (await server.Admin.PutAsJsonAsync(path, body)).EnsureSuccessStatusCode();

    private static async Task<JsonElement> Draft(HttpClient by)
    {
        HttpResponseMessage answer = await by.PostAsync("/api/rules/drafts", Text(Yaml));
        Assert.Equal(201, (int)answer.StatusCode);
        return await answer.Json();
    }

    /// <summary>A case of the county whose suspect one person interrogated.</summary>
    private async Task Send(string caseId, string at) => Assert.All(
        await server.Send(
            Events.Accepted("a-" + caseId, caseId, "422826"),
            Events.Event("i-" + caseId, caseId, "suspect.interrogated", """{"suspect":"1","staff":1}""").Replace("2026-02-09T09:30:00+08:00", at)),
        status => Assert.Equal("accepted", status));

    private async Task<string?[]> RulesFiredAt(string caseId) => [.. (await server.Case(caseId)).GetProperty("alerts").EnumerateArray().Select(a => a.GetProperty("rule").GetString())];

    private static StringContent Text(string text, string type = "application/yaml") => new(text, Encoding.UTF8, type);
}
