using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Cluster.Api.Hosting;
using Cluster.Api.Tests.World;
using Cluster.Contracts.Storage;
using Cluster.Law;
using Cluster.Storage;

namespace Cluster.Api.Tests;

/// <summary>The zone of the machine is nobody's business: the law's time is Beijing's. The whole program, once in each zone, on a clock that stands still.</summary>
public sealed class TimeZoneTests : IDisposable
{
    private const string Password = "the first password";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // The second has summer time from 8 March 2026, the third is a day ahead of America, and UTC is where tests usually run.
    private static readonly string[] Zones = ["UTC", "Asia/Shanghai", "America/New_York", "Pacific/Apia"];

    private readonly string directory = Directory.CreateTempSubdirectory("zones").FullName;

    public void Dispose() => Directory.Delete(directory, true);

    [Fact]
    public async Task Whatever_the_zone_of_the_machine_deadlines_cases_alerts_and_wakes_are_the_same_to_the_byte()
    {
        // Without the zones' data every child would run in UTC and prove nothing.
        Assert.Equal(4, Zones.Select(zone => TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(new DateTime(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc))).Distinct().Count());
        string? expected = null;
        foreach (string zone in Zones)
        {
            string told = await Run(zone);
            Assert.Contains("\"QX-", told);
            Assert.Equal(expected ??= told, told);
        }
        Assert.True(expected!.Length > 50_000, $"{expected.Length}");
    }

    private async Task<string> Run(string zone)
    {
        string data = Path.Combine(directory, zone.Replace('/', '-')), url = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo(
            "dotnet", [typeof(ServerOptions).Assembly.Location, "--data", data, "--urls", url, "--clock", "2026-03-08T14:30:00+08:00", "--speed", "1e-9"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CLUSTER_ADMIN_PASSWORD"] = Password;
        start.Environment["TZ"] = zone;
        using Process process = Process.Start(start)!;
        var told = new StringBuilder();
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync();
            for (string? line = ""; !line.Contains("Application started", StringComparison.Ordinal);)
                line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await errors);
            _ = process.StandardOutput.ReadToEndAsync();
            using var client = new HttpClient { BaseAddress = new Uri(url) };
            await Ask(client, told);
            using Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            using var patience = new CancellationTokenSource(Patience);
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
        await Wakes(data, told);
        return told.ToString();
    }

    private static async Task Ask(HttpClient client, StringBuilder told)
    {
        JsonElement login = await (await client.PostAsJsonAsync("/api/login", new { user = "admin", password = Password })).Json();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", login.GetProperty("token").GetString());
        foreach (Limit limit in Statutes.Default.All)
        {
            // An hour before midnight in Beijing, and one after: another day in half of the zones.
            foreach (string from in (string[])["2026-03-07T23:30:00+08:00", "2026-03-08T00:30:00+08:00", "2026-09-30"])
            {
                var body = new { limit = limit.Id, start = from, custody = false, extensions = limit.Extensions.Select(e => e.ToString()).ToArray() };
                told.AppendLine(await (await client.PostAsJsonAsync("/api/deadlines/compute", body)).Content.ReadAsStringAsync());
            }
        }
        HttpResponseMessage sent = await client.PostAsync("/api/events", Events.Batch(Cases()));
        told.AppendLine(await sent.Content.ReadAsStringAsync());
        Assert.All((await sent.Json()).Statuses(), status => Assert.Equal("accepted", status));
        foreach (string id in (string[])["甲", "乙"])
        {
            told.AppendLine(await client.GetStringAsync("/api/cases/" + Uri.EscapeDataString(id)));
            foreach (string asOf in (string[])["2026-03-05T23:59:59%2B08:00", "2026-03-06T00:00:00%2B08:00", "2026-04-01T00:00:00Z"])
                told.AppendLine(await client.GetStringAsync($"/api/cases/{Uri.EscapeDataString(id)}?asOf={asOf}"));
        }
        told.AppendLine(await client.GetStringAsync("/api/cases")).AppendLine(await client.GetStringAsync("/api/alerts"));
        var assess = new { asOf = "2026-05-20T00:10:00+08:00", @case = "乙" };
        told.AppendLine(await (await client.PostAsJsonAsync("/api/assess", assess)).Content.ReadAsStringAsync());
        // An instant that leaves its offset to the machine is none.
        Assert.Equal(422, (int)(await client.PostAsJsonAsync("/api/assess", new { asOf = "2026-05-20T00:10:00", @case = "乙" })).StatusCode);
    }

    /// <summary>An arrest and a prosecution, both with a suspect in custody, around the midnights of several zones.</summary>
    private static IEnumerable<string> Cases()
    {
        foreach ((string id, string type, string measure) in ((string, string, string)[])[("甲", "ARR", "detention"), ("乙", "PRO", "arrest")])
        {
            string accepted = $$$"""{"caseType":"{{{type}}}","procuratorate":"422826","receivedOn":"2026-03-02","suspects":[{"suspect":"1","birthDate":"2008-03-08","measure":{"kind":"{{{measure}}}","from":"2026-02-20","organ":"公安"}}]}""";
            yield return At(id, "1", "case.accepted", "2026-03-02T23:30:00+08:00", accepted);
            yield return At(id, "2", "case.assigned", "2026-03-02T23:40:00+08:00", """{"prosecutor":"p1","mode":"designated"}""");
            yield return At(id, "3", "rights.notified", "2026-03-05T00:10:00+08:00", """{"who":"suspect","suspect":"1"}""");
            yield return At(id, "4", "suspect.interrogated", "2026-03-07T15:59:00Z", """{"suspect":"1","staff":2,"place":"看守所"}""");
            yield return At(id, "5", "measure.requested", "2026-03-07T12:30:00-05:00", """{"suspect":"1"}""");
        }
    }

    private static string At(string subject, string id, string type, string time, string data) =>
        $$"""{"specversion":"1.0","id":"{{subject}}-{{id}}","source":"/422826/tyyw","type":"{{type}}","subject":"{{subject}}","time":"{{time}}","datacontenttype":"application/json","data":{{data}}}""";

    /// <summary>When the cases would next be woken, from the store the program left.</summary>
    private static async Task Wakes(string data, StringBuilder told)
    {
        var services = new ServiceCollection();
        services.AddClusterStorage(new StorageOptions { Directory = data });
        await using ServiceProvider store = services.BuildServiceProvider();
        IReadOnlyList<DueChange> wakes = await store.GetRequiredService<IDueIndex>().Until(DateTimeOffset.MaxValue, 10);
        Assert.Equal(2, wakes.Count);
        foreach (DueChange wake in wakes) told.AppendLine(CultureInfo.InvariantCulture, $"{wake.Case} {wake.At:O}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
