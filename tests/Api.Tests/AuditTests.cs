using System.Text.Json;
using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Api.Tests.World;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Tests;

/// <summary>What is in the audit log, and what does not happen without it.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private ApiServer server = null!;
    private HttpClient monitor = null!;

    public async Task InitializeAsync()
    {
        server = await ApiServer.Start();
        await server.DefineOffice();
        await server.Accept("咸检起诉受[2026]1号", "422826", "422826-1", "422826-p1");
        monitor = await server.User("m", ["monitor"], "422826");
    }

    public async Task DisposeAsync()
    {
        monitor.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public void Every_endpoint_declares_what_it_leaves_in_the_log()
    {
        IReadOnlyList<Endpoint> endpoints = server.Services.GetRequiredService<EndpointDataSource>().Endpoints;
        Assert.True(endpoints.Count > 40);
        Assert.Empty(endpoints
            .Where(e => e.Metadata.GetOrderedMetadata<AuditDeclaration>().Count + e.Metadata.GetOrderedMetadata<NoAudit>().Count != 1)
            .Select(e => e.DisplayName));
    }

    [Fact]
    public void Whatever_changes_something_is_in_the_log_before_and_after()
    {
        // What changes nothing though it is posted, and what leaves a record of its own.
        string[] others = ["/api/events", "/api/login", "/api/logout", "/api/assess", "/api/deadlines/compute", "/api/rules/validate", "/api/departments/{id}/assignments/preview", "/api/departments/{id}/rebalancing"];
        IEnumerable<string> unsafeOnes = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal))
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods is not ["GET"])
            .Where(e => e.Metadata.GetMetadata<AuditDeclaration>()?.Entries != AuditEntries.Act)
            .Select(e => e.RoutePattern.RawText!);
        Assert.Equal(others.Order(), unsafeOnes.Order());
    }

    [Fact]
    public async Task A_read_case_is_in_the_log_with_who_when_and_whence()
    {
        await (await monitor.GetAsync("/api/cases/" + Uri.EscapeDataString("咸检起诉受[2026]1号") + "?asOf=2026-02-09T10:00:00%2B08:00")).Json();

        AuditEntry entry = server.Audit.Entries[^1];
        Assert.Equal(("m", "case.read", "case:咸检起诉受[2026]1号", "422826", "ok"), (entry.Act.Actor, entry.Act.Action, entry.Act.Target, entry.Act.Procuratorate, entry.Act.Outcome));
        Assert.Equal(["monitor"], entry.Act.Roles);
        Assert.Equal("127.0.0.1", entry.Act.Address);
        Assert.NotEmpty(entry.Act.Request!);
        Assert.Equal(TestClock.Start.ToUniversalTime(), entry.At);
        Assert.Equal(TimeSpan.Zero, entry.At.Offset);
        Assert.Equal("2026-02-09T10:00:00+08:00", entry.Act.Detail["asOf"]);
    }

    [Fact]
    public async Task Only_the_roles_that_allowed_it_are_named()
    {
        using HttpClient admin = await server.Admin();
        await (await admin.GetAsync("/api/cases/nobody")).Problem(404);
        Assert.Equal(9, server.Audit.Entries[^1].Act.Roles.Count);

        await (await admin.GetAsync("/api/cases")).Json();
        Assert.Equal(["handler", "head", "monitor", "leader", "superior"], server.Audit.Entries[^1].Act.Roles);
    }

    [Fact]
    public async Task What_was_refused_is_in_the_log_with_the_office_it_would_have_been_of()
    {
        using HttpClient foreigner = await server.User("f", ["monitor"], "422827");
        using HttpClient administrator = await server.User("s", ["system-admin"]);
        string path = "/api/cases/" + Uri.EscapeDataString("咸检起诉受[2026]1号");

        await (await foreigner.GetAsync(path)).Problem(404);
        Assert.Equal(("f", "case.read", "case:咸检起诉受[2026]1号", "422826", "refused", "404"), Told(server.Audit.Entries[^1]));
        await (await administrator.GetAsync(path)).Problem(403);
        Assert.Equal(("s", "case.read", "case:咸检起诉受[2026]1号", null, "refused", "403"), Told(server.Audit.Entries[^1]));
        await (await foreigner.PostAsJsonAsync("/api/assess", new { events = Array.Empty<object>(), @case = "咸检起诉受[2026]1号" })).Problem(404);
        Assert.Equal(("f", "case.assessed", "case:咸检起诉受[2026]1号", "422826", "refused", "404"), Told(server.Audit.Entries[^1]));
        await (await foreigner.PutAsJsonAsync("/api/users/x", new { })).Problem(403);
        Assert.Equal(("f", "account.changed", "account:x", "422827", "refused", "403"), Told(server.Audit.Entries[^1]));
    }

    [Fact]
    public async Task A_stranger_leaves_nothing_but_failed_logins()
    {
        using HttpClient stranger = server.Stranger();
        int before = server.Audit.Entries.Count;
        await (await stranger.GetAsync("/api/cases/x")).Problem(401);
        await (await stranger.PutAsJsonAsync("/api/users/x", new { })).Problem(401);
        await (await stranger.PostAsJsonAsync("/api/login", new { user = 1 })).Problem(422);
        Assert.Equal(before, server.Audit.Entries.Count);

        await (await stranger.PostAsJsonAsync("/api/login", new { user = "m", password = "wrong" })).Problem(401);
        await (await stranger.PostAsJsonAsync("/api/login", new { user = "my secret pass phrase", password = "m" })).Problem(401);
        Assert.Equal(
            [(null, "login.failed", "account:m", null, "refused", "401"), (null, "login.failed", null, null, "refused", "401")],
            server.Audit.Entries.Skip(before).Select(Told));
    }

    [Fact]
    public async Task Logins_logouts_and_passwords_are_in_the_log()
    {
        using HttpClient user = await server.User("u", ["handler"], "422826");
        Assert.Equal(("u", "login", null, "422826", "ok", null), Told(server.Audit.Entries[^1]));
        await (await user.PostAsJsonAsync("/api/password", new { current = "wrong", @new = "a quite new password" })).Problem(422);
        Assert.Equal(("u", "password.changed", null, "422826", "invalid", "422"), Told(server.Audit.Entries[^1]));
        Assert.Equal("wrong-password", server.Audit.Entries[^1].Act.Detail["code"]);
        (await user.PostAsJsonAsync("/api/password", new { current = ApiServer.Password, @new = "a quite new password" })).EnsureSuccessStatusCode();
        Assert.Equal(("u", "password.changed", null, "422826", "ok", null), Told(server.Audit.Entries[^1]));
        (await user.PostAsync("/api/logout", null)).EnsureSuccessStatusCode();
        Assert.Equal(("u", "logout", null, "422826", "ok", null), Told(server.Audit.Entries[^1]));
    }

    [Fact]
    public async Task A_page_of_a_list_is_one_entry_without_the_words_that_were_searched_for()
    {
        int before = server.Audit.Entries.Count;
        await (await monitor.GetAsync("/api/cases?q=张三&open=true&limit=7")).Json();
        await (await monitor.GetAsync("/api/alerts?level=W1")).Json();

        Assert.Equal(["case.listed", "alert.listed"], server.Audit.Entries.Skip(before).Select(e => e.Act.Action));
        Assert.Equal([("limit", "7"), ("open", "true"), ("q", "given"), ("rows", "1")], server.Audit.Entries[before].Act.Detail.Select(d => (d.Key, d.Value)));
        Assert.Equal([("level", "W1"), ("rows", "0")], server.Audit.Entries[^1].Act.Detail.Select(d => (d.Key, d.Value)));
    }

    [Fact]
    public async Task An_act_is_in_the_log_before_it_is_done_and_again_with_its_outcome()
    {
        using HttpClient admin = await server.Admin();
        int before = server.Audit.Entries.Count;
        await (await admin.PutAsJsonAsync("/api/users/new", new { password = "a secret of twelve", roles = new[] { "handler" }, procuratorate = "422826" })).Json();
        await (await admin.PutAsJsonAsync("/api/users/new", new { mustChangePassword = false })).Json();
        (await admin.DeleteAsync("/api/users/new")).EnsureSuccessStatusCode();
        await (await admin.PutAsJsonAsync("/api/prosecutors/p9", new { name = "丙", department = "422826-1" })).Json();

        IReadOnlyList<AuditEntry> entries = [.. server.Audit.Entries.Skip(before)];
        Assert.Equal(
            [
                ("admin", "account.changed", "account:new", null, "begun", null), ("admin", "roles.changed", "account:new", "422826", "ok", null),
                ("admin", "account.changed", "account:new", null, "begun", null), ("admin", "account.changed", "account:new", "422826", "ok", null),
                ("admin", "account.ended", "account:new", null, "begun", null), ("admin", "account.ended", "account:new", null, "ok", null),
                ("admin", "unit.changed", "prosecutor:p9", null, "begun", null), ("admin", "unit.changed", "prosecutor:p9", null, "ok", null),
            ],
            entries.Select(Told));
        Assert.Equal(("password,procuratorate,roles", "", "handler"), (entries[1].Act.Detail["fields"], entries[1].Act.Detail["rolesBefore"], entries[1].Act.Detail["rolesAfter"]));
        Assert.All(entries.Chunk(2), pair => Assert.Equal(pair[0].Act.Request, pair[1].Act.Request));
        Assert.DoesNotContain(server.Audit.Entries, e => JsonSerializer.Serialize(e).Contains("a secret of twelve", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_end_of_the_setup_names_the_administrators()
    {
        using HttpClient admin = await server.Admin();
        foreach (string name in (string[])["sys", "sec", "aud"]) await server.AddUser(name, []);
        (await admin.PostAsJsonAsync("/api/setup/complete", new { systemAdmin = "sys", securityAdmin = "sec", auditor = "aud" })).EnsureSuccessStatusCode();

        AuditEntry entry = server.Audit.Entries[^1];
        Assert.Equal(("setup.completed", "ok"), (entry.Act.Action, entry.Act.Outcome));
        Assert.Equal([("auditor", "aud"), ("security-admin", "sec"), ("system-admin", "sys")], entry.Act.Detail.Select(d => (d.Key, d.Value)));
        Assert.Equal("setup.started", server.Audit.Entries[0].Act.Action);
    }

    [Fact]
    public async Task Posted_events_are_one_entry_a_request_with_counts()
    {
        using HttpClient sender = await server.User("tyyw", ["sender"], "422826");
        int before = server.Audit.Entries.Count;
        string accepted = Events.Accepted("a-1", "case-2", "422826");
        await (await sender.PostAsync("/api/events", Events.Batch(accepted, accepted, Events.Accepted("a-2", "case-3", "422827")))).Json();
        await (await sender.PostAsync("/api/events", Events.Lines(accepted, "nonsense", Events.Plea("p-1", "case-2")))).Json();
        await (await sender.PostAsync("/api/events", Events.Content("[]", "text/plain"))).Problem(415);

        IReadOnlyList<AuditEntry> entries = [.. server.Audit.Entries.Skip(before)];
        Assert.Equal(["ok", "ok", "invalid"], entries.Select(e => e.Act.Outcome));
        Assert.All(entries, e => Assert.Equal(("tyyw", "events.posted"), (e.Act.Actor, e.Act.Action)));
        Assert.Equal(("1", "1", "1"), (entries[0].Act.Detail["accepted"], entries[0].Act.Detail["duplicate"], entries[0].Act.Detail["rejected"]));
        Assert.Equal(("1", "1", "1"), (entries[1].Act.Detail["accepted"], entries[1].Act.Detail["duplicate"], entries[1].Act.Detail["rejected"]));
    }

    [Fact]
    public async Task What_is_watched_is_in_the_log()
    {
        await using HubClient hub = await HubClient.Connect(server, await server.Token("m"));
        int before = server.Audit.Entries.Count;
        await hub.Watch("case:咸检起诉受[2026]1号");
        await hub.Watch("procuratorate:422826");
        await Assert.ThrowsAsync<HubError>(() => hub.Watch("procuratorate:422827"));

        Assert.Equal(
            [
                ("m", "case.watched", "case:咸检起诉受[2026]1号", "422826", "ok", null), ("m", "feed.watched", "procuratorate:422826", "422826", "ok", null),
                ("m", "feed.watched", "procuratorate:422827", "422827", "refused", null),
            ],
            server.Audit.Entries.Skip(before).Select(Told));
    }

    [Fact]
    public async Task Nothing_is_read_done_or_logged_in_to_without_the_log()
    {
        using HttpClient admin = await server.Admin();
        using HttpClient stranger = server.Stranger();
        await using HubClient hub = await HubClient.Connect(server, await server.Token("m"));
        foreach (Exception failure in (Exception[])[new StoreUnavailableException(new IOException()), new InvalidOperationException("A trigger said no.")])
        {
            server.Audit.Failure = failure;
            await (await monitor.GetAsync("/api/cases/" + Uri.EscapeDataString("咸检起诉受[2026]1号"))).Problem(503);
            await (await monitor.GetAsync("/api/cases")).Problem(503);
            await (await monitor.GetAsync("/api/cases/nobody")).Problem(503);
            await (await admin.PutAsJsonAsync("/api/users/new", new { password = "a secret of twelve" })).Problem(503);
            await (await admin.GetAsync("/api/audit")).Problem(503);
            HttpResponseMessage login = await stranger.PostAsJsonAsync("/api/login", new { user = "m", password = ApiServer.Password });
            await login.Problem(503);
            Assert.False(login.Headers.Contains("Set-Cookie"));
            await Assert.ThrowsAsync<HubError>(() => hub.Watch("case:咸检起诉受[2026]1号"));
            Assert.Null(await ((IAccountStore)server.Store).Find("new"));
        }

        server.Audit.Failure = null;
        await hub.Watch("case:咸检起诉受[2026]1号");
        await (await monitor.GetAsync("/api/cases")).Json();
    }

    [Fact]
    public async Task A_full_queue_of_the_store_is_an_overload_like_any_other()
    {
        server.Audit.Failure = new JournalOverloadedException(1);
        HttpResponseMessage response = await monitor.GetAsync("/api/cases");
        await response.Problem(429, "overloaded");
        Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }

    [Fact]
    public async Task Whoever_is_turned_away_for_asking_too_much_does_not_fill_the_log()
    {
        const int beyond = 20;
        int before = server.Audit.Entries.Count;
        var held = new TaskCompletionSource();
        server.Audit.Held = held.Task;
        List<Task<HttpResponseMessage>> waiting =
            [.. Enumerable.Range(0, RequestLimits.OfAccount + RequestLimits.WaitingOfAccount + beyond).Select(_ => monitor.GetAsync("/api/cases"))];
        for (int i = 0; i < beyond; i++)
        {
            Task<HttpResponseMessage> turnedAway = await Task.WhenAny(waiting);
            waiting.Remove(turnedAway);
            await (await turnedAway).Problem(429);
        }
        Assert.Equal(before, server.Audit.Entries.Count);

        held.SetResult();
        foreach (HttpResponseMessage answer in await Task.WhenAll(waiting)) await answer.Json();
        Assert.Equal(before + waiting.Count, server.Audit.Entries.Count);
    }

    [Fact]
    public async Task The_auditor_reads_it_in_pages_and_leaves_an_entry_for_each()
    {
        using HttpClient auditor = await server.User("a", ["auditor"]);
        foreach (int _ in Enumerable.Range(0, 5)) await (await monitor.GetAsync("/api/cases")).Json();
        int total = server.Audit.Entries.Count;

        var seen = new List<long>();
        string? cursor = null;
        do
        {
            JsonElement page = await (await auditor.GetAsync("/api/audit?limit=3&action=case.listed" + (cursor is null ? "" : "&cursor=" + cursor))).Json();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("number").GetInt64()));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        Assert.Equal(5, seen.Count);
        Assert.Equal(seen.OrderDescending(), seen);
        Assert.Equal(["audit.read", "audit.read"], server.Audit.Entries.Skip(total).Select(e => e.Act.Action));
        Assert.Equal("case.listed", server.Audit.Entries[total].Act.Detail["action"]);
        await (await auditor.GetAsync("/api/audit?cursor=nonsense")).Problem(422);
        await (await auditor.GetAsync("/api/audit?after=1")).Problem(422);
        await (await auditor.GetAsync("/api/audit?limit=501")).Problem(422);
        await (await auditor.GetAsync("/api/audit?from=yesterday")).Problem(422);
        await (await auditor.GetAsync("/api/audit/verify?first=x")).Problem(422);
        await (await auditor.GetAsync("/api/audit/verify?noted=3:abc")).Problem(422);
    }

    [Fact]
    public async Task Filters_add_up()
    {
        using HttpClient auditor = await server.User("a", ["auditor"]);
        await (await monitor.GetAsync("/api/cases/x")).Problem(404);
        server.Wall.Advance(TimeSpan.FromMinutes(1));
        await (await monitor.GetAsync("/api/cases/x")).Problem(404);
        await (await monitor.GetAsync("/api/cases/y")).Problem(404);

        async Task<int> Count(string query) => (await (await auditor.GetAsync("/api/audit?" + query)).Json()).GetProperty("items").GetArrayLength();
        Assert.Equal(2, await Count("target=case:x"));
        Assert.Equal(3, await Count("actor=m&action=case.read"));
        Assert.Equal(1, await Count("actor=m&target=case:x&from=2026-02-09T09:30:30%2B08:00"));
        Assert.Equal(1, await Count("actor=m&target=case:x&until=2026-02-09T09:30:30%2B08:00"));
        Assert.Equal(0, await Count("actor=nobody"));
    }

    [Fact]
    public async Task Where_the_log_ends_is_said_in_the_servers_own_log_every_day()
    {
        await Until(() => Said().Count == 1);
        AuditEntry last = server.Audit.Entries[^1];
        server.Wall.Advance(TimeSpan.FromDays(1));
        await Until(() => Said().Count == 2);
        Assert.Contains($"has {last.Number} entries and ends in {last.Hash}", Said()[1], StringComparison.Ordinal);

        List<string> Said() => [.. server.Logs.Lines.Where(l => l.Contains("The audit log has", StringComparison.Ordinal))];
    }

    private static async Task Until(Func<bool> met)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!met())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static (string?, string, string?, string?, string, string?) Told(AuditEntry entry) =>
        (entry.Act.Actor, entry.Act.Action, entry.Act.Target, entry.Act.Procuratorate, entry.Act.Outcome, entry.Act.Detail.GetValueOrDefault("status"));
}
