using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Cluster.Serving;

namespace Cluster.Load;

/// <summary>
/// Four clients post batches until a third of the events is acknowledged; then the server is killed with their calls under way and started again.
/// Every acknowledged event must be in the history of its case, once.
/// </summary>
internal static class Restart
{
    private const int Clients = 4;
    private const int Batch = 250;

    /// <returns>Whether nothing acknowledged is missing and nothing is there twice.</returns>
    public static async Task<bool> Measure(int events)
    {
        using LoadedOffice office = await LoadedOffice.Open();
        var caseload = new Caseload(TimeProvider.System.GetUtcNow(), "批");
        int cases = Math.Max(1, events / Caseload.EventsOfCase);
        var waiting = new ConcurrentQueue<CloudEvent[]>(caseload.Events(cases).Chunk(Batch));
        var acknowledged = new ConcurrentDictionary<string, string>();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        Task[] clients = [.. Enumerable.Range(0, Clients).Select(_ => Post())];
        await Task.WhenAny(enough.Task, Task.WhenAll(clients));
        office.Server.Kill();
        await Task.WhenAll(clients);
        long start = Stopwatch.GetTimestamp();
        await office.Start();
        TimeSpan ready = Stopwatch.GetElapsedTime(start);

        ILookup<string, string> promised = acknowledged.ToLookup(a => a.Value, a => a.Key);
        int stored = 0, twice = 0, missing = 0;
        for (int number = 0; number < cases; number++)
        {
            List<string> ids = await Stored(office, caseload.Id(number));
            var known = ids.ToHashSet(StringComparer.Ordinal);
            stored += known.Count;
            twice += ids.Count - known.Count;
            missing += promised[caseload.Id(number)].Count(id => !known.Contains(id));
        }
        Console.WriteLine(FormattableString.Invariant($"restart: killed with {acknowledged.Count} events acknowledged and {Clients} batches of {Batch} under way; ready again in {ready.TotalSeconds:0.0} s; ")
            + $"{stored} stored, {missing} acknowledged ones missing, {twice} there twice, {stored - acknowledged.Count + missing} stored whose answer was lost");
        return missing == 0 && twice == 0;

        async Task Post()
        {
            try
            {
                while (waiting.TryDequeue(out CloudEvent[]? batch))
                {
                    await office.Admin.Send(batch);
                    foreach (CloudEvent e in batch) acknowledged[e.Id] = e.Subject;
                    if (acknowledged.Count >= events / 3) enough.TrySetResult();
                }
            }
            catch (Exception e) when (e is IOException or HttpRequestException { StatusCode: null })
            {
                // Killed in the middle of the call: no answer, no promise.
            }
        }
    }

    /// <summary>Ids of the events that we sent and the case has; the draw that the system made itself is not ours.</summary>
    private static async Task<List<string>> Stored(LoadedOffice office, string subject)
    {
        try
        {
            JsonNode one = await office.Admin.Get($"/api/cases/{Uri.EscapeDataString(subject)}");
            return [.. one["history"]!.AsArray().Where(e => ((string)e!["source"]!).EndsWith("/tyyw", StringComparison.Ordinal)).Select(e => (string)e!["id"]!)];
        }
        catch (HttpRequestException e) when (e.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return [];
        }
    }
}
