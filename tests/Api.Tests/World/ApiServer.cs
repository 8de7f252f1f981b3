using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cluster.Api.Hosting;
using Cluster.Api.Ingest;
using Cluster.Api.Login;
using Cluster.Cases.Assessment;
using Cluster.Contracts;
using Cluster.Contracts.Operations;
using Cluster.Contracts.Storage;
using Cluster.Silo.Operations;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.FileProviders;
using Orleans;

namespace Cluster.Api.Tests.World;

/// <summary>The whole API on a loopback port, over grains and a store in memory.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    public const string AdminPassword = "the first password";
    public const string Password = "correct horse battery";

    private readonly WebApplication app;

    private ApiServer(WebApplication app, MemoryStore store, FakeGrains grains, ManualTime legal, ManualTime wall, LogLines logs)
    {
        this.app = app;
        Store = store;
        Grains = grains;
        Legal = legal;
        Wall = wall;
        Logs = logs;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public MemoryStore Store { get; }

    public FakeGrains Grains { get; }

    public ManualTime Legal { get; }

    public ManualTime Wall { get; }

    public LogLines Logs { get; }

    public MemoryAudit Audit => app.Services.GetRequiredService<MemoryAudit>();

    public Uri Address { get; }

    /// <summary>What its hub clients speak.</summary>
    public string HubProtocol { get; set; } = "json";

    public StringWriter Console { get; private init; } = new();

    public IServiceProvider Services => app.Services;

    public static async Task<ApiServer> Start(
        string? adminPassword = AdminPassword, IFileProvider? dashboard = null, Action<IServiceCollection>? configure = null)
    {
        var legal = new ManualTime(TestClock.Start);
        var wall = new ManualTime(TestClock.Start);
        var store = new MemoryStore();
        var grains = new FakeGrains(store, legal);
        var logs = new LogLines();
        var console = new StringWriter();

        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        builder.Services
            .AddSingleton<TimeProvider>(wall).AddSingleton(new LegalClock(legal)).AddSingleton(new LiveCatalogue(Assessor.Default)).AddSingleton<TextWriter>(console)
            .AddSingleton<ICaseIndex>(store).AddSingleton<IRuleIndex>(store).AddSingleton<IFeedStore>(store).AddSingleton<IUnitIndex>(store).AddSingleton<IAccountStore>(store).AddSingleton<IStoreHealth>(store)
            .AddSingleton<IGrainFactory>(grains).AddSingleton<IOperationalAlerts, OperationalAlerts>()
            .AddSingleton<IAuditLog>(provider => provider.GetRequiredService<MemoryAudit>()).AddSingleton<MemoryAudit>()
            .AddClusterApi(new ServerOptions { AdminPassword = adminPassword })
            .Configure<LoginOptions>(login => login.Rounds = 1)
            .Configure<IntakeOptions>(intake => intake.Retries = []);
        configure?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        store.Observers.AddRange(app.Services.GetServices<ICommitObserver>());
        app.MapClusterApi(dashboard ?? new NullFileProvider());
        await app.StartAsync();
        return new ApiServer(app, store, grains, legal, wall, logs) { Console = console };
    }

    /// <summary>A client that sends no credentials and keeps no cookies.</summary>
    public HttpClient Stranger() => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };

    public HttpClient With(string token)
    {
        HttpClient client = Stranger();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public async Task<string> Token(string user, string password = Password)
    {
        using HttpClient stranger = Stranger();
        HttpResponseMessage response = await stranger.PostAsJsonAsync("/api/login", new { user, password });
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    public async Task<HttpClient> Admin() => With(await Token("admin", AdminPassword));

    /// <summary>Makes an account with roles and logs it in.</summary>
    public async Task<HttpClient> User(string user, string[] roles, string? procuratorate = null, string? department = null, string? prosecutor = null)
    {
        await AddUser(user, roles, procuratorate, department, prosecutor);
        return With(await Token(user));
    }

    public Task AddUser(string user, string[] roles, string? procuratorate = null, string? department = null, string? prosecutor = null) =>
        Store.Save(new Account(user, Services.GetRequiredService<Passwords>().Hash(Password, default).Result, false, roles, procuratorate, department, prosecutor));

    /// <summary>A city with two counties, each with a department and two prosecutors.</summary>
    public async Task DefineOffice()
    {
        using HttpClient admin = await Admin();
        async Task Put(string path, object body) => (await admin.PutAsJsonAsync(path, body)).EnsureSuccessStatusCode();
        await Put("/api/procuratorates/4228", new { name = "恩施州院", level = "city" });
        foreach (string code in (string[])["422826", "422827"])
        {
            await Put($"/api/procuratorates/{code}", new { name = code, level = "county", parent = "4228" });
            await Put($"/api/departments/{code}-1", new { name = "第一检察部", procuratorate = code, caseTypes = new[] { "PRO" } });
            await Put($"/api/prosecutors/{code}-p1", new { name = "甲", department = $"{code}-1" });
            await Put($"/api/prosecutors/{code}-p2", new { name = "乙", department = $"{code}-1" });
        }
    }

    public async Task Accept(string caseId, string procuratorate, string? department = null, string? prosecutor = null)
    {
        using HttpClient admin = await Admin();
        HttpResponseMessage response = await admin.PostAsync("/api/events", Events.One(Events.Accepted("accept-" + caseId, caseId, procuratorate, department, prosecutor)));
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}

/// <summary>CloudEvents as senders write them.</summary>
internal static class Events
{
    public static string Accepted(string id, string subject, string procuratorate, string? department = null, string? prosecutor = null) =>
        Event(id, subject, "case.accepted", JsonSerializer.Serialize(new
        {
            caseType = "PRO", procuratorate, department, prosecutor, receivedOn = "2026-02-09", suspects = new[] { new { suspect = "1" } },
        }, new JsonSerializerOptions { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull }));

    public static string Plea(string id, string subject) =>
        Event(id, subject, "plea.signed", """{"suspect":"1","lawyerPresent":true}""");

    public static string Event(string id, string subject, string type, string data, string source = "/test") =>
        $$"""{"specversion":"1.0","id":{{JsonSerializer.Serialize(id)}},"source":"{{source}}","type":"{{type}}","subject":{{JsonSerializer.Serialize(subject)}},"time":"2026-02-09T09:30:00+08:00","datacontenttype":"application/json","data":{{data}}}""";

    public static HttpContent One(string json) => Content(json, "application/cloudevents+json");

    public static HttpContent Batch(params IEnumerable<string> events) => Content("[" + string.Join(",", events) + "]", "application/cloudevents-batch+json");

    public static HttpContent Lines(params IEnumerable<string> lines) => Content(string.Join("\n", lines), "application/x-ndjson");

    public static HttpContent Content(string text, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }
}
