using Cluster.Api.Alerts;
using Cluster.Api.Audit;
using Cluster.Api.Cases;
using Cluster.Api.Ingest;
using Cluster.Api.Live;
#if ORLEANS
using Cluster.Api.Live.Packed;
#endif
using Cluster.Api.Login;
using Cluster.Api.Operations;
using Cluster.Api.Rules;
using Cluster.Api.Units;
using Cluster.Api.Wall;
using Cluster.Contracts.Storage;
using Cluster.Silo.Operations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace Cluster.Api.Hosting;

/// <summary>What the API is made of. It needs a silo beside it: grains, storage and the clock of the law.</summary>
public static class ClusterApi
{
    // Contract chapter 2: out within 10 s of SIGTERM.
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(8);

    // Open connections, idle ones and those of browsers included.
    private const int MostConnections = 4_096;

    // Bytes of a request not yet asked for, and of an answer not yet taken, that a connection holds.
    private const int BufferOfConnection = 64 * 1024;

    // Bytes a second, streams of events apart: a body that comes slower holds its place from others.
    private const int SlowestSender = 2_048;

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);

    /// <summary>Adds the services of the API.</summary>
    public static IServiceCollection AddClusterApi(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Console.Out);
        AddLogin(services);
        services.AddSingleton<UnitDirectory>();
        services.AddSingleton<Admission>().AddSingleton<CaseQueues>().AddSingleton<EventIntake>().AddSingleton<EventStream>().AddSingleton<IntakeMeters>();
        services.AddSingleton<AlertDesk>();
        services.AddSingleton<LargeAnswers>().AddSingleton<AssessGate>().AddSingleton<RuleCounts>();
        services.AddSingleton<AuditCheckGate>().AddSingleton<AuditedHub>().AddHostedService<AuditHeadLog>();
        AddLive(services);
        services.AddRequestLimits();
        services.AddNodeMeters(NodeServices.Serving);
        services.AddSingleton<StoreWatch>().AddHostedService(provider => provider.GetRequiredService<StoreWatch>());
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
        app.UseMiddleware<RequestSpans>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<Draining>();
        app.UseSinglePage(dashboard);
        app.UseAuthentication();
        app.UseMiddleware<AuditMiddleware>();
        app.UseMiddleware<SessionGuard>();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.MapHealth();
        app.MapOpenApi("/openapi/v1.json").AllowAnonymous().NotAudited("What the interface is.");
        app.MapLogin();
        app.MapAccounts();
        app.MapEvents();
        app.MapCases();
        app.MapReassign();
        app.MapAssignment();
        app.MapWall();
        app.MapAlerts();
        app.MapActs();
        app.MapNotices();
        app.MapRules();
        app.MapVocabulary();
        app.MapDrafts();
        app.MapBacktests();
        app.MapAssess();
        app.MapDeadlines();
        app.MapUnits();
        app.MapDepartments();
        app.MapRebalancing();
        app.MapAssignmentRecords();
        app.MapAudit();
        app.MapOperations();
        app.MapMetrics();
        app.MapHub<MonitorHub>(MonitorHub.Path, hub =>
        {
            LiveOptions live = app.Services.GetRequiredService<IOptions<LiveOptions>>().Value;
            hub.Transports = HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents;
            hub.TransportMaxBufferSize = hub.ApplicationMaxBufferSize = live.MostBuffered;
            // What the hub itself sends, answers and pings, is under the same rule as the feed.
            hub.TransportSendTimeout = live.LongestSend;
        }).NotAudited("What is watched over a connection is, by its filter.");
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
        services.AddHostedService<FeedCatchUp>();
        services.AddSingleton<Snapshots>().AddSingleton<Farewell>().AddSingleton<LiveMeters>().AddSingleton<LiveServices>();
        services.AddSingleton<HubFailures>();
        services.AddOptions<HubOptions>().Configure<IOptions<LiveOptions>>(static (hub, live) => hub.ClientTimeoutInterval = live.Value.Silence);
        services.AddSignalR(hub =>
        {
            hub.KeepAliveInterval = KeepAlive;
            hub.AddFilter(typeof(HubFailures));
            hub.AddFilter(typeof(AuditedHub));
        })
#if ORLEANS
        .AddPacked()
#endif
        .AddJsonProtocol(json => Json.Configure(json.PayloadSerializerOptions));
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        // Whatever reads a body has a limit of its own, and says so in a problem instead of closing the connection.
        kestrel.Limits.MaxRequestBodySize = RequestBody.Largest;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        // Who is beyond these finds the connection closed: there is nobody left to write an answer.
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = MostConnections / 2;
        kestrel.Limits.MaxRequestBufferSize = BufferOfConnection;
        kestrel.Limits.MaxResponseBufferSize = BufferOfConnection;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(SlowestSender, TimeSpan.FromSeconds(10));
    }
}
