using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Serving;

namespace Cluster.Load;

/// <summary>One sender with many connections that sends as fast as it can and does not care about refusals: each connection takes the next events at once.</summary>
internal sealed class Flood(LoadedOffice office, string sender, int connections, int batch) : IDisposable
{
    public const string One = "application/cloudevents+json", Batch = "application/cloudevents-batch+json";

    private const int EventsOfCase = 8;

    private readonly ConcurrentQueue<double> _milliseconds = new();
    private ApiClient _client = null!;
    private long _offered, _refused, _failed, _number;

    /// <summary>Acknowledged events: id and case.</summary>
    public ConcurrentQueue<(string Id, string Case)> Acknowledged { get; } = new();

    public long Offered => _offered;

    public async Task Open()
    {
        await office.Admin.Put($"/api/users/{sender}", new { password = LoadedOffice.Password, mustChangePassword = false, roles = new[] { "sender" }, procuratorate = LoadedOffice.Procuratorate });
        _client = await ApiClient.LogIn(office.Address, sender, LoadedOffice.Password);
    }

    public Task Run(CancellationToken until) => Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => Connection(until), CancellationToken.None)));

    public void Report(TimeSpan took) => Console.WriteLine(FormattableString.Invariant(
            $"overload: {sender}, {connections} connections, {(batch == 1 ? "single events" : $"batches of {batch}")}: {_offered} events offered ({_offered / took.TotalSeconds:0}/s), {Acknowledged.Count} acknowledged ({Acknowledged.Count / took.TotalSeconds:0}/s), {100.0 * _refused / Math.Max(1, _offered):0.0} % refused with 429, {_failed} failed otherwise; ")
        + $"answer to those taken {(_milliseconds.IsEmpty ? "never" : new Quantiles(_milliseconds).Describe("ms"))}");

    public void Dispose() => _client?.Dispose();

    /// <summary>The acceptance of a case, well-formed and without irregularity.</summary>
    public static CloudEvent Accepted(string id, string subject) => new(id, $"/{LoadedOffice.Procuratorate}/tyyw", "case.accepted", subject, TimeProvider.System.GetUtcNow(), new
    {
        caseType = "PRO",
        procuratorate = LoadedOffice.Procuratorate,
        department = "yi",
        name = subject,
        receivedOn = Today,
        registeredOn = Today,
        suspects = new[] { new { suspect = "1", name = "周某" } },
    });

    public static ByteArrayContent Body(byte[] bytes, string mediaType) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };

    private static string Today => TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private async Task Connection(CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            CloudEvent[] events = [.. Enumerable.Range(0, batch).Select(_ => Next())];
            byte[] body = batch == 1 ? JsonSerializer.SerializeToUtf8Bytes(events[0], ApiClient.Json) : JsonSerializer.SerializeToUtf8Bytes(events, ApiClient.Json);
            // Refused ones are sent again: a sender that gave up would lose events.
            while (!await Post(events, body) && !until.IsCancellationRequested) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task<bool> Post(CloudEvent[] events, byte[] body)
    {
        Interlocked.Add(ref _offered, events.Length);
        long start = Stopwatch.GetTimestamp();
        try
        {
            using ByteArrayContent content = Body(body, batch == 1 ? One : Batch);
            using HttpResponseMessage answer = await _client.Http.PostAsync("/api/events", content);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Interlocked.Add(ref _refused, events.Length);
                return false;
            }
            JsonNode results = JsonNode.Parse(await answer.Content.ReadAsByteArrayAsync())!["results"] ?? throw new HttpRequestException($"{(int)answer.StatusCode}");
            _milliseconds.Enqueue(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            int i = 0;
            foreach (JsonNode? result in results.AsArray())
            {
                // A duplicate is one that was recorded when its first request was refused in the middle.
                if ((string?)result!["status"] is "accepted" or "duplicate") Acknowledged.Enqueue((events[i].Id, events[i].Subject));
                else Interlocked.Increment(ref _failed);
                i++;
            }
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
        {
            Interlocked.Add(ref _failed, events.Length);
            return false;
        }
    }

    private CloudEvent Next()
    {
        long number = Interlocked.Increment(ref _number) - 1;
        string subject = $"{sender}{number / EventsOfCase}号";
        return number % EventsOfCase == 0
            ? Accepted($"{sender}-{number}", subject)
            : new CloudEvent($"{sender}-{number}", $"/{LoadedOffice.Procuratorate}/tyyw", "opinion.heard", subject, TimeProvider.System.GetUtcNow(), new { who = "defender", suspect = "1", written = true });
    }
}
