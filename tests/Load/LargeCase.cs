using System.Diagnostics;
using System.Text.Json.Nodes;
using Cluster.Serving;

namespace Cluster.Load;

/// <summary>One sender puts ever more events into one case while bystanders go on. At each size: how long its assessment was behind, and how long the case takes to read.</summary>
internal static class LargeCase
{
    private const int Batch = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private const string Case = "大案";

    public static async Task Measure(int events)
    {
        using LoadedOffice office = await LoadedOffice.Open();
        using var quiet = new Bystanders(office, "静");
        await quiet.Open();
        using (var time = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System)) await quiet.Run(time.Token);
        quiet.Report("large: before");

        using var steady = new Bystanders(office, "稳");
        await steady.Open();
        using var memory = new ServerMemory(office.Server.Id);
        using var over = new CancellationTokenSource();
        Task bystanding = steady.Run(over.Token);
        var answers = new List<double>();
        await office.Admin.Send(Flood.Accepted("大-0", Case));
        for (int sent = 1; sent < events;)
        {
            int until = Math.Min(events, sent * 10 < Batch ? Batch : sent * 10);
            for (; sent < until;)
            {
                CloudEvent[] batch = [.. Enumerable.Range(sent, Math.Min(Batch, until - sent)).Select(Event)];
                sent += batch.Length;
                long start = Stopwatch.GetTimestamp();
                await Send(office, batch);
                answers.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            await Read(office, sent);
        }
        await over.CancelAsync();
        await bystanding;
        Console.WriteLine($"large: answer to a batch of {Batch} into one case {new Quantiles(answers).Describe("ms")}");
        steady.Report("large: meanwhile");
        Console.WriteLine($"large: {memory.Describe()}");
        Console.WriteLine($"large: operational alerts {(await office.Admin.Get("/api/ops/alerts"))["items"]!.ToJsonString()}");
    }

    private static async Task Send(LoadedOffice office, CloudEvent[] batch)
    {
        while (true)
        {
            try
            {
                await office.Admin.Send(batch);
                return;
            }
            catch (HttpRequestException e) when (e.StatusCode == System.Net.HttpStatusCode.TooManyRequests)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            }
        }
    }

    // Read again and again until what it says is of all events; then once more for the time that a reading takes.
    private static async Task Read(LoadedOffice office, int sent)
    {
        long start = Stopwatch.GetTimestamp(), reading;
        TimeSpan behind;
        long bytes;
        int refused = 0;
        while (true)
        {
            reading = Stopwatch.GetTimestamp();
            using HttpResponseMessage answer = await office.Admin.Http.GetAsync($"/api/cases/{Uri.EscapeDataString(Case)}");
            byte[] body = await answer.Content.ReadAsByteArrayAsync();
            behind = Stopwatch.GetElapsedTime(start);
            bytes = body.Length;
            // The draw adds one of the system's own.
            if (answer.IsSuccessStatusCode && (int)JsonNode.Parse(body)!["version"]! >= sent) break;
            if (!answer.IsSuccessStatusCode) refused++;
            // So long nobody waits; what it took until here is told.
            if (behind > Patience) break;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
        Console.WriteLine(FormattableString.Invariant($"large: {sent} events: assessed {behind.TotalSeconds:0.0} s after the last was acknowledged; a reading takes {Stopwatch.GetElapsedTime(reading).TotalMilliseconds:0} ms and {bytes / 1e6:0.0} MB; {refused} readings were told to come back{(behind > Patience ? "; not assessed by then" : "")}"));
    }

    // Of several kinds: some only counted, some that rules compare with each other, some of which each raises an alert.
    private static CloudEvent Event(int number)
    {
        (string type, object data) = (number % 4) switch
        {
            0 => ("opinion.heard", (object)new { who = "defender", suspect = "1", written = true }),
            1 => ("suspect.interrogated", new { suspect = "1", staff = 2, place = "看守所" }),
            2 => ("document.issued", new { doc = new { code = "委托诉讼代理人告知书", number = $"{number}", date = "2026-02-09" } }),
            _ => ("measure.taken", new { suspect = "1", kind = number % 8 == 3 ? "bail" : "detention", from = "2026-02-09" }),
        };
        return new CloudEvent($"大-{number}", $"/{LoadedOffice.Procuratorate}/tyyw", type, Case, TimeProvider.System.GetUtcNow().AddSeconds(-1), data);
    }
}
