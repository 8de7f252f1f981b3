using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Serving;

namespace Cluster.Load;

/// <summary>Events a second that one client gets acknowledged, which means durable, assessed and on the feeds' way; first in batches of 1,000, then as one stream.</summary>
internal static class Ingest
{
    private const int Batch = 1000;

    public static async Task Measure(int events)
    {
        using LoadedOffice office = await LoadedOffice.Open();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        int cases = Math.Max(1, events / Caseload.EventsOfCase);
        await office.Admin.Send([.. new Caseload(now, "热身").Events(100)]);
        await office.Quiet();
        int before = await Alerts(office);

        byte[][] batches = [.. new Caseload(now, "批").Events(cases).Chunk(Batch).Select(e => JsonSerializer.SerializeToUtf8Bytes(e, ApiClient.Json))];
        long start = Stopwatch.GetTimestamp();
        int accepted = 0;
        foreach (byte[] batch in batches)
            accepted += Accepted(await office.Admin.Call(HttpMethod.Post, "/api/events", Body(batch, "application/cloudevents-batch+json")));
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        await office.Quiet();
        int raised = await Alerts(office) - before;
        Report($"batches of {Batch}", accepted, cases, took, raised);

        byte[][] lines = [.. new Caseload(now, "流").Events(cases).Select(e => (byte[])[.. JsonSerializer.SerializeToUtf8Bytes(e, ApiClient.Json), (byte)'\n'])];
        start = Stopwatch.GetTimestamp();
        accepted = Accepted(await office.Admin.Call(HttpMethod.Post, "/api/events", new LineStream(lines)));
        took = Stopwatch.GetElapsedTime(start);
        await office.Quiet();
        Report("one ndjson stream", accepted, cases, took, await Alerts(office) - before - raised);
    }

    private static void Report(string way, int accepted, int cases, TimeSpan took, int raised) => Console.WriteLine(FormattableString.Invariant(
        $"ingest: {way}, one client: {accepted} events of {cases} cases acknowledged in {took.TotalSeconds:0.00} s: {accepted / took.TotalSeconds:0} events/s; {raised} alerts raised"));

    private static ByteArrayContent Body(byte[] bytes, string mediaType) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };

    private static int Accepted(JsonNode answer) => answer["results"]!.AsArray().Count(r => (string?)r!["status"] == "accepted");

    /// <summary>Alerts raised so far, those that were cleared again included.</summary>
    private static async Task<int> Alerts(LoadedOffice office) => (await office.Admin.List("/api/alerts")).Count;

    private sealed class LineStream : HttpContent
    {
        private readonly byte[][] _lines;

        public LineStream(byte[][] lines)
        {
            _lines = lines;
            Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (byte[] line in _lines) await stream.WriteAsync(line);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
