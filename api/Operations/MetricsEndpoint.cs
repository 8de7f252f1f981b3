using System.Net;
using Cluster.Api.Audit;
using Cluster.Api.Login;
using Cluster.Silo.Operations;

namespace Cluster.Api.Operations;

/// <summary>What this process has counted, for a Prometheus server.</summary>
internal static class MetricsEndpoint
{
    // Whoever sends one of these asks for somebody else.
    private static readonly string[] Forwarding = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"];

    public static void MapMetrics(this IEndpointRouteBuilder app) =>
        app.MapGet("/metrics", (MeterTotals totals) => Results.Text(PrometheusText.Of(totals), PrometheusText.ContentType))
            .RequireAuthorization(policy => policy.RequireAssertion(asked =>
                asked.User.IsInRole(Role.SystemAdmin) || (asked.Resource is HttpContext context && IsOfThisMachine(context))))
            .NotAudited("Numbers about the server; nothing of any case.").ExcludeFromDescription();

    /// <summary>Whether a program on this machine asks for itself. A proxy on it asks for others, and says so.</summary>
    private static bool IsOfThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !Forwarding.Any(context.Request.Headers.ContainsKey);
}
