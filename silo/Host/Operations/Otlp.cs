using System.Diagnostics;
using Cluster.Contracts.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Cluster.Silo.Operations;

/// <summary>
/// Sends metrics, traces and logs to a collector, set up by the environment variables of OpenTelemetry: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> switches it on, and
/// the others (protocol, headers, sampler, intervals) mean what they mean everywhere.
/// </summary>
internal static class Otlp
{
    private const string Switch = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static bool IsAsked => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(Switch));

    public static void AddOtlp(this IServiceCollection services)
    {
        services.AddLogging(logging => logging.AddOpenTelemetry(logs =>
        {
            // Scopes hold the addresses of requests.
            logs.IncludeScopes = false;
            logs.IncludeFormattedMessage = true;
            logs.SetResourceBuilder(Resource(NodeIdentity.Of(Role(services))));
            logs.AddProcessor(new WithoutWords());
            logs.AddOtlpExporter();
        }));
        services.AddHostedService<Exporting>();
    }

    private static string Role(IServiceCollection services) =>
        services.Select(s => s.ImplementationInstance).OfType<NodeIdentity>().First().Role;

    private static ResourceBuilder Resource(NodeIdentity node) => ResourceBuilder.CreateDefault()
        // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES come after it, and win.
        .Clear().AddService("cluster", serviceVersion: node.Version, serviceInstanceId: node.Name).AddAttributes([new("cluster.role", node.Role)])
        .AddTelemetrySdk().AddEnvironmentVariableDetector();

    /// <summary>Exports from the start of the host to its end, and what is left then.</summary>
    private sealed class Exporting(NodeIdentity node) : IHostedService, IDisposable
    {
        private MeterProvider? _metrics;
        private TracerProvider? _traces;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Resource(node))
                .AddMeter("Cluster.*", "Microsoft.AspNetCore.*", "Microsoft.Orleans*", "System.Runtime")
                .AddOtlpExporter().Build();
            _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Resource(node))
                .AddSource(Tracing.SourceName, "Microsoft.AspNetCore", "Microsoft.Orleans.Application")
                .AddProcessor(new WithoutAddresses())
                .AddOtlpExporter().Build();
            return Task.CompletedTask;
        }

        public async Task StopAsync(CancellationToken cancellationToken) => await Task.Run(Dispose, cancellationToken);

        public void Dispose()
        {
            Interlocked.Exchange(ref _metrics, null)?.Dispose();
            Interlocked.Exchange(ref _traces, null)?.Dispose();
        }
    }

    /// <summary>Takes the addresses of requests out of their spans, should a framework put them there: they name cases, and in a query may be a token. The route stays.</summary>
    private sealed class WithoutAddresses : BaseProcessor<Activity>
    {
        private static readonly string[] Addresses = ["url.path", "url.query", "url.full", "http.target", "http.url"];

        public override void OnEnd(Activity data)
        {
            foreach (var address in Addresses) data.SetTag(address, null);
        }
    }

    /// <summary>Leaves of an exception its type and where it was thrown: its message may quote what was in a case, and a collector is another machine.</summary>
    private sealed class WithoutWords : BaseProcessor<LogRecord>
    {
        public override void OnEnd(LogRecord data)
        {
            if (data.Exception is not { } exception) return;
            data.Attributes =
            [
                .. data.Attributes ?? [],
                new("exception.type", exception.GetType().FullName),
                new("exception.stacktrace", exception.StackTrace),
            ];
            data.Exception = null;
        }
    }
}
