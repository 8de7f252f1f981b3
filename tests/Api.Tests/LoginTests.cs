using System.Net;
using System.Text.Json;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests;

public sealed class LoginTests : IAsyncLifetime
{
    private ApiServer server = null!;

    public async Task InitializeAsync() => server = await ApiServer.Start();

    public async Task DisposeAsync() => await server.DisposeAsync();

    private async Task<HttpResponseMessage> LogIn(string user, string password)
    {
        using HttpClient stranger = server.Stranger();
        return await stranger.PostAsJsonAsync("/api/login", new { user, password });
    }

    [Fact]
    public async Task The_first_account_holds_every_role()
    {
        JsonElement answer = await (await LogIn("admin", ApiServer.AdminPassword)).Json();
        Assert.Equal("admin", answer.GetProperty("user").GetString());
        Assert.Equal(9, answer.GetProperty("roles").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("procuratorate").ValueKind);
        Assert.Equal("2026-02-09T21:30:00+08:00", answer.GetProperty("expiresAt").GetString());
        Assert.Equal(43, answer.GetProperty("token").GetString()!.Length);
    }

    [Fact]
    public async Task A_generated_password_is_printed_once_and_must_be_changed()
    {
        await using ApiServer fresh = await ApiServer.Start(adminPassword: null);
        string line = Assert.Single(fresh.Console.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        string password = line.Split("password ")[1].Split(' ')[0];
        using HttpClient admin = fresh.With(await fresh.Token("admin", password));
        await (await admin.GetAsync("/api/units")).Problem(403, "password-change-required");
        Assert.True((await (await admin.GetAsync("/api/me")).Json()).GetProperty("mustChangePassword").GetBoolean());

        HttpResponseMessage changed = await admin.PostAsJsonAsync("/api/password", new { current = password, @new = "a better password" });
        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        await (await admin.GetAsync("/api/units")).Json();
        await fresh.Token("admin", "a better password");
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_user_answer_the_same()
    {
        JsonElement wrong = await (await LogIn("admin", "not the password")).Problem(401);
        JsonElement unknown = await (await LogIn("nobody", "not the password")).Problem(401);
        Assert.Equal(wrong.ToString(), unknown.ToString());
    }

    [Theory]
    [InlineData("GET", "/api/me")]
    [InlineData("GET", "/api/cases")]
    [InlineData("GET", "/api/nothing")]
    [InlineData("POST", "/api/events")]
    [InlineData("GET", "/hubs/monitor")]
    public async Task Without_a_session_everything_else_is_401(string method, string path)
    {
        using HttpClient stranger = server.Stranger();
        HttpResponseMessage response = await stranger.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        await response.Problem(401);
        Assert.Contains("Bearer", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task After_five_failures_an_account_waits_ever_longer_even_with_the_right_password()
    {
        for (int i = 0; i < 5; i++) await (await LogIn("admin", "wrong " + i)).Problem(401);
        HttpResponseMessage refused = await LogIn("admin", ApiServer.AdminPassword);
        await refused.Problem(429);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);

        server.Wall.Advance(TimeSpan.FromSeconds(1));
        await (await LogIn("admin", "wrong again")).Problem(401);
        Assert.Equal(TimeSpan.FromSeconds(2), (await LogIn("admin", "x")).Headers.RetryAfter!.Delta);
        server.Wall.Advance(TimeSpan.FromSeconds(2));
        await (await LogIn("admin", ApiServer.AdminPassword)).Json();
        await (await LogIn("admin", "wrong")).Problem(401);
        await (await LogIn("admin", ApiServer.AdminPassword)).Json();
    }

    [Fact]
    public async Task Guessing_at_many_accounts_from_one_address_is_slowed_too()
    {
        for (int i = 0; i < 30; i++) await (await LogIn("user" + i, "wrong")).Problem(401);
        await (await LogIn("another", "wrong")).Problem(429);
    }

    [Fact]
    public async Task The_cookie_is_strict_and_needs_the_antiforgery_header_for_unsafe_verbs()
    {
        HttpResponseMessage login = await LogIn("admin", ApiServer.AdminPassword);
        string setCookie = Assert.Single(login.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", setCookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", setCookie, StringComparison.OrdinalIgnoreCase);

        using HttpClient browser = server.Stranger();
        browser.DefaultRequestHeaders.Add("Cookie", setCookie.Split(';')[0]);
        string csrf = (await (await browser.GetAsync("/api/me")).Json()).GetProperty("csrf").GetString()!;
        await (await browser.PostAsJsonAsync("/api/deadlines/compute", new { limit = "T-B05", start = "2026-02-09" })).Problem(403, "antiforgery");
        browser.DefaultRequestHeaders.Add("X-CSRF-Token", csrf + "x");
        await (await browser.PostAsJsonAsync("/api/logout", new { })).Problem(403, "antiforgery");
        browser.DefaultRequestHeaders.Remove("X-CSRF-Token");
        browser.DefaultRequestHeaders.Add("X-CSRF-Token", csrf);
        await (await browser.PostAsJsonAsync("/api/deadlines/compute", new { limit = "T-B05", start = "2026-02-09" })).Json();
        Assert.Equal(HttpStatusCode.NoContent, (await browser.PostAsync("/api/logout", null)).StatusCode);
        await (await browser.GetAsync("/api/me")).Problem(401);
    }

    [Fact]
    public async Task The_query_token_counts_on_hubs_alone()
    {
        string token = await server.Token("admin", ApiServer.AdminPassword);
        using HttpClient stranger = server.Stranger();
        await (await stranger.GetAsync("/api/me?access_token=" + token)).Problem(401);
        Assert.NotEqual(HttpStatusCode.Unauthorized, (await stranger.PostAsync("/hubs/monitor/negotiate?negotiateVersion=1&access_token=" + token, null)).StatusCode);
    }

    [Fact]
    public async Task A_session_ends_after_twelve_hours_and_after_two_idle_ones()
    {
        using HttpClient idle = await server.Admin();
        server.Wall.Advance(TimeSpan.FromMinutes(119));
        await (await idle.GetAsync("/api/me")).Json();
        server.Wall.Advance(TimeSpan.FromMinutes(121));
        await (await idle.GetAsync("/api/me")).Problem(401);

        using HttpClient busy = await server.Admin();
        for (int hour = 0; hour < 11; hour++)
        {
            server.Wall.Advance(TimeSpan.FromHours(1));
            await (await busy.GetAsync("/api/me")).Json();
        }
        server.Wall.Advance(TimeSpan.FromHours(1));
        await (await busy.GetAsync("/api/me")).Problem(401);
    }

    [Fact]
    public async Task The_legal_clock_may_run_a_year_without_ending_a_session()
    {
        using HttpClient admin = await server.Admin();
        server.Legal.Advance(TimeSpan.FromDays(365));
        JsonElement me = await (await admin.GetAsync("/api/me")).Json();
        Assert.Equal("2027-02-09T09:30:00+08:00", me.GetProperty("now").GetString());
    }

    [Theory]
    [InlineData("short", "/new")]
    [InlineData("ADMIN", "/new")]
    [InlineData(ApiServer.AdminPassword, "/new")]
    public async Task A_chosen_password_is_long_and_new(string chosen, string pointer)
    {
        using HttpClient admin = await server.Admin();
        JsonElement problem = await (await admin.PostAsJsonAsync("/api/password", new { current = ApiServer.AdminPassword, @new = chosen })).Problem(422);
        Assert.Equal(pointer, problem.GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Changing_the_password_ends_the_other_sessions()
    {
        using HttpClient here = await server.Admin();
        using HttpClient elsewhere = await server.Admin();
        await (await here.PostAsJsonAsync("/api/password", new { current = "wrong", @new = "a better password" })).Problem(422, "wrong-password");
        Assert.Equal(HttpStatusCode.NoContent, (await here.PostAsJsonAsync("/api/password", new { current = ApiServer.AdminPassword, @new = "a better password" })).StatusCode);
        await (await here.GetAsync("/api/me")).Json();
        await (await elsewhere.GetAsync("/api/me")).Problem(401);
    }

    [Fact]
    public async Task Only_the_hash_of_a_token_is_stored()
    {
        string token = await server.Token("admin", ApiServer.AdminPassword);
        Assert.NotNull(await server.Store.FindSession(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token))));
    }

    [Fact]
    public async Task Nothing_secret_is_logged()
    {
        string token = await server.Token("admin", ApiServer.AdminPassword);
        using HttpClient stranger = server.Stranger();
        await stranger.PostAsync("/hubs/monitor/negotiate?negotiateVersion=1&access_token=" + token, null);
        await LogIn("admin", "a very wrong password");
        Assert.DoesNotContain(server.Logs.Lines, line => line.Contains(token) || line.Contains("a very wrong password") || line.Contains(ApiServer.AdminPassword));
    }
}
