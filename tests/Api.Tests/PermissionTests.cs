using System.Net;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests;

/// <summary>Every role at every endpoint.</summary>
public sealed class PermissionTests : IAsyncLifetime
{
    private const string Readers = "handler head monitor leader superior";
    private const string RuleWriters = "monitor leader";
    private const string Overseers = "head monitor leader superior";
    private const string Everybody = "handler head monitor leader superior sender system-admin security-admin auditor kiosk";

    private static readonly (string Method, string Path, string Allowed)[] Matrix =
    [
        ("POST", "/api/events", "sender"),
        ("GET", "/api/cases", Readers),
        ("GET", "/api/cases/x", Readers),
        ("GET", "/api/alerts", Readers),
        ("GET", "/api/wall/deadlines", Overseers + " kiosk"),
        ("GET", "/api/wall/flow", Overseers + " kiosk"),
        ("POST", "/api/alerts/x/acknowledge", "handler head monitor leader"),
        ("POST", "/api/alerts/x/dismiss", "monitor leader"),
        ("POST", "/api/alerts/x/notice", "monitor"),
        ("POST", "/api/alerts/x/reply", "handler head"),
        ("POST", "/api/alerts/x/close", "monitor leader"),
        ("POST", "/api/alerts/x/refer", "monitor"),
        ("POST", "/api/alerts/acts", "handler head monitor leader"),
        ("GET", "/api/alerts/x/notice.docx", Readers),
        ("GET", "/api/rules", Everybody),
        ("GET", "/api/event-types", Everybody),
        ("GET", "/api/steps", Everybody),
        ("GET", "/api/stages", Everybody),
        ("GET", "/api/rules/x", Everybody),
        ("GET", "/api/limits", Everybody),
        ("GET", "/api/catalogue", Everybody),
        ("POST", "/api/rules/validate", RuleWriters),
        ("GET", "/api/rules/drafts", RuleWriters),
        ("POST", "/api/rules/drafts", RuleWriters),
        ("GET", "/api/rules/drafts/x", RuleWriters),
        ("PUT", "/api/rules/drafts/x", RuleWriters),
        ("DELETE", "/api/rules/drafts/x", RuleWriters),
        ("POST", "/api/rules/drafts/x/shadow", RuleWriters),
        ("POST", "/api/rules/drafts/x/publish", "leader"),
        ("POST", "/api/rules/drafts/x/rollback", "leader"),
        ("POST", "/api/rules/drafts/x/backtest", RuleWriters),
        ("GET", "/api/rules/drafts/x/backtest", RuleWriters),
        ("DELETE", "/api/rules/drafts/x/backtest", RuleWriters),
        ("POST", "/api/assess", Everybody),
        ("POST", "/api/deadlines/compute", Everybody),
        ("GET", "/api/units", Readers + " kiosk system-admin security-admin"),
        ("PUT", "/api/procuratorates/x", "system-admin"),
        ("PUT", "/api/departments/x", "system-admin"),
        ("PUT", "/api/prosecutors/x", "system-admin"),
        ("GET", "/api/departments/x/workload", Overseers),
        ("POST", "/api/departments/x/assignments/preview", Overseers),
        ("GET", "/api/departments/x/draws", Overseers),
        ("GET", "/api/departments/x/queue", Overseers),
        ("GET", "/api/departments/x/findings", Overseers),
        ("GET", "/api/departments/findings", Overseers),
        ("GET", "/api/departments/x/fairness", Overseers),
        ("GET", "/api/departments/x/fairness/cases", Overseers),
        ("POST", "/api/departments/x/rebalancing", Overseers),
        ("POST", "/api/departments/x/rebalancing/accept", "head monitor leader"),
        ("POST", "/api/cases/x/reassign", "head monitor leader"),
        ("GET", "/api/cases/x/assignment", Readers),
        ("PUT", "/api/users/x", "system-admin security-admin"),
        ("DELETE", "/api/users/x", "system-admin"),
        ("POST", "/api/setup/complete", "system-admin"),
        ("GET", "/api/audit", "auditor"),
        ("GET", "/api/audit/verify", "auditor"),
        ("GET", "/api/me", Everybody),
        ("GET", "/api/ops/alerts", "monitor leader system-admin"),
        ("GET", "/api/ops/status", "system-admin"),
        ("POST", "/api/password", Everybody),
        ("POST", "/api/logout", Everybody),
    ];

    private ApiServer server = null!;

    public async Task InitializeAsync() => server = await ApiServer.Start();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData("handler")]
    [InlineData("head")]
    [InlineData("monitor")]
    [InlineData("leader")]
    [InlineData("superior")]
    [InlineData("sender")]
    [InlineData("system-admin")]
    [InlineData("security-admin")]
    [InlineData("auditor")]
    [InlineData("kiosk")]
    public async Task A_role_reaches_its_endpoints_and_no_others(string role)
    {
        await server.AddUser("u", [role], "422826", "422826-1", "422826-p1");
        foreach ((string method, string path, string allowed) in Matrix)
        {
            using HttpClient user = server.With(await server.Token("u"));
            HttpResponseMessage response = await user.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
            bool reached = response.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized);
            Assert.True(reached == allowed.Split(' ').Contains(role), $"{role} {method} {path}: {(int)response.StatusCode}");
        }
    }

    [Fact]
    public async Task Without_a_role_only_the_own_account_is_left()
    {
        using HttpClient user = await server.User("u", []);
        await (await user.GetAsync("/api/me")).Json();
        await (await user.GetAsync("/api/cases")).Problem(403);
        await (await user.GetAsync("/api/alerts")).Problem(403);
    }

    [Fact]
    public void The_matrix_names_every_endpoint()
    {
        IEnumerable<string> endpoints = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {e.RoutePattern.RawText!.Replace("{**id}", "x").Replace("{id}", "x").Replace("{code}", "x").Replace("{name}", "x")}"));
        Assert.Equal(Matrix.Select(e => $"{e.Method} {e.Path}").Append("POST /api/login").Order(), endpoints.Order());
    }
}
