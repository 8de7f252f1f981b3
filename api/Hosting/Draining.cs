using Cluster.Api.Live;

namespace Cluster.Api.Hosting;

/// <summary>
/// Once the server is to stop it takes nothing more, over connections that are still open neither: whoever was let in before is answered, and a screen that
/// reconnects at once must not hold the drain up.
/// </summary>
internal sealed class Draining(RequestDelegate next, IHostApplicationLifetime lifetime, Farewell farewell)
{
    private static readonly Problem Stopping = Problem.Of(503, "stopping", "The server is stopping; try again later.") with { RetryAfter = 5 };

    public Task InvokeAsync(HttpContext context)
    {
        if (!lifetime.ApplicationStopping.IsCancellationRequested || Health.IsHealth(context.Request.Path))
            return context.Request.Path.StartsWithSegments("/hubs") ? farewell.Serve(next(context)) : next(context);
        context.Response.Headers.Connection = "close";
        throw new ProblemException(Stopping);
    }
}
