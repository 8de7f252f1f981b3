using System.Net;
using System.Text.Json;
using Cluster.Api.Tests.World;
using Microsoft.Extensions.FileProviders;

namespace Cluster.Api.Tests;

public sealed class ServerTests : IAsyncLifetime
{
    private readonly string directory = Directory.CreateTempSubdirectory("dashboard").FullName;
    private ApiServer server = null!;
    private HttpClient stranger = null!;

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(directory, "assets"));
        await File.WriteAllTextAsync(Path.Combine(directory, "index.html"), "<!doctype html><title>Dashboard</title>");
        await File.WriteAllTextAsync(Path.Combine(directory, "light.svg"), "<svg/>");
        await File.WriteAllTextAsync(Path.Combine(directory, "assets", "index-8f3a.js"), "export {}");
        server = await ApiServer.Start(dashboard: new PhysicalFileProvider(directory));
        stranger = server.Stranger();
    }

    public async Task DisposeAsync()
    {
        stranger.Dispose();
        await server.DisposeAsync();
        Directory.Delete(directory, true);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/wall")]
    [InlineData("/cases/%E5%92%B8%E6%A3%80%5B2026%5D1%E5%8F%B7")]
    [InlineData("/index.html")]
    public async Task Every_view_of_the_dashboard_is_its_page_and_is_never_cached(string path)
    {
        HttpResponseMessage response = await stranger.GetAsync(path);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Dashboard", await response.Content.ReadAsStringAsync());
        Assert.True(response.Headers.CacheControl!.NoStore || response.Headers.CacheControl.NoCache);
    }

    [Fact]
    public async Task Files_with_a_hash_in_their_name_are_kept_for_ever()
    {
        HttpResponseMessage asset = await stranger.GetAsync("/assets/index-8f3a.js");
        Assert.Equal("text/javascript", asset.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", asset.Headers.CacheControl!.ToString());
        Assert.True((await stranger.GetAsync("/light.svg")).Headers.CacheControl!.NoCache);
        Assert.NotEqual(HttpStatusCode.OK, (await stranger.GetAsync("/assets/index-old.js")).StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/me")]
    [InlineData("/healthz")]
    [InlineData("/assets/index-8f3a.js")]
    public async Task Every_answer_has_the_security_headers(string path)
    {
        HttpResponseMessage response = await stranger.GetAsync(path);
        string Header(string name) => string.Join(",", response.Headers.GetValues(name));
        Assert.StartsWith("default-src 'self'", Header("Content-Security-Policy"));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.Equal("same-origin", Header("Referrer-Policy"));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Answers_about_cases_are_kept_by_no_cache()
    {
        using HttpClient admin = await server.Admin();
        Assert.True((await admin.GetAsync("/api/me")).Headers.CacheControl!.NoStore);
        Assert.Contains("private", (await admin.GetAsync("/api/cases")).Headers.CacheControl!.ToString());
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/openapi/v1.json")]
    public async Task Health_and_description_need_no_login(string path) =>
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(path)).StatusCode);

    [Fact]
    public async Task A_store_that_does_not_answer_makes_the_server_unready_but_not_dead()
    {
        server.Store.Ready = false;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await stranger.GetAsync("/readyz")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/healthz")).StatusCode);
    }

    [Fact]
    public async Task The_description_names_every_endpoint_with_its_failures()
    {
        JsonElement document = JsonDocument.Parse(await stranger.GetStringAsync("/openapi/v1.json")).RootElement;
        JsonElement paths = document.GetProperty("paths");
        foreach (JsonProperty path in paths.EnumerateObject())
        {
            foreach (JsonProperty operation in path.Value.EnumerateObject())
            {
                string name = $"{operation.Name} {path.Name}";
                Assert.True(operation.Value.TryGetProperty("summary", out _), name);
                JsonElement responses = operation.Value.GetProperty("responses");
                Assert.Contains(responses.EnumerateObject(), r => r.Name[0] is '2');
                foreach (JsonProperty response in responses.EnumerateObject().Where(r => r.Name[0] is '4' or '5'))
                    Assert.True(response.Value.GetProperty("content").TryGetProperty("application/problem+json", out _), name);
                foreach (string parameter in path.Name.Split('{').Skip(1).Select(p => p.Split('}')[0]))
                    Assert.Contains(operation.Value.GetProperty("parameters").EnumerateArray(), p => p.GetProperty("name").GetString() == parameter);
            }
        }
        Assert.True(paths.TryGetProperty("/api/cases/{id}", out _));
        JsonElement content = paths.GetProperty("/api/events").GetProperty("post").GetProperty("requestBody").GetProperty("content");
        Assert.Equal(["application/cloudevents+json", "application/cloudevents-batch+json", "application/x-ndjson"], content.EnumerateObject().Select(c => c.Name));
        JsonElement row = document.GetProperty("components").GetProperty("schemas").GetProperty("CaseListItem").GetProperty("properties");
        Assert.Equal("date-time", row.GetProperty("updatedAt").GetProperty("format").GetString());
        Assert.Equal("string", row.GetProperty("updatedAt").GetProperty("type").GetString());
        Assert.Equal("integer", row.GetProperty("version").GetProperty("type").GetString());
        JsonElement schemas = document.GetProperty("components").GetProperty("schemas");
        foreach (string schema in (string[])["CaseBody", "AlertBody", "DeadlineBody", "CasePage", "Problem", "CloudEvent", "EventResults", "LoginAnswer", "WorkloadAnswer"])
            Assert.True(schemas.TryGetProperty(schema, out _), schema);
    }
}
