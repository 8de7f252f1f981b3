using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests.Operations;

/// <summary>What a Prometheus server reads, and who may be one.</summary>
public sealed partial class MetricsTests : IAsyncLifetime
{
    private IPAddress? elsewhere;
    private RealServer server = null!;

    public async Task InitializeAsync()
    {
        server = await RealServer.Start(configure: services => services.AddSingleton<IStartupFilter>(new From(() => elsewhere)));
        await server.DefineOffice();
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    private async Task<string> Scrape()
    {
        using HttpClient scraper = server.Client(null);
        HttpResponseMessage answer = await scraper.GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<HttpClient> User(string role)
    {
        await (await server.Admin.PutAsJsonAsync("/api/users/u", new { password = "a password of an account", mustChangePassword = false, roles = new[] { role }, procuratorate = "422826" })).Json();
        using HttpClient stranger = server.Client(null);
        HttpResponseMessage login = await stranger.PostAsJsonAsync("/api/login", new { user = "u", password = "a password of an account" });
        return server.Client((await login.Json()).GetProperty("token").GetString());
    }

    [Fact]
    public async Task Events_commits_grains_and_screens_are_counted()
    {
        await using HubClient hub = await HubClient.Connect(server.Address, server.Token);
        await hub.Watch("all");
        Assert.Equal(["accepted", "accepted"], await server.Send(Events.Accepted("1", "a", "422826", "422826-1", "p1"), Events.Plea("2", "a")));
        Assert.Equal(["duplicate", "rejected"], await server.Send(Events.Plea("2", "a"), Events.Event("3", "a", "no.such", "{}")));
        await hub.Feed(1);

        Dictionary<string, double> samples = await Until(s => s.GetValueOrDefault("cluster_hub_items_total") >= 1);
        Assert.Equal(2, samples["""cluster_events_total{outcome="accepted"}"""]);
        Assert.Equal(1, samples["""cluster_events_total{outcome="duplicate"}"""]);
        Assert.Equal(1, samples["""cluster_events_total{outcome="rejected"}"""]);
        Assert.Equal(2, samples["cluster_events_latency_seconds_count"]);
        Assert.Equal(1, samples["cluster_hub_clients"]);
        Assert.True(samples["cluster_feed_lag_seconds_count"] >= 1);
        Assert.True(samples["cluster_journal_commit_duration_seconds_count"] >= samples["cluster_journal_group_size_count"]);
        Assert.True(samples["cluster_journal_group_duration_seconds_count"] >= samples["cluster_journal_group_size_count"]);
        Assert.Equal(0, samples["cluster_journal_waiting"]);
        // Two of the sender, one that assigns the case.
        Assert.True(samples["cluster_journal_events_total"] >= 3);
        Assert.Equal(1, samples["""cluster_engine_activations{kind="case"}"""]);
        Assert.True(samples["""cluster_engine_calls_total{kind="case"}"""] >= 1);
        Assert.Equal(0, samples["""cluster_engine_calls_waiting{kind="case"}"""]);
        Assert.Equal(0, samples["cluster_events_pending"]);
        Assert.True(samples.ContainsKey("cluster_due_waiting"));
        Assert.Contains(samples, s => s.Key.StartsWith("http_server_request_duration_seconds_count{", StringComparison.Ordinal) && s.Key.Contains("http_route=\"/api/events\"", StringComparison.Ordinal));
        Assert.Contains(samples, s => s.Key.StartsWith("dotnet_", StringComparison.Ordinal));
        Assert.Contains(samples, s => s.Key.StartsWith("cluster_node_info{", StringComparison.Ordinal) && s.Key.Contains("role=\"server\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_line_is_of_the_format_and_every_histogram_adds_up()
    {
        await server.Send(Events.Accepted("1", "a", "422826"));
        var types = new Dictionary<string, string>();
        var buckets = new Dictionary<string, double>();
        string text = await Scrape();
        Assert.EndsWith("\n", text);
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal)) continue;
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                string[] words = line.Split(' ');
                Assert.True(types.TryAdd(words[2], words[3]), $"{words[2]} has two types");
                continue;
            }
            Match sample = Sample().Match(line);
            Assert.True(sample.Success, line);
            string name = sample.Groups["name"].Value, tags = sample.Groups["tags"].Value;
            double value = double.Parse(sample.Groups["value"].Value, CultureInfo.InvariantCulture);
            string family = types.ContainsKey(name) ? name : Part().Replace(name, "");
            Assert.True(types.TryGetValue(family, out string? type), $"{name} comes before its type");
            if (type == "counter") Assert.EndsWith("_total", family);
            if (type != "histogram") continue;
            string series = family + Bound().Replace(tags, "").TrimEnd(',');
            if (name.EndsWith("_bucket", StringComparison.Ordinal))
            {
                Assert.True(value >= buckets.GetValueOrDefault(series), $"{line} is less than the bucket before");
                buckets[series] = value;
            }
            else if (name.EndsWith("_count", StringComparison.Ordinal))
            {
                Assert.Equal(buckets[series], value);
            }
        }
        Assert.True(buckets.Count > 3);
    }

    [Fact]
    public async Task Nothing_of_a_case_is_in_them()
    {
        await server.Send(Events.Accepted("event-of-a-case", "咸检起诉受[2026]1号", "422826", "422826-1", "p1"));
        await server.Case("咸检起诉受[2026]1号");
        await server.Get("/api/cases?q=%E5%BC%A0%E6%9F%90");
        string text = await Scrape();
        foreach (string content in (string[])["咸检", "%E5", "event-of-a-case", "422826", "p1\"", server.Token]) Assert.DoesNotContain(content, text);
    }

    [Fact]
    public async Task From_elsewhere_only_a_system_administrator_reads_them()
    {
        elsewhere = IPAddress.Parse("192.0.2.7");
        using HttpClient stranger = server.Client(null);
        await (await stranger.GetAsync("/metrics")).Problem(401, "not-logged-in");
        using (HttpClient monitor = await User("monitor")) await (await monitor.GetAsync("/metrics")).Problem(403, "forbidden");
        using (HttpClient administrator = await User("system-admin")) Assert.Equal(HttpStatusCode.OK, (await administrator.GetAsync("/metrics")).StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "192.0.2.7")]
    [InlineData("Forwarded", "for=192.0.2.7")]
    [InlineData("Via", "1.1 proxy")]
    public async Task What_a_proxy_on_this_machine_passes_on_is_not_of_this_machine(string header, string value)
    {
        using HttpClient stranger = server.Client(null);
        stranger.DefaultRequestHeaders.Add(header, value);
        await (await stranger.GetAsync("/metrics")).Problem(401, "not-logged-in");
    }

    private async Task<Dictionary<string, double>> Until(Func<Dictionary<string, double>, bool> condition)
    {
        for (int i = 0; ; i++)
        {
            Dictionary<string, double> samples = (await Scrape()).Split('\n').Select(line => Sample().Match(line)).Where(m => m.Success)
                .ToDictionary(m => m.Groups["name"].Value + m.Groups["tags"].Value, m => double.Parse(m.Groups["value"].Value, CultureInfo.InvariantCulture));
            if (condition(samples)) return samples;
            Assert.True(i < 500, "It did not come to that.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<tags>\{[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\]|\\["\\n])*"(?:,[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\]|\\["\\n])*")*\})? (?<value>\+Inf|-Inf|NaN|-?[0-9.]+(?:E[+-]?[0-9]+)?)$""")]
    private static partial Regex Sample();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Part();

    [GeneratedRegex(""",?le="[^"]*"\}?|\}$|^\{(?=le=)""")]
    private static partial Regex Bound();

    /// <summary>Lets requests come from another machine.</summary>
    private sealed class From(Func<IPAddress?> address) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                if (address() is { } elsewhere) context.Connection.RemoteIpAddress = elsewhere;
                return rest(context);
            });
            next(app);
        };
    }
}
