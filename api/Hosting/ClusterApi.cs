using Cluster.Api.Cases;
using Cluster.Api.Ingest;
using Cluster.Api.Live;
using Cluster.Api.Login;
using Cluster.Api.Rules;
using Cluster.Api.Units;
using Cluster.Contracts.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.FileProviders;

namespace Cluster.Api.Hosting;

/// <summary>What the API is made of. It needs a silo beside it: grains, storage and the clock of the law.</summary>
public static class ClusterApi
{
    // Contract chapter 2: out within 10 s of SIGTERM.
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);

    /// <summary>Adds the services of the API.</summary>
    public static IServiceCollection AddClusterApi(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Console.Out);
        AddLogin(services);
        services.AddSingleton<UnitDirectory>();
        services.AddSingleton<EventIntake>().AddSingleton<EventStream>();
        services.AddSingleton<AssessGate>().AddSingleton<RuleCounts>();
        AddLive(services);
        services.AddHealthChecks().AddCheck<ReadyCheck>("ready");
        services.AddApiDescription();
        services.ConfigureHttpJsonOptions(json => Json.Describe(json.SerializerOptions));
        services.KeepAddressesOut();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = Drain);
        services.Configure<KestrelServerOptions>(Limit);
        return services;
    }

    /// <summary>Builds the pipeline and maps every endpoint.</summary>
    /// <param name="app">The application.</param>
    /// <param name="dashboard">The files of the dashboard.</param>
    public static void MapClusterApi(this WebApplication app, IFileProvider dashboard)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseSinglePage(dashboard);
        app.UseAuthentication();
        app.UseMiddleware<SessionGuard>();
        app.UseAuthorization();
        app.MapHealth();
        app.MapOpenApi("/openapi/v1.json").AllowAnonymous();
        app.MapLogin();
        app.MapAccounts();
        app.MapEvents();
        app.MapCases();
        app.MapAlerts();
        app.MapRules();
        app.MapVocabulary();
        app.MapDrafts();
        app.MapBacktests();
        app.MapAssess();
        app.MapDeadlines();
        app.MapUnits();
        app.MapDepartments();
        app.MapHub<MonitorHub>(MonitorHub.Path, hub => hub.Transports = HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents);
    }

    private static void AddLogin(IServiceCollection services)
    {
        services.AddOptions<LoginOptions>();
        services.AddSingleton<Passwords>().AddSingleton<LoginBackoff>().AddSingleton<Sessions>();
        services.AddHostedService<Setup>();
        services.AddAuthentication(SessionHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.SchemeName, null);
        // What nobody declared open is closed, addresses that do not exist included.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    private static void AddLive(IServiceCollection services)
    {
        services.AddSingleton<FeedBroadcaster>();
        services.AddSingleton<ICommitObserver>(provider => provider.GetRequiredService<FeedBroadcaster>());
        services.AddSingleton<Snapshots>().AddSingleton<LiveServices>();
        services.AddSingleton<HubFailures>();
        services.AddSignalR(hub =>
        {
            hub.KeepAliveInterval = KeepAlive;
            hub.AddFilter(typeof(HubFailures));
        }).AddJsonProtocol(json => Json.Configure(json.PayloadSerializerOptions));
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        // Whatever reads a body has a limit of its own, and says so in a problem instead of closing the connection.
        kestrel.Limits.MaxRequestBodySize = RequestBody.Largest;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
    }
}
