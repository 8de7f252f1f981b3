using Cluster.Contracts.Storage;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cluster.Api.Hosting;

/// <summary>/healthz and /readyz (contract chapter 2).</summary>
internal static class Health
{
    public static bool IsHealth(PathString path) => path == "/healthz" || path == "/readyz";

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/readyz").AllowAnonymous();
    }
}

/// <summary>Ready when everything has started, recovery included, and the store answers.</summary>
internal sealed class ReadyCheck(IStoreHealth store, IHostApplicationLifetime lifetime) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!lifetime.ApplicationStarted.IsCancellationRequested) return HealthCheckResult.Unhealthy("starting");
        if (lifetime.ApplicationStopping.IsCancellationRequested) return HealthCheckResult.Unhealthy("stopping");
        StoreHealth health = await store.Check(cancellationToken);
        return health.Ready ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(health.Problem);
    }
}
