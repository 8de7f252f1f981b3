using System.Text;
using System.Text.Json;
using Cluster.Api.Tests.World;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Tests.Wall;

/// <summary>A screen on a wall that nobody sits at, and that strangers pass by.</summary>
public sealed class KioskTests : IAsyncLifetime
{
    private const string Alert = """
        {"id":"a1","rule":"QX-001","ruleName":{"zh":"审查逮捕期限","en":"Arrest review"},"case":"c1","caseName":"刘三强奸案","level":"W1","message":{"zh":"刘三的期限","en":""},
        "evidence":[{"source":"s","id":"刘三"}],"acts":[{"note":"刘三"}],"dueOn":"2026-02-12","prosecutor":"422826-p1","procuratorate":"422826"}
        """;

    private ApiServer server = null!;

    public async Task InitializeAsync()
    {
        server = await ApiServer.Start();
        await server.DefineOffice();
        await server.AddUser("wall", ["kiosk"], "422826");
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Names_are_masked_in_the_snapshot_and_in_every_item()
    {
        server.Store.Put(new AlertRow("a1", "c1", "QX-001", "case", "1", "W1", "期限", "open", TestClock.Start, null, null, null, TestClock.Start, "422826", "422826-1", "422826-p1", Encoding.UTF8.GetBytes(Alert)));
        await using HubClient client = await HubClient.Connect(server, await server.Token("wall"));
        JsonElement snapshot = (await client.Watch("procuratorate:422826")).GetProperty("snapshot");
        Assert.Equal("刘**强奸案", snapshot.GetProperty("alerts")[0].GetProperty("caseName").GetString());
        Assert.Equal(["甲**", "乙**"], snapshot.GetProperty("units").GetProperty("prosecutors").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        Assert.DoesNotContain("刘三", snapshot.GetRawText(), StringComparison.Ordinal);

        string scope = "procuratorate:422826";
        server.Store.Feed("alert", Alert, scope);
        server.Store.Feed("case", """{"id":"c1","name":"刘三强奸案","procuratorate":"422826"}""", scope);
        server.Store.Feed("workload", """{"department":"422826-1","name":"第一检察部","prosecutors":[{"id":"422826-p1","name":"施怀瑜","load":1.5}]}""", scope);
        JsonElement[] items = [.. await client.Feed(3)];
        Assert.Equal([1, 2, 3], items.Select(i => i.GetProperty("sequence").GetInt32()));
        JsonElement[] payloads = [.. items.Select(i => i.GetProperty("payload"))];
        Assert.Equal(("刘**强奸案", "W1", "审查逮捕期限"), (payloads[0].GetProperty("caseName").GetString(), payloads[0].GetProperty("level").GetString(), payloads[0].GetProperty("ruleName").GetProperty("zh").GetString()));
        Assert.Equal("刘**强奸案", payloads[1].GetProperty("name").GetString());
        Assert.Equal(("第一检察部", "施**", 1.5), (payloads[2].GetProperty("name").GetString(), payloads[2].GetProperty("prosecutors")[0].GetProperty("name").GetString(), payloads[2].GetProperty("prosecutors")[0].GetProperty("load").GetDouble()));
        Assert.DoesNotContain("刘三", string.Concat(payloads.Select(p => p.GetRawText())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_deadlines_are_told_with_names_masked_and_to_a_monitor_whole()
    {
        CaseRow Case(string id, int days, string office = "422826", bool open = true) => new(
            id, "PRO", "刘三强奸案", "REVIEW", office, office + "-1", office + "-p1", new DateOnly(2026, 2, 9), 1, true, open, 1, 1, "T-B05", "2026-02-12", TestClock.Start.AddDays(days), "W1", TestClock.Start);
        foreach (CaseRow row in (CaseRow[])[Case("b", 3), Case("d", 8), Case("missed", -1), Case("closed", 3, open: false), Case("theirs", 3, "422827")]) server.Store.Put(row);
        using HttpClient wall = server.With(await server.Token("wall")), monitor = await server.User("m", ["monitor"], "422826");

        JsonElement shown = await (await wall.GetAsync("/api/wall/deadlines")).Json();
        JsonElement one = Assert.Single(shown.GetProperty("items").EnumerateArray());
        Assert.Equal(("b", "刘**强奸案", "T-B05", false), (one.GetProperty("case").GetString(), one.GetProperty("name").GetString(), one.GetProperty("limit").GetString(), shown.GetProperty("more").GetBoolean()));

        JsonElement all = await (await monitor.GetAsync("/api/wall/deadlines?days=9")).Json();
        Assert.Equal([("b", "刘三强奸案"), ("d", "刘三强奸案")], all.GetProperty("items").EnumerateArray().Select(i => (i.GetProperty("case").GetString(), i.GetProperty("name").GetString())));
    }

    [Fact]
    public async Task The_days_are_told_with_what_came_and_went_in_the_own_procuratorate()
    {
        DateOnly today = new(2026, 2, 9);
        CaseRow Case(string id, string office, DateOnly accepted, DateOnly? closed) => new(
            id, "PRO", null, "REVIEW", office, office + "-1", null, accepted, 1, false, closed is null, 1, 1, null, null, null, null, TestClock.Start, closed);
        foreach (CaseRow row in (CaseRow[])[Case("a", "422826", today, null), Case("b", "422826", today.AddDays(-2), today), Case("c", "422826", today.AddDays(-7), null), Case("d", "422827", today, today)])
            server.Store.Put(row);
        using HttpClient wall = server.With(await server.Token("wall"));
        JsonElement[] days = [.. (await (await wall.GetAsync("/api/wall/flow")).Json()).GetProperty("days").EnumerateArray()];
        Assert.Equal(7, days.Length);
        Assert.Equal(("2026-02-09", 1, 1), (days[^1].GetProperty("date").GetString(), days[^1].GetProperty("accepted").GetInt32(), days[^1].GetProperty("closed").GetInt32()));
        Assert.Equal(("2026-02-07", 1, 0), (days[^3].GetProperty("date").GetString(), days[^3].GetProperty("accepted").GetInt32(), days[^3].GetProperty("closed").GetInt32()));
        Assert.Equal((2, 1), (days.Sum(d => d.GetProperty("accepted").GetInt32()), days.Sum(d => d.GetProperty("closed").GetInt32())));
    }

    [Theory]
    [InlineData("all")]
    [InlineData("procuratorate:422827")]
    [InlineData("department:422826-1")]
    [InlineData("prosecutor:422826-p1")]
    [InlineData("case:c1")]
    public async Task It_follows_its_own_procuratorate_and_nothing_else(string scope)
    {
        await server.Accept("c1", "422826", "422826-1", "422826-p1");
        await using HubClient client = await HubClient.Connect(server, await server.Token("wall"));
        HubError refused = await Assert.ThrowsAsync<HubError>(() => client.Watch(scope));
        Assert.Contains("outside the rights", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_holds_no_other_role()
    {
        using HttpClient admin = await server.Admin();
        await (await admin.PutAsJsonAsync("/api/users/w2", new { password = "twelve-characters", roles = new[] { "kiosk", "monitor" }, procuratorate = "422826" })).Problem(422);
        (await admin.PutAsJsonAsync("/api/users/w2", new { password = "twelve-characters", roles = new[] { "kiosk" }, procuratorate = "422826" })).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task It_is_still_logged_in_after_a_month_of_silence_and_not_after_a_hundred_days()
    {
        using HttpClient wall = server.With(await server.Token("wall"));
        server.Wall.PutForward(TimeSpan.FromDays(30));
        await (await wall.GetAsync("/api/me")).Json();
        server.Wall.PutForward(TimeSpan.FromDays(70));
        await (await wall.GetAsync("/api/me")).Problem(401);
    }
}
