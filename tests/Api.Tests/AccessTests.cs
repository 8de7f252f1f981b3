using System.Text.Json;
using Cluster.Api.Tests.World;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Tests;

/// <summary>Who may see a case, and who looked.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private const string Case = "咸检起诉受[2026]1号/甲";

    private static readonly string Path = $"/api/cases/{Uri.EscapeDataString(Case)}";

    private ApiServer server = null!;

    public async Task InitializeAsync()
    {
        server = await ApiServer.Start();
        await server.DefineOffice();
        await server.Accept(Case, "422826", "422826-1", "422826-p1");
        await server.AddUser("handler", ["handler"], "422826", "422826-1", "422826-p1");
        await server.AddUser("colleague", ["handler"], "422826", "422826-1", "422826-p2");
        await server.AddUser("head", ["head"], "422826", "422826-1");
        await server.AddUser("other-head", ["head"], "422827", "422827-1");
        await server.AddUser("monitor", ["monitor"], "422826");
        await server.AddUser("leader", ["leader"], "422826");
        await server.AddUser("foreigner", ["monitor", "leader"], "422827");
        await server.AddUser("superior", ["superior"], "4228");
        await server.AddUser("above", ["superior", "monitor"], "4228");
        await server.AddUser("sender", ["sender"], "422826");
        await server.AddUser("system-admin", ["system-admin"], "422826");
        await server.AddUser("security-admin", ["security-admin"], "422826");
        await server.AddUser("auditor", ["auditor"], "422826");
        await server.AddUser("kiosk", ["kiosk"], "422826");
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData("handler", 200)]
    [InlineData("head", 200)]
    [InlineData("monitor", 200)]
    [InlineData("leader", 200)]
    [InlineData("colleague", 404)]
    [InlineData("other-head", 404)]
    [InlineData("foreigner", 404)]
    [InlineData("superior", 403)]
    // Sees it as a superior, and monitors another office.
    [InlineData("above", 403)]
    [InlineData("sender", 403)]
    [InlineData("system-admin", 403)]
    [InlineData("security-admin", 403)]
    [InlineData("auditor", 403)]
    [InlineData("kiosk", 403)]
    public async Task Those_who_answer_for_the_case_learn_who_looked_and_nobody_else(string user, int status)
    {
        using HttpClient client = server.With(await server.Token(user));
        HttpResponseMessage response = await client.GetAsync(Path + "/access");
        if (status == 200) await response.Json();
        else await response.Problem(status);
    }

    [Fact]
    public async Task A_case_that_does_not_exist_answers_as_one_out_of_sight()
    {
        using HttpClient monitor = server.With(await server.Token("monitor"));
        await (await monitor.GetAsync("/api/cases/none/access")).Problem(404);
        await (await monitor.GetAsync("/api/cases/%0A/access")).Problem(404);
    }

    [Fact]
    public async Task Exactly_those_are_named_who_can_read_the_case()
    {
        JsonElement answer = await Read("monitor");
        (string Role, string? Unit, string Users)[] allowed = [.. answer.GetProperty("allowed").EnumerateArray().Select(a =>
            (a.GetProperty("role").GetString()!, a.GetProperty("unit").GetString(), string.Join(' ', a.GetProperty("users").EnumerateArray().Select(u => u.GetString()))))];
        Assert.Equal(
            [
                ("handler", "422826-p1", "handler"), ("head", "422826-1", "head"), ("monitor", "422826", "monitor"), ("leader", "422826", "leader"),
                ("superior", "4228", "above superior"), ("kiosk", "422826", "kiosk"), ("every-role", null, "admin"),
            ],
            allowed);
        foreach (string user in allowed.Where(a => a.Role is not ("kiosk" or "every-role")).SelectMany(a => a.Users.Split(' ')))
        {
            using HttpClient client = server.With(await server.Token(user));
            await (await client.GetAsync(Path)).Json();
        }
    }

    [Fact]
    public async Task A_role_that_nobody_holds_is_named_with_its_unit_alone()
    {
        await server.Store.Delete("leader");
        JsonElement leader = (await Read("monitor")).GetProperty("allowed").EnumerateArray().Single(a => a.GetProperty("role").GetString() == "leader");
        Assert.Equal(("422826", 0), (leader.GetProperty("unit").GetString(), leader.GetProperty("users").GetArrayLength()));
    }

    [Fact]
    public async Task Who_looked_is_told_the_latest_first_and_reading_that_is_a_look_too()
    {
        using HttpClient handler = server.With(await server.Token("handler")), colleague = server.With(await server.Token("colleague")), superior = server.With(await server.Token("superior"));
        await (await handler.GetAsync(Path)).Json();
        await (await superior.GetAsync(Path)).Json();
        // Was refused, so saw nothing; and a list is no look at this case.
        await (await colleague.GetAsync(Path)).Problem(404);
        await (await handler.GetAsync("/api/cases")).Json();

        Assert.Equal([("superior", "case.read"), ("handler", "case.read")], Reads(await Read("monitor")));
        Assert.Equal([("monitor", "access.read"), ("superior", "case.read"), ("handler", "case.read")], Reads(await Read("leader")));
        AuditEntry last = server.Audit.Entries[^1];
        Assert.Equal(("leader", "access.read", "case:" + Case, "422826", "ok", "3"), (last.Act.Actor, last.Act.Action, last.Act.Target, last.Act.Procuratorate, last.Act.Outcome, last.Act.Detail["rows"]));
        Assert.Equal(last.At.ToUniversalTime(), (await Read("monitor")).GetProperty("reads")[0].GetProperty("at").GetDateTimeOffset());
    }

    [Fact]
    public async Task No_more_than_two_hundred_looks_are_told_and_they_are_the_latest()
    {
        async Task Look(string user) => await server.Audit.Append(new AuditAct
        {
            Actor = user, Roles = [], Action = "case.read", Target = "case:" + Case, Procuratorate = "422826", Outcome = "ok", Address = null, Request = null, Detail = new SortedDictionary<string, string>(),
        });
        await Look("first");
        for (int i = 0; i < 199; i++) await Look("then");
        Assert.Equal("first", Reads(await Read("monitor"))[^1].User);
        (string User, string)[] reads = Reads(await Read("monitor"));
        Assert.Equal((200, "monitor", "then"), (reads.Length, reads[0].User, reads[^1].User));
    }

    [Fact]
    public async Task Cases_that_wait_for_a_prosecutor_can_be_listed_apart()
    {
        await server.Accept("waiting", "422826", "422826-1");
        using HttpClient monitor = server.With(await server.Token("monitor"));
        async Task<string[]> Listed(string assigned) =>
            [.. (await (await monitor.GetAsync("/api/cases?assigned=" + assigned)).Json()).GetProperty("items").EnumerateArray().Select(c => c.GetProperty("id").GetString()!)];
        Assert.Equal(["waiting"], await Listed("false"));
        Assert.Equal([Case], await Listed("true"));
    }

    private static (string User, string Action)[] Reads(JsonElement answer) =>
        [.. answer.GetProperty("reads").EnumerateArray().Select(r => (r.GetProperty("user").GetString()!, r.GetProperty("action").GetString()!))];

    private async Task<JsonElement> Read(string user)
    {
        using HttpClient client = server.With(await server.Token(user));
        return await (await client.GetAsync(Path + "/access")).Json();
    }
}
