using Cluster.Contracts;
using Cluster.Contracts.Operations;
using Cluster.Contracts.Storage;
using Cluster.Silo.Rules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Orleans.Serialization;

namespace Cluster.Silo.Clustered;

/// <summary>The processes of a cluster: silos, which hold the grains, and clients of them, which serve people.</summary>
public static class ClusterNode
{
    /// <summary>Makes the process a silo.</summary>
    public static async Task AddSilo(this IHostApplicationBuilder builder, SiloOptions options, NodeOptions node, CancellationToken cancellation = default)
    {
        options = await Join(options, node, cancellation);
        var connection = OrleansTables.ConnectionString(node.Store);
        builder.Services.AddProcess(options);
        builder.Services.Configure<ExceptionSerializationOptions>(Describe);
        builder.Services.AddSingleton(options.Due);
        builder.Services.AddSingleton<RulesAtHand>();
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (node.ClusterId, node.ServiceId));
            if (node.Advertised is { } address) silo.ConfigureEndpoints(address, node.SiloPort, node.GatewayPort, listenOnAnyHostAddress: false);
            else silo.ConfigureEndpoints(node.SiloPort, node.GatewayPort);
            silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (OrleansTables.Invariant, connection));
            silo.UseAdoNetReminderService(o => (o.Invariant, o.ConnectionString) = (OrleansTables.Invariant, connection));
            silo.AddAdoNetGrainStorage("snapshots", o => (o.Invariant, o.ConnectionString) = (OrleansTables.Invariant, connection));
            silo.Configure<ClusterMembershipOptions>(Membership.Set);
            silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = Membership.LongestCall);
            // Cases are many and small: by hash they spread evenly, and every silo can tell where one belongs.
            silo.Services.AddSingleton<PlacementStrategy, HashBasedPlacement>();
            silo.Services.AddPlacementDirector<OnItsSilo, OnItsSiloDirector>();
            silo.Services.AddPlacementDirector<ShardPlacement, ShardPlacementDirector>();
            silo.Services.AddSingleton<IIncomingGrainCallFilter>(provider => provider.GetRequiredService<RulesAtHand>());
            silo.AddOutgoingGrainCallFilter<AskAgain>();
            silo.AddActivityPropagation();
        });
        builder.Services.AddGrainParts();
        // From here on in this order, once the silo is one of the cluster.
        builder.Services.AddHostedService<CatalogueFollower>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<RulesAtHand>());
        builder.Services.AddSingleton(new ShardCount(ShardCount.Default));
        builder.Services.AddSingleton<ShardRouter>().AddSingleton<ICommitObserver>(provider => provider.GetRequiredService<ShardRouter>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ShardRouter>());
        builder.Services.AddHostedService<ShardKeeper>();
        builder.Services.AddSingleton<FeedRelay>().AddSingleton<ICommitObserver>(provider => provider.GetRequiredService<FeedRelay>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<FeedRelay>());
        builder.Services.AddHostedService<DepartmentReviews>();
    }

    /// <summary>Makes the process a client of the silos.</summary>
    public static async Task AddClient(this IHostApplicationBuilder builder, SiloOptions options, NodeOptions node, CancellationToken cancellation = default)
    {
        options = await Join(options, node, cancellation);
        builder.Services.AddProcess(options);
        builder.Services.Configure<ExceptionSerializationOptions>(Describe);
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (node.ClusterId, node.ServiceId));
            client.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (OrleansTables.Invariant, OrleansTables.ConnectionString(node.Store)));
            client.Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = Membership.GatewayRefresh);
            client.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = Membership.LongestCall);
            client.UseConnectionRetryFilter(Membership.ConnectAgain);
            client.AddOutgoingGrainCallFilter<AskAgain>();
            client.AddActivityPropagation();
        });
        builder.Services.AddHostedService<CatalogueFollower>();
        builder.Services.AddHostedService<FeedFollower>();
        builder.Services.AddSingleton<IClusterStatus, ClusterStatus>();
    }

    // What a store threw tells the caller of a grain what to answer.
    private static void Describe(ExceptionSerializationOptions options)
    {
        options.SupportedNamespacePrefixes.Add("Cluster");
        options.SupportedNamespacePrefixes.Add("Npgsql");
    }

    // A simulated clock that starts in one process goes on in all.
    private static async Task<SiloOptions> Join(SiloOptions options, NodeOptions node, CancellationToken cancellation)
    {
        await OrleansTables.Prepare(node.Store, cancellation);
        return options.ClockStart is { } start ? options with { ClockStart = start + (await OrleansTables.SinceClockStarted(node.Store, cancellation) * options.ClockSpeed) } : options;
    }
}
