using System.Text.Json;
using Cluster.Api.Tests.World;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Tests;

public class HubTests : IAsyncLifetime
{
    private ApiServer server = null!;
    private string admin = null!;

    protected virtual string Protocol => "json";

    public async Task InitializeAsync()
    {
        server = await ApiServer.Start();
        server.HubProtocol = Protocol;
        await server.DefineOffice();
        admin = await server.Token("admin", ApiServer.AdminPassword);
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    private async Task<string> Token(string[] roles, string? procuratorate = null, string? department = null, string? prosecutor = null)
    {
        string user = "u" + Guid.NewGuid().ToString("N");
        await server.AddUser(user, roles, procuratorate, department, prosecutor);
        return await server.Token(user);
    }

    private static IEnumerable<long> Sequences(IEnumerable<JsonElement> items) => items.Select(i => i.GetProperty("sequence").GetInt64());

    [Fact]
    public async Task The_server_says_what_the_hub_speaks()
    {
        using HttpClient client = server.With(admin);
        IEnumerable<string?> spoken = (await (await client.GetAsync("/api/me")).Json()).GetProperty("hubProtocols").EnumerateArray().Select(p => p.GetString());
        Assert.Contains("json", spoken);
        Assert.Contains(Protocol, spoken);
    }

    [Fact]
    public async Task A_new_watcher_gets_a_snapshot_and_then_every_item()
    {
        server.Store.Feed("case", "{}", "all");
        await using HubClient client = await HubClient.Connect(server, admin);
        JsonElement answer = await client.Watch("all");
        Assert.Equal(1, answer.GetProperty("sequence").GetInt64());
        Assert.True(answer.TryGetProperty("snapshot", out _));
        Assert.False(answer.TryGetProperty("missed", out _));

        server.Store.Feed("alert", """{"id":"a","message":{"zh":"期限"}}""", "all", "procuratorate:422826");
        JsonElement item = Assert.Single(await client.Feed(1));
        Assert.Equal("all", item.GetProperty("scope").GetString());
        Assert.Equal(2, item.GetProperty("sequence").GetInt64());
        Assert.Equal("alert", item.GetProperty("kind").GetString());
        Assert.Equal("2026-02-09T09:30:00+08:00", item.GetProperty("at").GetString());
        Assert.Equal("期限", item.GetProperty("payload").GetProperty("message").GetProperty("zh").GetString());
    }

    [Fact]
    public async Task Who_reconnects_gets_exactly_what_was_missed()
    {
        for (int i = 0; i < 5; i++) server.Store.Feed("case", "{}", "all");
        await using HubClient client = await HubClient.Connect(server, admin);
        JsonElement answer = await client.Watch("all", 2);
        Assert.False(answer.TryGetProperty("snapshot", out _));
        Assert.Equal([3, 4, 5], Sequences(answer.GetProperty("missed").EnumerateArray()));
        Assert.Equal(5, answer.GetProperty("sequence").GetInt64());
        Assert.Empty((await client.Watch("all", 5)).GetProperty("missed").EnumerateArray());
        server.Store.Feed("case", "{}", "all");
        Assert.Equal([6], Sequences(await client.Feed(1)));
    }

    [Fact]
    public async Task More_missed_items_than_one_answer_holds_follow_in_the_feed()
    {
        for (int i = 0; i < 2_500; i++) server.Store.Feed("case", "{}", "all");
        await using HubClient client = await HubClient.Connect(server, admin);
        JsonElement answer = await client.Watch("all", 0);
        List<long> seen = [.. Sequences(answer.GetProperty("missed").EnumerateArray())];
        Assert.Equal(seen[^1], answer.GetProperty("sequence").GetInt64());
        seen.AddRange(Sequences(await client.Feed(2_500 - seen.Count)));
        Assert.Equal(Enumerable.Range(1, 2_500).Select(i => (long)i), seen);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(99)]
    [InlineData(-1)]
    public async Task A_sequence_that_is_no_longer_kept_or_never_was_gets_a_snapshot(long from)
    {
        for (int i = 0; i < 10; i++) server.Store.Feed("case", "{}", "all");
        server.Store.FeedKeptFrom = 6;
        await using HubClient client = await HubClient.Connect(server, admin);
        JsonElement answer = await client.Watch("all", from);
        Assert.Equal(10, answer.GetProperty("sequence").GetInt64());
        Assert.True(answer.TryGetProperty("snapshot", out _));
    }

    [Fact]
    public async Task Items_committed_while_many_watch_arrive_once_each_in_order_after_the_answer()
    {
        const int items = 3_000;
        using var stop = new CancellationTokenSource();
        Task writing = Task.Run(() =>
        {
            for (int i = 0; i < items; i++) server.Store.Feed("case", "{}", "all", "procuratorate:422826");
        });
        async Task Follow(string scope)
        {
            await using HubClient client = await HubClient.Connect(server, admin);
            // Watching the same scope anew at any moment must not lose or repeat anything either.
            long last = (await client.Watch(scope)).GetProperty("sequence").GetInt64();
            Assert.Empty(client.Items);
            for (int again = 0; again < 5 && last < items; again++)
            {
                foreach (long sequence in Sequences(await client.Feed(1))) Assert.Equal(++last, sequence);
                JsonElement answer = await client.Watch(scope, last);
                // What was on its way came before the answer, which then repeats it: the client asked from there.
                client.Items.Clear();
                foreach (long sequence in Sequences(answer.GetProperty("missed").EnumerateArray())) Assert.Equal(++last, sequence);
            }
            if (last < items)
            {
                foreach (long sequence in Sequences(await client.Feed((int)(items - last)))) Assert.Equal(++last, sequence);
            }
            Assert.Equal(items, last);
            Assert.Empty(client.Items);
        }
        await Task.WhenAll([writing, .. Enumerable.Range(0, 6).Select(i => Follow(i % 2 == 0 ? "all" : "procuratorate:422826"))]);
    }

    [Fact]
    public async Task After_unwatching_nothing_of_the_scope_arrives()
    {
        await using HubClient client = await HubClient.Connect(server, admin);
        await client.Watch("all");
        await client.Watch("department:422826-1");
        await client.Invoke("Unwatch", "all");
        server.Store.Feed("case", "{}", "all");
        server.Store.Feed("case", "{}", "department:422826-1");
        Assert.Equal("department:422826-1", (await client.Feed(1))[0].GetProperty("scope").GetString());
    }

    [Theory]
    [InlineData("handler", "prosecutor:422826-p1", true)]
    [InlineData("handler", "prosecutor:422826-p2", false)]
    [InlineData("handler", "department:422826-1", false)]
    [InlineData("handler", "case:one", true)]
    [InlineData("handler", "case:two", false)]
    [InlineData("handler", "case:missing", false)]
    [InlineData("handler", "all", false)]
    [InlineData("head", "department:422826-1", true)]
    [InlineData("head", "department:422827-1", false)]
    [InlineData("head", "prosecutor:422826-p2", true)]
    [InlineData("head", "prosecutor:422827-p1", false)]
    [InlineData("head", "procuratorate:422826", false)]
    [InlineData("monitor", "procuratorate:422826", true)]
    [InlineData("monitor", "procuratorate:422827", false)]
    [InlineData("monitor", "case:one", true)]
    [InlineData("monitor", "case:three", false)]
    [InlineData("leader", "department:422826-1", true)]
    [InlineData("leader", "all", false)]
    [InlineData("superior", "procuratorate:422826", true)]
    [InlineData("superior", "all", false)]
    [InlineData("sender", "procuratorate:422826", false)]
    [InlineData("sender", "case:one", false)]
    [InlineData("system-admin", "procuratorate:422826", false)]
    [InlineData("security-admin", "case:one", false)]
    [InlineData("auditor", "all", false)]
    public async Task A_scope_is_watched_by_those_who_may_see_it(string role, string scope, bool allowed)
    {
        await server.Accept("one", "422826", "422826-1", "422826-p1");
        await server.Accept("two", "422826", "422826-1", "422826-p2");
        await server.Accept("three", "422827");
        await using HubClient client = await HubClient.Connect(server, await Token([role], "422826", "422826-1", "422826-p1"));
        if (allowed)
        {
            Assert.True((await client.Watch(scope)).TryGetProperty("snapshot", out _));
            return;
        }
        HubError refused = await Assert.ThrowsAsync<HubError>(() => client.Watch(scope));
        Assert.Contains("HubException", refused.Message);
        Assert.Equal(refused.Message, (await Assert.ThrowsAsync<HubError>(() => client.Watch("case:nowhere"))).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("everything")]
    [InlineData("case:")]
    [InlineData("police:1")]
    public async Task What_is_no_scope_is_refused(string scope)
    {
        await using HubClient client = await HubClient.Connect(server, admin);
        await Assert.ThrowsAsync<HubError>(() => client.Watch(scope));
    }

    [Fact]
    public async Task A_superior_of_everybody_watches_all_but_gets_nothing_of_an_office_nobody_defined()
    {
        await using HubClient client = await HubClient.Connect(server, await Token(["superior"], "4228"));
        await client.Watch("all");
        server.Store.Feed("alert", """{"id":"a","procuratorate":"422826"}""", "all");
        server.Store.Feed("alert", """{"id":"secret","procuratorate":"999999"}""", "all");
        server.Store.Feed("workload", """{"department":"422827-1"}""", "all");
        List<JsonElement> items = await client.Feed(3);
        Assert.Equal([1, 2, 3], Sequences(items));
        Assert.Equal("a", items[0].GetProperty("payload").GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, items[1].GetProperty("payload").ValueKind);
        Assert.Equal("422827-1", items[2].GetProperty("payload").GetProperty("department").GetString());
    }

    [Fact]
    public async Task Snapshots_have_what_their_screens_show()
    {
        await server.Accept("one", "422826", "422826-1", "422826-p1");
        server.Store.Put(new AlertRow(
            "a", "one", "QX-001", "case", "1", "W1", "期限", "open", TestClock.Start, null, null, null, TestClock.Start, "422826", "422826-1", "422826-p1",
            """{"id":"a"}"""u8.ToArray()));
        await using HubClient client = await HubClient.Connect(server, admin);

        JsonElement all = (await client.Watch("all")).GetProperty("snapshot");
        Assert.Equal(["counters", "assignments", "alerts", "workload", "units"], all.EnumerateObject().Select(p => p.Name));
        Assert.Equal(3, all.GetProperty("counters").GetProperty("levels").GetProperty("W1").GetInt32());
        Assert.Equal(6, all.GetProperty("counters").GetProperty("openCases").GetInt32());
        Assert.Equal(["422826-1", "422827-1"], all.GetProperty("workload").EnumerateArray().Select(w => w.GetProperty("department").GetString()));
        Assert.Equal("第一检察部", all.GetProperty("units").GetProperty("departments")[0].GetProperty("name").GetString());

        JsonElement office = (await client.Watch("procuratorate:422826")).GetProperty("snapshot");
        Assert.Equal("422826", office.GetProperty("counters").GetProperty("procuratorate").GetString());
        Assert.Single(office.GetProperty("workload").EnumerateArray());

        JsonElement department = (await client.Watch("department:422826-1")).GetProperty("snapshot");
        Assert.Equal(["alerts", "workload", "cases"], department.EnumerateObject().Select(p => p.Name));
        Assert.Equal("one", department.GetProperty("cases")[0].GetProperty("id").GetString());

        JsonElement prosecutor = (await client.Watch("prosecutor:422826-p1")).GetProperty("snapshot");
        Assert.Equal("a", prosecutor.GetProperty("alerts")[0].GetProperty("id").GetString());
        Assert.Equal("one", prosecutor.GetProperty("cases")[0].GetProperty("id").GetString());

        Assert.Equal("one", (await client.Watch("case:one")).GetProperty("snapshot").GetProperty("case").GetProperty("id").GetString());
    }

    [Fact]
    public async Task The_end_of_a_session_ends_its_connections_at_once()
    {
        await using HubClient client = await HubClient.Connect(server, admin);
        await client.Watch("all");
        using HttpClient http = server.With(admin);
        await http.PostAsync("/api/logout", null);
        await client.Ended();
    }

    [Fact]
    public async Task Deleting_an_account_ends_its_connections_at_once()
    {
        await server.AddUser("gone", ["monitor"], "422826");
        await using HubClient client = await HubClient.Connect(server, await server.Token("gone"));
        using HttpClient http = server.With(admin);
        await http.DeleteAsync("/api/users/gone");
        await client.Ended();
        await Assert.ThrowsAsync<HttpRequestException>(() => server.Token("gone"));
    }

    [Fact]
    public async Task A_session_that_expires_ends_its_connections_though_they_keep_it_from_being_idle()
    {
        await using HubClient client = await HubClient.Connect(server, admin);
        await client.Watch("all");
        server.Wall.Advance(TimeSpan.FromHours(11));
        server.Store.Feed("case", "{}", "all");
        await client.Feed(1);
        server.Wall.Advance(TimeSpan.FromHours(1.1));
        await client.Ended();
    }

    [Fact]
    public async Task Who_loses_the_right_to_a_scope_is_disconnected_and_then_refused()
    {
        await server.AddUser("m", ["monitor"], "422826");
        string token = await server.Token("m");
        await using HubClient client = await HubClient.Connect(server, token);
        await client.Watch("procuratorate:422826");
        using HttpClient http = server.With(admin);
        await (await http.PutAsync("/api/users/m", Events.Content("""{"procuratorate":"422827"}""", "application/json"))).Json();
        await client.Ended();
        await using HubClient again = await HubClient.Connect(server, token);
        await Assert.ThrowsAsync<HubError>(() => again.Watch("procuratorate:422826"));
        await again.Watch("procuratorate:422827");
    }

    [Fact]
    public async Task A_superior_loses_an_office_that_moves_away()
    {
        await using HubClient client = await HubClient.Connect(server, await Token(["superior"], "4228"));
        await client.Watch("procuratorate:422826");
        using HttpClient http = server.With(admin);
        await (await http.PutAsync("/api/procuratorates/422826", Events.Content("""{"name":"x","level":"county","parent":"4205"}""", "application/json"))).Json();
        await client.Ended();
    }

    [Fact]
    public async Task A_case_that_goes_to_another_office_is_followed_no_longer()
    {
        await server.Accept("one", "422826");
        await using HubClient client = await HubClient.Connect(server, await Token(["monitor"], "422826"));
        await client.Watch("case:one");
        server.Store.Put((await server.Store.Find("one"))! with { Procuratorate = "422827" });
        server.Store.Feed("case", """{"id":"one"}""", "case:one");
        await client.Ended();
        Assert.Empty(client.Items);
    }

    [Fact]
    public async Task Without_a_session_the_handshake_is_401()
    {
        Assert.Equal(401, (await Assert.ThrowsAsync<HandshakeRefused>(() => HubClient.Connect(server, null))).Status);
        Assert.Equal(401, (await Assert.ThrowsAsync<HandshakeRefused>(() => HubClient.Connect(server, new string('x', 43)))).Status);
    }

    [Fact]
    public async Task Pages_of_other_sites_cannot_connect_with_the_cookie()
    {
        string cookie = "cluster-session=" + admin;
        Assert.Equal(403, (await Assert.ThrowsAsync<HandshakeRefused>(() => HubClient.Connect(server, null, "https://evil.example", cookie))).Status);
        Assert.Equal(403, (await Assert.ThrowsAsync<HandshakeRefused>(() => HubClient.Connect(server, null, "null", cookie))).Status);
        await using HubClient own = await HubClient.Connect(server, null, server.Address.GetLeftPart(UriPartial.Authority), cookie);
        await own.Watch("all");
    }

    [Fact]
    public async Task Sixty_four_scopes_are_enough_for_one_connection()
    {
        await using HubClient client = await HubClient.Connect(server, admin);
        for (int i = 0; i < 64; i++) await client.Watch("department:d" + i);
        await Assert.ThrowsAsync<HubError>(() => client.Watch("department:one-more"));
        await client.Watch("department:d0");
    }
}
