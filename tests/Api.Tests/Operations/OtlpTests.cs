using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Cluster.Api.Hosting;
using Cluster.Api.Tests.World;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Cluster.Api.Tests.Operations;

/// <summary>The program with a collector beside it.</summary>
public sealed class OtlpTests : IAsyncLifetime
{
    private const string Password = "the first password";

    private readonly string directory = Directory.CreateTempSubdirectory("otlp").FullName;
    private readonly ConcurrentDictionary<string, StringBuilder> received = new();
    private WebApplication collector = null!;
    private string endpoint = null!;

    public async Task InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        collector = builder.Build();
        collector.MapPost("/{**signal}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            StringBuilder all = received.GetOrAdd(request.Path, _ => new StringBuilder());
            lock (all) all.Append(Encoding.UTF8.GetString(body.ToArray()));
            return Results.Ok();
        });
        await collector.StartAsync();
        endpoint = collector.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    public async Task DisposeAsync()
    {
        await collector.DisposeAsync();
        Directory.Delete(directory, true);
    }

    private string Received(string signal)
    {
        if (!received.TryGetValue("/v1/" + signal, out StringBuilder? all)) return "";
        lock (all) return all.ToString();
    }

    [Fact]
    public async Task Metrics_traces_and_logs_reach_the_collector_and_nothing_of_a_case_does()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        string url = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        free.Stop();
        var start = new ProcessStartInfo("dotnet", [typeof(ServerOptions).Assembly.Location, "--data", directory, "--urls", url]) { RedirectStandardOutput = true };
        start.Environment["CLUSTER_ADMIN_PASSWORD"] = Password;
        start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
        start.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        start.Environment["OTEL_METRIC_EXPORT_INTERVAL"] = "500";
        start.Environment["OTEL_BSP_SCHEDULE_DELAY"] = "200";
        start.Environment["OTEL_BLRP_SCHEDULE_DELAY"] = "200";
        using Process process = Process.Start(start)!;
        try
        {
            string? line;
            while ((line = await process.StandardOutput.ReadLineAsync()) is not null && !line.Contains("Application started", StringComparison.Ordinal))
            {
            }
            _ = process.StandardOutput.ReadToEndAsync();
            using var client = new HttpClient { BaseAddress = new Uri(url) };
            HttpResponseMessage login = await client.PostAsJsonAsync("/api/login", new { user = "admin", password = Password });
            string token = (await login.Json()).GetProperty("token").GetString()!;
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            Assert.Equal(["accepted"], (await (await client.PostAsync("/api/events", Events.One(Events.Plea("event-of-a-case", "case-to-keep-secret")))).Json()).Statuses());
            await (await client.GetAsync("/api/cases/case-to-keep-secret?asOf=2026-02-09T10:00:00%2B08:00")).Json();
            await using (HubClient hub = await HubClient.Connect(new Uri(url), token)) await hub.Watch("all");
            await Until(() => Received("metrics").Contains("cluster.events", StringComparison.Ordinal)
                && Received("traces").Contains("journal.commit", StringComparison.Ordinal) && Received("traces").Contains("/api/cases/{", StringComparison.Ordinal)
                && Received("logs").Contains("Application started", StringComparison.Ordinal));

            using Process kill = Process.Start("kill", ["-TERM", process.Id.ToString()]);
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            await process.WaitForExitAsync(patience.Token);
            Assert.Equal(0, process.ExitCode);
            foreach (string signal in (string[])["metrics", "traces", "logs"])
            {
                foreach (string secret in (string[])["case-to-keep-secret", "event-of-a-case", token]) Assert.DoesNotContain(secret, Received(signal));
            }
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private static async Task Until(Func<bool> condition)
    {
        for (int i = 0; i < 6_000; i++)
        {
            if (condition()) return;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
        Assert.Fail("It did not come to that.");
    }
}
