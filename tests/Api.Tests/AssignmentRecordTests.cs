using System.Text.Json;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests;

/// <summary>What a department and its monitors see of assignment over time, through the front door, over the real engine, grains and store.</summary>
public sealed class AssignmentRecordTests : IAsyncLifetime
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
    public async Task A_roster_that_excludes_everybody_leaves_the_case_in_the_queue_until_somebody_may_have_it()
    {
        Assert.Equal(0, (await server.Get(Department + "/queue")).GetProperty("total").GetInt32());
        foreach (string p in (string[])["p1", "p2", "p3"]) await OnDuty(p, false);
        await server.Send(Accepted("c", null));

        JsonElement queue = await server.Get(Department + "/queue");
        JsonElement waiting = Assert.Single(queue.GetProperty("cases").EnumerateArray());
        Assert.Equal(("c", "nobody-eligible", "2026-02-09T09:30:00+08:00"), (waiting.GetProperty("case").GetString(), waiting.GetProperty("why").GetString(), waiting.GetProperty("since").GetString()));
        Assert.Equal(["p1 off-duty 不在岗", "p2 off-duty 不在岗", "p3 off-duty 不在岗"], waiting.GetProperty("excluded").EnumerateArray()
            .Select(e => $"{e.GetProperty("prosecutor").GetString()} {e.GetProperty("reason").GetString()} {e.GetProperty("message").GetProperty("zh").GetString()}"));

        await OnDuty("p2", true);
        Assert.Equal("p2", (await server.Case("c")).GetProperty("prosecutor").GetString());
        Assert.Equal(0, (await server.Get(Department + "/queue")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Too_many_designated_cases_are_found_in_the_department_and_listed_for_the_office_with_the_cases_behind_them()
    {
        for (int i = 0; i < 24; i++) await server.Send(Accepted($"c{i}", "p1"));
        JsonElement finding = (await server.Get(Department + "/findings")).GetProperty("items").EnumerateArray().Single(f => f.GetProperty("rule").GetString() == "FA-002");
        Assert.Equal(24, finding.GetProperty("cases").GetArrayLength());
        Assert.Equal("指定分案比例异常", finding.GetProperty("name").GetProperty("zh").GetString());
        Assert.Contains("24", finding.GetProperty("message").GetProperty("en").GetString());

        JsonElement open = Assert.Single((await server.Get("/api/departments/findings")).EnumerateArray(), f => f.GetProperty("rule").GetString() == "FA-002");
        Assert.Equal((finding.GetProperty("id").GetString(), 0), (open.GetProperty("id").GetString(), open.GetProperty("cases").GetArrayLength()));
        Assert.Equal(open.GetProperty("id").GetString(), Assert.Single((await server.Get(Department + "/workload")).GetProperty("findings").EnumerateArray(), f => f.GetProperty("rule").GetString() == "FA-002").GetProperty("id").GetString());
        Assert.Empty((await server.Get("/api/departments/findings?procuratorate=422800")).EnumerateArray());

        JsonElement designated = await server.Get(Department + "/fairness/cases?kind=designated");
        Assert.Equal(24, designated.GetProperty("total").GetInt32());
        Assert.Equal(finding.GetProperty("cases").EnumerateArray().Select(c => c.GetString()).Order(), designated.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("case").GetString()).Order());
    }

    [Fact]
    public async Task Fairness_over_time_has_a_point_a_day_or_a_week_and_counts_what_can_be_listed()
    {
        for (int i = 0; i < 6; i++) await server.Send(Accepted($"c{i}", i < 2 ? "p1" : null));
        await (await server.Admin.PostAsJsonAsync("/api/cases/c0/reassign", new { prosecutor = "p2", reason = "病假", approvedBy = "检察长" })).Json();
        JsonElement told = await server.Get(Department + "/fairness?from=2026-02-01&until=2026-02-09");
        Assert.Equal((9, 1), (told.GetProperty("points").GetArrayLength(), told.GetProperty("days").GetInt32()));
        JsonElement total = told.GetProperty("total");
        Assert.Equal((6, 2, 1), (total.GetProperty("assigned").GetInt32(), total.GetProperty("designated").GetInt32(), total.GetProperty("reassigned").GetInt32()));
        Assert.Equal(JsonValueKind.Null, total.GetProperty("designatedShare").ValueKind);
        Assert.Equal("c0", Assert.Single((await server.Get(Department + "/fairness/cases?kind=reassigned")).GetProperty("items").EnumerateArray()).GetProperty("case").GetString());
        JsonElement today = told.GetProperty("points")[8];
        JsonElement now = (await server.Get(Department + "/workload")).GetProperty("fairness");
        foreach (string measure in (string[])["cv", "gini", "maxOverMean"]) Assert.Equal(now.GetProperty(measure).GetDouble(), today.GetProperty(measure).GetDouble(), 4);

        Assert.Equal(7, (await server.Get(Department + "/fairness?from=2025-09-01&until=2026-02-09")).GetProperty("days").GetInt32());
        Assert.Equal(2, (await server.Get(Department + "/fairness?from=2026-02-01&until=2026-02-09&step=week")).GetProperty("points").GetArrayLength());
    }

    [Fact]
    public async Task Only_who_oversees_a_department_is_told_of_it()
    {
        await (await server.Admin.PutAsJsonAsync("/api/departments/422826-2", new { name = "第二检察部", procuratorate = "422826", caseTypes = new[] { "PRO" } })).Json();
        await Account("head-2", "head", "422826-2", null);
        await Account("handler", "handler", "422826-1", "p1");
        await Account("head-1", "head", "422826-1", null);
        await server.Send(Accepted("c", "p1"));
        foreach (string path in (string[])["/queue", "/findings", "/fairness", "/fairness/cases"])
        {
            using HttpClient other = await LoggedIn("head-2"), handler = await LoggedIn("handler"), head = await LoggedIn("head-1");
            await (await other.GetAsync(Department + path)).Problem(404);
            await (await handler.GetAsync(Department + path)).Problem(403);
            await (await head.GetAsync(Department + path)).Json();
            await (await server.Admin.GetAsync("/api/departments/nobody" + path)).Problem(404);
        }
    }

    [Theory]
    [InlineData("""{"leaving":["p1"],"from":"2026-02-08"}""")]
    [InlineData("""{"leaving":["p1"],"from":"2027-03-01"}""")]
    [InlineData("""{"leaving":["p1"],"from":"some day"}""")]
    public async Task People_leave_today_or_within_a_year(string body) =>
        Assert.Equal("/from", (await (await server.Admin.PostAsync(Department + "/rebalancing", Events.Content(body, "application/json"))).Problem(422)).GetProperty("pointer").GetString());

    [Fact]
    public async Task What_if_two_people_leave_is_told_with_the_loads_after_and_stores_nothing()
    {
        for (int i = 0; i < 6; i++) await server.Send(Accepted($"c{i}", i % 2 == 0 ? "p1" : "p2"));
        JsonElement told = await (await server.Admin.PostAsJsonAsync(Department + "/rebalancing", new { leaving = (string[])["p1", "p2"], from = "2026-05-01", begun = true })).Json();
        Assert.Equal(6, told.GetProperty("moves").GetArrayLength());
        Assert.All(told.GetProperty("moves").EnumerateArray(), m => Assert.Equal("leaves", m.GetProperty("reason").GetString()));
        Assert.Equal("p1", (await server.Case("c0")).GetProperty("prosecutor").GetString());
    }

    private async Task OnDuty(string prosecutor, bool on) =>
        await (await server.Admin.PutAsJsonAsync("/api/prosecutors/" + prosecutor, new { name = prosecutor, department = "422826-1", onDuty = on })).Json();

    private async Task Account(string name, string role, string department, string? prosecutor) =>
        await (await server.Admin.PutAsJsonAsync("/api/users/" + name, new { password = "a long password of theirs", mustChangePassword = false, roles = (string[])[role], procuratorate = "422826", department, prosecutor })).Json();

    private async Task<HttpClient> LoggedIn(string name)
    {
        using HttpClient stranger = server.Client(null);
        return server.Client((await (await stranger.PostAsJsonAsync("/api/login", new { user = name, password = "a long password of theirs" })).Json()).GetProperty("token").GetString());
    }

    private static string[] Accepted(string subject, string? prosecutor)
    {
        string accepted = Events.Event(
            $"a-{subject}", subject, "case.accepted",
            """{"caseType":"PRO","procuratorate":"422826","department":"422826-1","name":"张某盗窃案","receivedOn":"2026-02-09","registeredOn":"2026-02-09","suspects":[{"suspect":"1","name":"张某","measure":{"kind":"bail","from":"2026-01-10"}}]}""");
        return prosecutor is null ? [accepted] : [accepted, Events.Event($"b-{subject}", subject, "case.assigned", $$"""{"prosecutor":"{{prosecutor}}","mode":"designated","reason":"x","approvedBy":"y"}""")];
    }
}
