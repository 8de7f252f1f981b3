using Cluster.Contracts.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cluster.Silo.Operations;

/// <summary>What a process needs to be watched while it runs.</summary>
public static class NodeServices
{
    /// <summary>The role of a process that serves HTTP: everything in one, or an api of a cluster.</summary>
#if ORLEANS
    public const string Serving = "api";
#else
    public const string Serving = "server";
#endif

    /// <summary>
    /// Adds <see cref="MeterTotals"/>, <see cref="NodeMeters"/> with their sampling, and export by OTLP where the environment asks for it. Who is added first keeps
    /// its role. <see cref="IClusterStatus"/> is this process alone, unless something that knows of others is there already or replaces it.
    /// </summary>
    public static IServiceCollection AddNodeMeters(this IServiceCollection services, string role)
    {
        if (services.Any(s => s.ServiceType == typeof(NodeMeters))) return services;
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IOperationalAlerts, OperationalAlerts>();
        services.AddSingleton(NodeIdentity.Of(role));
        services.AddSingleton<MeterTotals>();
        services.AddSingleton<RecentErrors>();
        services.AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<RecentErrors>());
        services.AddSingleton<NodeMeters>();
        services.AddHostedService<Sampling>();
        services.TryAddSingleton<IClusterStatus, OneNode>();
        if (Otlp.IsAsked) services.AddOtlp();
        return services;
    }

    /// <summary>The status of a cluster that is one process.</summary>
    private sealed class OneNode(NodeMeters meters, IOperationalAlerts board) : IClusterStatus
    {
        public Task<IReadOnlyList<OperationalAlert>> Alerts(CancellationToken cancellation) => Task.FromResult(board.Open);

        public Task<IReadOnlyList<NodeStatus>> Nodes(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<NodeStatus>>([meters.Status()]);
    }

    // It also makes the meters listen before anything is counted.
    private sealed class Sampling(NodeMeters meters, TimeProvider time) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(NodeMeters.Every, time);
            while (await timer.WaitForNextTickAsync(stoppingToken)) meters.Sample();
        }
    }
}
