using System.Text.Json;
using Cluster.Api.Tests.World;
using Cluster.Cases.Assessment;
using Cluster.Cases.Rules;
using Cluster.Contracts;
using Cluster.Contracts.Operations;

namespace Cluster.Api.Tests.Overload;

/// <summary>One case that cannot be dealt with like others.</summary>
public sealed class PoisonTests : IAsyncLifetime
{
    private const string Password = "a password of an account";

    private bool poisoned = true;
    private RealServer server = null!;

    public async Task InitializeAsync()
    {
        // Without a calendar nothing with a limit can be assessed, which is what a bug in the reckoning of limits is like; what has no limit can.
        server = await RealServer.Start(configure: services => services.AddSingleton(
            new LiveCatalogue(poisoned ? new Assessor(Catalogue.Default, null!) : Assessor.Default)));
        await server.DefineOffice();
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    private async Task<HttpClient> User(string name, string role, string procuratorate)
    {
        // The first account holds every role, so that one person can make accounts of all kinds.
        await (await server.Admin.PutAsJsonAsync($"/api/users/{name}", new { password = Password, mustChangePassword = false, roles = new[] { role }, procuratorate })).Json();
        using HttpClient stranger = server.Client(null);
        HttpResponseMessage login = await stranger.PostAsJsonAsync("/api/login", new { user = name, password = Password });
        return server.Client((await login.Json()).GetProperty("token").GetString());
    }

    private static async Task<JsonElement[]> Alerts(HttpClient client) =>
        [.. (await (await client.GetAsync("/api/ops/alerts")).Json()).GetProperty("items").EnumerateArray()];

    [Fact]
    public async Task Events_of_a_case_that_cannot_be_assessed_are_recorded_and_the_others_do_not_notice()
    {
        Assert.Equal(["accepted", "accepted"], await server.Send(Events.Accepted("1", "poisoned", "422826", "422826-1"), Events.Plea("2", "other")));
        Assert.Equal(["accepted", "duplicate"], await server.Send(Events.Plea("3", "poisoned"), Events.Accepted("1", "poisoned", "422826", "422826-1")));
        await (await server.Admin.GetAsync("/api/cases/poisoned")).Problem(503, "case-unassessed");
        Assert.Equal(1, (await server.Case("other")).GetProperty("version").GetInt32());
        JsonElement row = Assert.Single((await server.Get("/api/cases?procuratorate=422826")).GetProperty("items").EnumerateArray());
        Assert.Equal(("poisoned", 2), (row.GetProperty("id").GetString(), row.GetProperty("version").GetInt32()));
        await using HubClient hub = await HubClient.Connect(server.Address, server.Token);
        Assert.Equal(JsonValueKind.Null, (await hub.Watch("case:poisoned")).GetProperty("snapshot").GetProperty("case").ValueKind);

        poisoned = false;
        await server.StartAgain();
        JsonElement mended = await server.Case("poisoned");
        Assert.Equal(["1", "3"], mended.GetProperty("history").EnumerateArray().Select(e => e.GetProperty("id").GetString()).Order().Take(2));
        Assert.NotEmpty(mended.GetProperty("deadlines").EnumerateArray());
        await server.Send(Events.Plea("4", "poisoned"));
        Assert.Equal("UNDER_REVIEW", Assert.Single((await server.Get("/api/cases?procuratorate=422826")).GetProperty("items").EnumerateArray()).GetProperty("stage").GetString());
        Assert.Empty(await Alerts(server.Admin));
    }

    [Fact]
    public async Task It_shows_to_operators_and_to_others_only_as_their_rights_say()
    {
        await server.Send(Events.Accepted("1", "poisoned", "422826"), Events.Plea("2", "poisoned"));
        using HttpClient monitor = await User("monitor", "monitor", "422826");
        using HttpClient stranger = await User("stranger", "leader", "422899");
        using HttpClient operators = await User("operator", "system-admin", "422826");
        using HttpClient handler = await User("handler", "handler", "422826");

        JsonElement seen = Assert.Single(await Alerts(monitor), a => a.GetProperty("kind").GetString() == OperationalKind.CaseUnassessed);
        Assert.Equal("poisoned", seen.GetProperty("case").GetString());
        Assert.True(seen.GetProperty("count").GetInt64() >= 1);
        Assert.Equal(nameof(NullReferenceException), seen.GetProperty("error").GetString());
        JsonElement hashed = Assert.Single(await Alerts(operators), a => a.GetProperty("kind").GetString() == OperationalKind.CaseUnassessed);
        Assert.Equal(JsonValueKind.Null, hashed.GetProperty("case").ValueKind);
        Assert.Equal(seen.GetProperty("caseHash").GetString(), hashed.GetProperty("caseHash").GetString());
        Assert.Empty(await Alerts(stranger));
        await (await handler.GetAsync("/api/ops/alerts")).Problem(403);

        // What concerns the whole server concerns everybody who runs it.
        server.Services.GetRequiredService<IOperationalAlerts>().Raise(OperationalKind.RecoveryFailing, cause: new IOException("where and what"));
        JsonElement whole = Assert.Single(await Alerts(stranger));
        Assert.Equal((OperationalKind.RecoveryFailing, nameof(IOException)), (whole.GetProperty("kind").GetString(), whole.GetProperty("error").GetString()));
        Assert.DoesNotContain("where and what", (await Alerts(stranger))[0].ToString());
    }

    [Fact]
    public async Task The_server_is_ready_all_the_same_and_says_what_is_wrong()
    {
        Assert.Equal("Healthy", await server.Admin.GetStringAsync("/readyz"));
        await server.Send(Events.Accepted("1", "poisoned", "422826"));
        Assert.Equal("Healthy\noperational alerts: case-unassessed 1", await server.Admin.GetStringAsync("/readyz"));
    }

    [Fact]
    public async Task A_store_that_is_away_is_an_alert_until_it_is_back()
    {
        await using ApiServer fake = await ApiServer.Start();
        using HttpClient admin = await fake.Admin();
        fake.Store.Ready = false;
        fake.Wall.Advance(TimeSpan.FromSeconds(6));
        await Until(async () => (await Alerts(admin)) is [var only] && only.GetProperty("kind").GetString() == OperationalKind.StoreAway);
        fake.Store.Ready = true;
        fake.Wall.Advance(TimeSpan.FromSeconds(6));
        await Until(async () => (await Alerts(admin)).Length == 0);
    }

    [Fact]
    public async Task A_case_in_which_somebody_asked_for_the_files_can_be_read()
    {
        poisoned = false;
        await server.StartAgain();
        await server.Send(
            Events.Accepted("1", "files", "422826"),
            Events.Event("2", "files", "files.requested", """{"by":{"name":"律师甲","kind":"lawyer"}}"""));
        Assert.Contains((await server.Case("files")).GetProperty("documents").EnumerateArray(), d => d.GetProperty("code").GetString() == "阅卷登记表");
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        for (int i = 0; i < 500; i++)
        {
            if (await condition()) return;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
        Assert.Fail("It did not come to that.");
    }
}
