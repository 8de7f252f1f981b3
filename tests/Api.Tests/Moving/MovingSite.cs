using System.Net.Http.Headers;
using System.Text.Json;
using Cluster.Api.Demo;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Api.Tests.World;
using Cluster.Contracts;
using Cluster.Silo;
using Cluster.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.FileProviders;

namespace Cluster.Api.Tests.Moving;

/// <summary>The whole system in this process on a store that outlives it, under a clock of the law that stands still until it is moved.</summary>
internal sealed class MovingSite : IAsyncDisposable
{
    private readonly WebApplication app;

    private MovingSite(WebApplication app, ManualTime legal)
    {
        this.app = app;
        Legal = legal;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public ManualTime Legal { get; }

    public Uri Address { get; }

    public HttpClient Admin { get; private set; } = null!;

    public string Token { get; private set; } = null!;

    public static async Task<MovingSite> Start(StorageOptions store, DateTimeOffset now)
    {
        var legal = new ManualTime(now);
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddClusterSilo(new SiloOptions { Storage = store });
        builder.Services.AddClusterApi(new ServerOptions { AdminPassword = DemoOffice.Password });
        builder.Services.Configure<LoginOptions>(login => login.Rounds = 1);
        builder.Services.AddSingleton(new LegalClock(legal));
        WebApplication app = builder.Build();
        app.MapClusterApi(new NullFileProvider());
        await app.StartAsync();
        var site = new MovingSite(app, legal);
        site.Token = await site.LogIn("admin");
        site.Admin = site.Client(site.Token);
        return site;
    }

    public async Task<string> LogIn(string user)
    {
        using HttpClient stranger = Client(null);
        JsonElement login = await (await stranger.PostAsJsonAsync("/api/login", new { user, password = DemoOffice.Password })).Json();
        return login.GetProperty("token").GetString()!;
    }

    public HttpClient Client(string? token)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Address };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
