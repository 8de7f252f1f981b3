using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Cluster.Api.Tests.World;
using Cluster.Contracts.Operations;
using Cluster.Silo.Operations;

namespace Cluster.Api.Tests.Operations;

/// <summary>How a node says that it is doing.</summary>
public sealed class StatusTests
{
    private static JsonElement Of(JsonElement counts, string name) => counts.EnumerateArray().Single(c => c.GetProperty("name").GetString() == name).GetProperty("count");

    [Fact]
    public async Task A_server_tells_an_administrator_what_it_does()
    {
        await using RealServer server = await RealServer.Start();
        await server.DefineOffice();
        await server.Send(Events.Accepted("1", "咸检1号", "422826", "422826-1", "p1"), Events.Plea("2", "另案"));
        await using HubClient hub = await HubClient.Connect(server.Address, server.Token);
        await hub.Watch("all");

        JsonElement status = await server.Get("/api/ops/status");
        JsonElement node = Assert.Single(status.GetProperty("nodes").EnumerateArray());
        Assert.Equal(("server", "running"), (node.GetProperty("role").GetString(), node.GetProperty("state").GetString()));
        Assert.Equal(2, Of(node.GetProperty("activations"), "case").GetInt32());
        Assert.Equal(["events", "calls", "journal", "wakes", "failing"], node.GetProperty("queues").EnumerateArray().Select(q => q.GetProperty("name").GetString()!));
        Assert.True(node.GetProperty("eventsPerSecond").GetDouble() > 0);
        Assert.True(node.GetProperty("callsPerSecond").GetDouble() > 0);
        JsonElement commit = node.GetProperty("commit");
        Assert.True(commit.GetProperty("count").GetInt64() >= 2);
        Assert.True(commit.GetProperty("p50").GetDouble() is > 0 and var half && half <= commit.GetProperty("p99").GetDouble());
        Assert.Equal(1, node.GetProperty("reply").GetProperty("count").GetInt64());
        Assert.Equal(1, node.GetProperty("hubClients").GetInt32());
        Assert.True(node.GetProperty("window").GetDouble() > 0);
        Assert.DoesNotContain("咸检", status.ToString());
        Assert.DoesNotContain("422826", status.ToString());
    }

    [Fact]
    public async Task Of_errors_it_tells_kind_time_number_and_type_and_of_cases_nothing()
    {
        await using ApiServer server = await ApiServer.Start();
        server.Services.GetRequiredService<IOperationalAlerts>().Raise(OperationalKind.CaseUnassessed, "咸检1号", "detail", new IOException("words of a case"));
        server.Services.GetRequiredService<IOperationalAlerts>().Raise(OperationalKind.CaseUnassessed, "咸检2号");
        ILogger log = server.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Cluster.Somewhere.Writer");
        log.LogError(new EventId(4101), new TimeoutException("words of a case"), "words of a case");
        server.Wall.Advance(TimeSpan.FromSeconds(1));
        log.LogError(new EventId(4101), "words of a case");
        log.LogWarning(new EventId(4102), "no error");

        using HttpClient admin = await server.Admin();
        string body = await admin.GetStringAsync("/api/ops/status");
        JsonElement[] errors = [.. JsonDocument.Parse(body).RootElement.GetProperty("nodes")[0].GetProperty("errors").EnumerateArray()];
        Assert.Equal(
            [("case-unassessed", 2, nameof(IOException), true), ("Writer 4101", 2, nameof(TimeoutException), false)],
            errors.Select(e => (e.GetProperty("kind").GetString()!, e.GetProperty("count").GetInt32(), e.GetProperty("error").GetString()!, e.GetProperty("open").GetBoolean())).Take(2));
        Assert.Equal(server.Wall.GetUtcNow(), errors[1].GetProperty("last").GetDateTimeOffset());
        Assert.DoesNotContain("words of a case", body);
        Assert.DoesNotContain("咸检", body);
        Assert.DoesNotContain("4102", body);
    }

    [Fact]
    public async Task Rates_and_latencies_are_those_of_the_last_minute()
    {
        await using ApiServer server = await ApiServer.Start();
        Meter meter = server.Services.GetRequiredService<IMeterFactory>().Create("Cluster.Test");
        Histogram<double> commits = meter.CreateHistogram("cluster.journal.commit.duration", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.02, 0.1] });
        Counter<long> calls = meter.CreateCounter<long>("cluster.engine.calls");
        var time = new Steady();
        NodeMeters node = ActivatorUtilities.CreateInstance<NodeMeters>(server.Services, time);

        for (int i = 0; i < 100; i++) commits.Record(0.015);
        calls.Add(600);
        Pass(60);
        NodeStatus busy = node.Status();
        Assert.Equal((60, 10, 100), (busy.Window, busy.CallsPerSecond, busy.Commit.Count));
        Assert.Equal((0.015, 0.0199), (Math.Round(busy.Commit.P50!.Value, 4), Math.Round(busy.Commit.P99!.Value, 4)));

        Pass(65);
        NodeStatus idle = node.Status();
        Assert.Equal((60, 0, 0, null), (idle.Window, idle.CallsPerSecond, idle.Commit.Count, idle.Commit.P50));
        commits.Record(3);
        Assert.Equal(0.1, node.Status().Commit.P99);

        void Pass(int seconds)
        {
            for (int i = 0; i < seconds; i += 5)
            {
                time.Advance(NodeMeters.Every);
                node.Sample();
            }
        }
    }

    [Fact]
    public async Task A_process_that_serves_nothing_else_answers_metrics_on_a_port_of_their_own()
    {
        await using ApiServer server = await ApiServer.Start();
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        string url = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        free.Stop();
        var listener = new MetricsListener(url, server.Services.GetRequiredService<MeterTotals>());
        await listener.StartAsync(default);
        using var scraper = new HttpClient();
        Assert.Contains("cluster_node_info{", await scraper.GetStringAsync(url + "/metrics"));
        await listener.StopAsync(default);
        await Assert.ThrowsAsync<HttpRequestException>(() => scraper.GetStringAsync(url + "/metrics"));
    }

    [Fact]
    public async Task Past_so_many_sets_of_tags_the_rest_are_one()
    {
        await using ApiServer server = await ApiServer.Start();
        Counter<long> counter = server.Services.GetRequiredService<IMeterFactory>().Create("Cluster.Test").CreateCounter<long>("cluster.test");
        for (int i = 0; i < 5_000; i++) counter.Add(1, new KeyValuePair<string, object?>("n", i));
        string[] lines = [.. PrometheusText.Of(server.Services.GetRequiredService<MeterTotals>()).Split('\n').Where(l => l.StartsWith("cluster_test_total", StringComparison.Ordinal))];
        Assert.Equal(1_001, lines.Length);
        Assert.Contains("""cluster_test_total{overflow="true"} 4000""", lines);
    }

    [Fact]
    public async Task A_known_series_is_counted_without_allocating()
    {
        await using ApiServer server = await ApiServer.Start();
        Counter<long> counter = server.Services.GetRequiredService<IMeterFactory>().Create("Cluster.Test").CreateCounter<long>("cluster.test");
        for (int i = 0; i < 100; i++) Count();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++) Count();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Count() => counter.Add(1, new KeyValuePair<string, object?>("outcome", "accepted"), new KeyValuePair<string, object?>("of", "events"));
    }

    /// <summary>A clock of which only what has passed is asked.</summary>
    private sealed class Steady : TimeProvider
    {
        private TimeSpan passed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan by) => passed += by;

        public override long GetTimestamp() => passed.Ticks;
    }
}
