using System.Net;
using System.Text.Json;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests;

public sealed class UnitTests : IAsyncLifetime
{
    private ApiServer server = null!;
    private HttpClient admin = null!;

    public async Task InitializeAsync()
    {
        server = await ApiServer.Start();
        await server.DefineOffice();
        admin = await server.Admin();
    }

    public async Task DisposeAsync()
    {
        admin.Dispose();
        await server.DisposeAsync();
    }

    private Task<HttpResponseMessage> Put(string path, string body) => admin.PutAsync(path, Events.Content(body, "application/json"));

    [Fact]
    public async Task A_prosecutor_is_a_full_one_unless_said_otherwise()
    {
        JsonElement prosecutor = await (await Put("/api/prosecutors/new", """{"name":"丙","department":"422826-1","absences":[{"from":"2026-03-01","until":"2026-03-02","reason":"年假"}]}""")).Json();
        Assert.Equal(1.0, prosecutor.GetProperty("capacity").GetDouble());
        Assert.Equal("prosecutor", prosecutor.GetProperty("role").GetString());
        Assert.True(prosecutor.GetProperty("qualified").GetBoolean());
        Assert.True(prosecutor.GetProperty("onDuty").GetBoolean());
        Assert.Equal("2026-03-02", prosecutor.GetProperty("absences")[0].GetProperty("until").GetString());
    }

    [Theory]
    [InlineData("/api/procuratorates/x", """{"level":"county"}""", "/name")]
    [InlineData("/api/procuratorates/x", """{"name":"","level":"county"}""", "/name")]
    [InlineData("/api/procuratorates/x", """{"name":"x","level":"village"}""", "/level")]
    [InlineData("/api/procuratorates/x", """{"name":"x","level":"county","parent":"x"}""", "/parent")]
    [InlineData("/api/procuratorates/4228", """{"name":"x","level":"city","parent":"422826"}""", "/parent")]
    [InlineData("/api/procuratorates/x", """{"name":"x","level":"county","reports":{"on":["a",7]}}""", "/reports/on/1")]
    [InlineData("/api/procuratorates/x", """{"name":"x","level":"county","extra":1}""", "/extra")]
    [InlineData("/api/departments/x", """{"name":"x","procuratorate":"999999"}""", "/procuratorate")]
    [InlineData("/api/departments/x", """{"name":"x","procuratorate":"422826","strategy":"dice"}""", "/strategy")]
    [InlineData("/api/departments/x", """{"name":"x","procuratorate":"422826","strategy":"turns:0"}""", "/strategy")]
    [InlineData("/api/departments/x", """{"name":"x","procuratorate":"422826","caseTypes":"PRO"}""", "/caseTypes")]
    [InlineData("/api/prosecutors/x", """{"name":"x","department":"nowhere"}""", "/department")]
    [InlineData("/api/prosecutors/x", """{"name":"x","department":"422826-1","capacity":0}""", "/capacity")]
    [InlineData("/api/prosecutors/x", """{"name":"x","department":"422826-1","capacity":1e999}""", "/capacity")]
    [InlineData("/api/prosecutors/x", """{"name":"x","department":"422826-1","role":"king"}""", "/role")]
    [InlineData("/api/prosecutors/x", """{"name":"x","department":"422826-1","absences":[{"from":"2026-03-02","until":"2026-03-01"}]}""", "/absences/0/until")]
    [InlineData("/api/prosecutors/x", """{"name":"x","department":"422826-1","absences":[null]}""", "/absences/0")]
    [InlineData("/api/prosecutors/x", """{"name":"x","department":"422826-1","capacity":2.01}""", "/capacity")]
    [InlineData("/api/prosecutors/x", """{"name":"x","department":"422826-1","absences":[{"from":"2026-03-01","until":"2026-03-05"},{"from":"2026-03-05","until":"2026-03-09"}]}""", "/absences/1")]
    [InlineData("/api/prosecutors/x", """{"name":"a\nb","department":"422826-1"}""", "/name")]
    public async Task A_wrong_definition_is_refused_with_its_place(string path, string body, string pointer)
    {
        JsonElement problem = await (await Put(path, body)).Problem(422);
        Assert.Equal(pointer, problem.GetProperty("pointer").GetString());
    }

    [Theory]
    [InlineData("balanced")]
    [InlineData("random")]
    [InlineData("turns")]
    [InlineData("turns:3")]
    [InlineData("rotation")]
    [InlineData("weighted-random")]
    public async Task A_department_draws_by_the_strategy_it_chooses(string strategy)
    {
        JsonElement department = await (await Put("/api/departments/x", $$"""{"name":"x","procuratorate":"422826","strategy":"{{strategy}}"}""")).Json();
        Assert.Equal(strategy, department.GetProperty("strategy").GetString());
    }

    [Fact]
    public async Task A_superior_office_need_not_be_in_the_system() =>
        await (await Put("/api/procuratorates/430000", """{"name":"x","level":"province","parent":"100000"}""")).Json();

    [Theory]
    [InlineData("head", new[] { "422826" }, new[] { "422826-1" }, new[] { "422826-p1", "422826-p2" })]
    [InlineData("handler", new[] { "422826" }, new[] { "422826-1" }, new[] { "422826-p1" })]
    [InlineData("monitor", new[] { "422826" }, new[] { "422826-1" }, new[] { "422826-p1", "422826-p2" })]
    [InlineData("system-admin", new[] { "4228", "422826", "422827" }, new[] { "422826-1", "422827-1" }, new[] { "422826-p1", "422826-p2", "422827-p1", "422827-p2" })]
    public async Task Everybody_gets_to_know_the_units_of_the_own_scope(string role, string[] procuratorates, string[] departments, string[] prosecutors)
    {
        using HttpClient user = await server.User("u", [role], "422826", "422826-1", "422826-p1");
        JsonElement units = await (await user.GetAsync("/api/units")).Json();
        Assert.Equal(procuratorates, units.GetProperty("procuratorates").EnumerateArray().Select(u => u.GetProperty("code").GetString()));
        Assert.Equal(departments, units.GetProperty("departments").EnumerateArray().Select(u => u.GetProperty("id").GetString()));
        Assert.Equal(prosecutors, units.GetProperty("prosecutors").EnumerateArray().Select(u => u.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Departments_outside_the_scope_do_not_exist()
    {
        using HttpClient head = await server.User("h", ["head"], "422826", "422826-1");
        await (await head.GetAsync("/api/departments/422826-1/workload")).Json();
        foreach (string id in (string[])["422827-1", "nowhere"])
        {
            await (await head.GetAsync($"/api/departments/{id}/workload")).Problem(404);
            await (await head.GetAsync($"/api/departments/{id}/draws")).Problem(404);
            await (await head.PostAsJsonAsync($"/api/departments/{id}/assignments/preview", new { @case = "x" })).Problem(404);
        }
    }

    [Theory]
    [InlineData("", "2026-02-09", "2026-02-09")]
    [InlineData("?from=2026-02-01", "2026-02-01", "2026-02-09")]
    [InlineData("?from=2026-02-01&until=2026-02-03", "2026-02-01", "2026-02-03")]
    [InlineData("?until=2026-02-03", "2026-02-03", "2026-02-03")]
    public async Task Draws_are_of_today_unless_asked(string query, string from, string until)
    {
        JsonElement day = (await (await admin.GetAsync("/api/departments/422826-1/draws" + query)).Json())[0];
        Assert.Equal(from, day.GetProperty("from").GetString());
        Assert.Equal(until, day.GetProperty("until").GetString());
    }

    [Fact]
    public async Task A_preview_needs_a_case_that_the_caller_sees()
    {
        await server.Accept("mine", "422826");
        await server.Accept("theirs", "422827");
        using HttpClient monitor = await server.User("m", ["monitor"], "422826");
        Task<HttpResponseMessage> Preview(string caseId) => monitor.PostAsJsonAsync("/api/departments/422826-1/assignments/preview", new { @case = caseId });
        Assert.Equal("mine", (await (await Preview("mine")).Json()).GetProperty("case").GetString());
        JsonElement foreign = await (await Preview("theirs")).Problem(422);
        Assert.Equal(foreign.ToString(), (await (await Preview("missing")).Problem(422)).ToString());
    }

    [Fact]
    public async Task Accounts_are_made_by_one_administrator_and_their_roles_given_by_another()
    {
        using HttpClient system = await server.User("sys", ["system-admin"]);
        using HttpClient security = await server.User("sec", ["security-admin"]);
        Task<HttpResponseMessage> Change(HttpClient by, string name, object body) => by.PutAsJsonAsync("/api/users/" + name, body);

        await (await Change(security, "new", new { password = "12345678", roles = new[] { "monitor" } })).Problem(404);
        await (await Change(system, "new", new { password = "12345678", roles = new[] { "monitor" } })).Problem(403, "security-admin-only");
        await (await Change(system, "new", new { procuratorate = "422826" })).Problem(422);
        JsonElement made = await (await Change(system, "new", new { password = "12345678", mustChangePassword = false, procuratorate = "422826" })).Json();
        Assert.Empty(made.GetProperty("roles").EnumerateArray());
        await (await Change(security, "new", new { procuratorate = "422827" })).Problem(403, "system-admin-only");
        JsonElement given = await (await Change(security, "new", new { roles = new[] { "monitor" } })).Json();
        Assert.Equal("422826", given.GetProperty("procuratorate").GetString());

        using HttpClient user = server.With(await server.Token("new", "12345678"));
        await (await user.GetAsync("/api/cases")).Json();
        await (await Change(security, "sec", new { roles = new[] { "leader" } })).Problem(403, "own-roles");
        await (await Change(security, "new", new { roles = Array.Empty<string>() })).Json();
        await (await user.GetAsync("/api/cases")).Problem(403);
    }

    [Fact]
    public async Task A_new_password_ends_the_sessions_and_must_be_changed()
    {
        using HttpClient user = await server.User("u", ["monitor"], "422826");
        await (await admin.PutAsJsonAsync("/api/users/u", new { password = "another password" })).Json();
        await (await user.GetAsync("/api/me")).Problem(401);
        using HttpClient again = server.With(await server.Token("u", "another password"));
        await (await again.GetAsync("/api/cases")).Problem(403, "password-change-required");
    }

    [Theory]
    [InlineData("u", """{"password":"short","roles":[]}""", "/password")]
    [InlineData("long-name", """{"password":"LONG-NAME"}""", "/password")]
    [InlineData("u", """{"password":"12345678","roles":["king"]}""", "/roles/0")]
    [InlineData("u", """{"password":"12345678","roles":["auditor","system-admin"]}""", "/roles")]
    [InlineData("u", """{"password":"12345678","role":["auditor"]}""", "/role")]
    [InlineData("u", """{"password":"12345678","department":""}""", "/department")]
    public async Task A_wrong_account_is_refused_with_its_place(string name, string body, string pointer) =>
        Assert.Equal(pointer, (await (await Put("/api/users/" + name, body)).Problem(422)).GetProperty("pointer").GetString());

    [Fact]
    public async Task Ending_an_account_ends_its_sessions()
    {
        using HttpClient user = await server.User("u", ["monitor"], "422826");
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync("/api/users/u")).StatusCode);
        await (await user.GetAsync("/api/me")).Problem(401);
        await (await admin.DeleteAsync("/api/users/u")).Problem(404);
        await (await admin.DeleteAsync("/api/users/admin")).Problem(409);
    }

    [Fact]
    public async Task Completing_the_setup_leaves_three_administrators_and_no_more_power_to_admin()
    {
        await (await admin.PostAsJsonAsync("/api/setup/complete", new { systemAdmin = "a", securityAdmin = "b", auditor = "c" })).Problem(422);
        foreach (string name in (string[])["a", "b", "c"]) await server.AddUser(name, ["leader"], "422826");
        Assert.Equal("/auditor", (await (await admin.PostAsJsonAsync("/api/setup/complete", new { systemAdmin = "a", securityAdmin = "b", auditor = "a" })).Problem(422)).GetProperty("pointer").GetString());
        await server.Accept("one", "422826");
        Assert.Equal(HttpStatusCode.NoContent, (await admin.PostAsJsonAsync("/api/setup/complete", new { systemAdmin = "a", securityAdmin = "b", auditor = "c" })).StatusCode);

        await (await admin.GetAsync("/api/cases")).Problem(403);
        Assert.Empty((await (await admin.GetAsync("/api/me")).Json()).GetProperty("roles").EnumerateArray());
        using HttpClient system = server.With(await server.Token("a"));
        await (await system.GetAsync("/api/cases")).Problem(403);
        await (await system.PostAsJsonAsync("/api/setup/complete", new { systemAdmin = "a", securityAdmin = "b", auditor = "c" })).Problem(409);
        await (await system.PutAsJsonAsync("/api/users/d", new { password = "12345678" })).Json();
    }
}
