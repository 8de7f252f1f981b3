using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cluster.Silo.Operations;

/// <summary>Answers /metrics in a process that serves nothing else, to programs on the same machine: there are no accounts here to ask for.</summary>
public sealed class MetricsListener(string url, MeterTotals totals) : IHostedService
{
    private WebApplication? _app;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders();
        // The process is told to stop by somebody else.
        builder.Services.AddSingleton<IHostLifetime, Quiet>();
        _app = builder.Build();
        _app.MapGet("/metrics", context =>
        {
            if (context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address))
            {
                context.Response.ContentType = PrometheusText.ContentType;
                return context.Response.WriteAsync(PrometheusText.Of(totals), context.RequestAborted);
            }

            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            context.Response.ContentType = "application/problem+json";
            return context.Response.WriteAsync("""{"type":"urn:cluster:problem:forbidden","title":"Forbidden","status":403,"detail":"Only programs on this machine may read them.","code":"forbidden"}""", context.RequestAborted);
        });
        await _app.StartAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is null) return;
        await _app.StopAsync(cancellationToken);
        await _app.DisposeAsync();
    }

    private sealed class Quiet : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
