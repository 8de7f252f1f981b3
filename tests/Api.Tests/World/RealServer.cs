using System.Net.Http.Headers;
using System.Text.Json;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Silo;
using Cluster.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.FileProviders;

namespace Cluster.Api.Tests.World;

/// <summary>The whole system in one process on a directory of its own: engine, grains, store and API. It can be started again on the same store.</summary>
internal sealed class RealServer : IAsyncDisposable
{
    public const string AdminPassword = "the first password";

    private readonly string directory = Directory.CreateTempSubdirectory("cluster").FullName;
    private readonly DateTimeOffset clockStart;
    private readonly Action<IServiceCollection>? configure;
    private WebApplication? app;

    private RealServer(DateTimeOffset clockStart, Action<IServiceCollection>? configure) => (this.clockStart, this.configure) = (clockStart, configure);

    public IServiceProvider Services => app!.Services;

    public Uri Address { get; private set; } = null!;

    /// <summary>The file of the store.</summary>
    public string StoreFile => Path.Combine(directory, "cluster.db");

    public HttpClient Admin { get; private set; } = null!;

    public string Token { get; private set; } = null!;

    /// <summary>Starts it on an empty store.</summary>
    /// <param name="configure">Replaces services, at every start.</param>
    /// <param name="clockStart">Where the legal clock starts; the morning of the test's first event unless said otherwise.</param>
    public static async Task<RealServer> Start(DateTimeOffset? clockStart = null, Action<IServiceCollection>? configure = null)
    {
        var server = new RealServer(clockStart ?? TestClock.Start, configure);
        await server.StartAgain();
        using HttpClient stranger = server.Client(null);
        HttpResponseMessage login = await stranger.PostAsJsonAsync("/api/login", new { user = "admin", password = AdminPassword });
        server.Token = (await login.Json()).GetProperty("token").GetString()!;
        server.Admin = server.Client(server.Token);
        return server;
    }

    public async Task StartAgain()
    {
        if (app is not null) await Stop();
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddClusterSilo(new SiloOptions
        {
            Storage = new StorageOptions { Directory = directory },
            ClockStart = clockStart,
        });
        builder.Services.AddClusterApi(new ServerOptions { AdminPassword = AdminPassword });
        builder.Services.Configure<LoginOptions>(login => login.Rounds = 1);
        configure?.Invoke(builder.Services);
        app = builder.Build();
        app.MapClusterApi(new NullFileProvider());
        await app.StartAsync();
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        if (Token is not null)
        {
            Admin.Dispose();
            Admin = Client(Token);
        }
    }

    public HttpClient Client(string? token)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Address };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public async Task<JsonElement> Get(string path) => await (await Admin.GetAsync(path)).Json();

    public async Task<JsonElement> Case(string id) => await Get("/api/cases/" + Uri.EscapeDataString(id));

    public async Task<string[]> Send(params string[] events) => (await (await Admin.PostAsync("/api/events", Events.Batch(events))).Json()).Statuses();

    /// <summary>One county with one department and three prosecutors.</summary>
    public async Task DefineOffice()
    {
        async Task Put(string path, object body) => await (await Admin.PutAsJsonAsync(path, body)).Json();
        await Put("/api/procuratorates/422826", new { name = "巴东县人民检察院", level = "county" });
        await Put("/api/departments/422826-1", new { name = "第一检察部", procuratorate = "422826", caseTypes = new[] { "PRO", "ARR" } });
        foreach (string id in (string[])["p1", "p2", "p3"]) await Put("/api/prosecutors/" + id, new { name = id, department = "422826-1" });
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Stop();
        Directory.Delete(directory, true);
    }

    private async Task Stop()
    {
        await app!.StopAsync();
        await app.DisposeAsync();
    }
}
