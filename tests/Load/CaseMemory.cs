using System.Globalization;
using Cluster.Serving;

namespace Cluster.Load;

/// <summary>
/// What an open case costs while its grain is active and idle: managed heap after a full collection and resident memory,
/// after so many cases less before, divided by their number. A thousand cases come first, so that code, pools and caches are warm in both readings.
/// </summary>
internal static class CaseMemory
{
    private const int WarmUp = 1000;
    private const int Batch = 1000;

    public static async Task Measure(int cases)
    {
        using LoadedOffice office = await LoadedOffice.Open();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await Send(office, new Caseload(now, "热身").Events(WarmUp));
        (long heapBefore, long residentBefore) = await Read(office);
        await Send(office, new Caseload(now, "批").Events(cases));
        (long heapAfter, long residentAfter) = await Read(office);
        Console.WriteLine(FormattableString.Invariant($"memory: {cases} open cases of {Caseload.EventsOfCase} events, active and idle: ")
            + FormattableString.Invariant($"{(heapAfter - heapBefore) / (double)cases:0} bytes of managed heap and {(residentAfter - residentBefore) / (double)cases:0} bytes resident a case ")
            + FormattableString.Invariant($"(heap {Mega(heapBefore)} → {Mega(heapAfter)}, resident {Mega(residentBefore)} → {Mega(residentAfter)}; store {Mega(office.Stored)})"));
    }

    private static async Task Send(LoadedOffice office, IEnumerable<CloudEvent> events)
    {
        foreach (CloudEvent[] batch in events.Chunk(Batch)) await office.Admin.Send(batch);
    }

    /// <summary>The heap is that of the last of three collections; the runtime gives memory back in steps, so the resident figure is read when it no longer falls.</summary>
    private static async Task<(long Heap, long Resident)> Read(LoadedOffice office)
    {
        await office.Quiet();
        long heap = 0;
        for (int i = 0; i < 3; i++) heap = await LiveHeap.Collect(office.Server.Id);
        long resident = Resident(office.Server.Id);
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(5), TimeProvider.System);
        while (await beat.WaitForNextTickAsync())
        {
            long now = Resident(office.Server.Id);
            if (now > resident * 0.99) return (heap, now);
            resident = now;
        }
        return (heap, resident);
    }

    /// <summary>VmRSS, in bytes.</summary>
    private static long Resident(int process)
    {
        string line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) * 1024;
    }

    private static string Mega(long bytes) => FormattableString.Invariant($"{bytes / 1e6:0.0} MB");
}
