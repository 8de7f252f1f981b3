using Cluster.Api.Audit;
using Cluster.Api.Operations;
using Cluster.Contracts.Operations;
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
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().NotAudited("Whether the process is up.");
        app.MapHealthChecks("/readyz", new HealthCheckOptions { ResponseWriter = Write }).AllowAnonymous().NotAudited("Whether the server is ready.");
    }

    // An operational alert does not make the server unready: it serves whomever it can.
    private static async Task Write(HttpContext context, HealthReport report)
    {
        string[] alerts = [.. context.RequestServices.GetRequiredService<IOperationalAlerts>().Open.CountBy(a => a.Kind).Select(k => $"{k.Key} {k.Value}")];
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync(alerts.Length == 0 ? $"{report.Status}" : $"{report.Status}\noperational alerts: {string.Join(", ", alerts)}", context.RequestAborted);
    }
}

/// <summary>Ready when everything has started, recovery included, and the store answers.</summary>
internal sealed class ReadyCheck(StoreWatch store, IHostApplicationLifetime lifetime) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!lifetime.ApplicationStarted.IsCancellationRequested) return HealthCheckResult.Unhealthy("starting");
        if (lifetime.ApplicationStopping.IsCancellationRequested) return HealthCheckResult.Unhealthy("stopping");
        StoreHealth health = await store.Check(cancellationToken);
        return health.Ready ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(health.Problem);
    }
}
