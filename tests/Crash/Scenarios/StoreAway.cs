using System.Diagnostics;
using System.Net;
using Cluster.Crash.Load;
using Cluster.Crash.Stores;
using Cluster.Crash.Truth;
using Simulation.Running;

namespace Cluster.Crash.Scenarios;

/// <summary>The store is away for a while under load. Callers are told to come later, soon; afterwards all goes on by itself, and nothing is lost or there twice.</summary>
internal static class StoreAway
{
    private const int Cases = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Nobody is to wait longer for a 503; machines that run tests are busy.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(12);

    /// <summary>The same on a disk of its own, which is filled up.</summary>
    public static async Task<string> Full(string name, TimeSpan span, ulong seed)
    {
        await using SmallDisk disk = SmallDisk.Mount(name == "postgres" ? 256 : 64, name == "postgres" ? "postgres" : null);
        await using StoreUnderFault store = await StoreUnderFault.Make(name, disk);
        return await Run(store, StoreFault.Full(disk), span, seed);
    }

    /// <param name="fault">What takes the store away and brings it back.</param>
    /// <param name="span">Real time it stays away.</param>
    public static async Task<string> Run(StoreUnderFault store, StoreFault fault, TimeSpan span, ulong seed)
    {
        var dice = new Dice(seed);
        using Office office = await Office.Open(store);
        using var crowd = new Crowd(office, dice);
        var verification = new Verification(office, crowd.Ledger, crowd.Watcher, crowd.People);
        TimeSpan back = TimeSpan.Zero;
        int pid = office.Server.Id, during = 0;
        crowd.Write(Cases);
        await crowd.Work(async _ =>
        {
            await crowd.Acknowledge(100, Patience);
            await fault.Begin();
            crowd.Write(Cases);
            long begun = Stopwatch.GetTimestamp();
            int before = crowd.Ledger.Acknowledged;
            await crowd.Refused(Patience);
            await Unready(office);
            await Reads(office);
            if (span - Stopwatch.GetElapsedTime(begun) is { Ticks: > 0 } rest) await Task.Delay(rest, TimeProvider.System);
            during = crowd.Ledger.Acknowledged - before;
            await fault.End();
            long ended = Stopwatch.GetTimestamp();
            await crowd.Acknowledge(1, Patience);
            back = Stopwatch.GetElapsedTime(ended);
            await crowd.Acknowledge(int.MaxValue / 2, Patience);
        });
        Claim.Holds(office.Server.ExitCode is null && office.Server.Id == pid, () => $"It lived through it: {office.Server.Output}");
        Claim.Holds(crowd.Answers.Longest(Sender.Unavailable) < Soon, () => $"A 503 comes soon: {crowd.Answers}");
        await Claim.Comes(Patience, async () => Claim.Holds(await Status(office, "/readyz") == HttpStatusCode.OK, () => "It is ready again."));
        await verification.Some(crowd.Ledger.Touched());

        int exit = await office.Server.Stop();
        Claim.Holds(exit == 0, () => $"It ends with 0 when asked to, not {exit}.");
        await office.Start(Office.Still);
        await verification.Whole();
        await office.Server.Stop();
        await store.Check();
        return FormattableString.Invariant($"{store.Name}, {fault.Name} for {span.TotalSeconds:0} s: {crowd.Ledger.Acknowledged} events of {crowd.Ledger.Cases.Count} cases, none lost, none twice; ")
            + FormattableString.Invariant($"{during} acknowledged meanwhile; recording again {back.TotalSeconds:0.0} s after it was back; {crowd.Answers}");
    }

    // Whoever balances load must learn of it; the process itself is well.
    private static async Task Unready(Office office)
    {
        await Claim.Comes(Patience, async () => Claim.Holds(await Status(office, "/readyz") == HttpStatusCode.ServiceUnavailable, () => "It is not ready without its store."));
        Claim.Holds(await Status(office, "/healthz") == HttpStatusCode.OK, () => "The process itself is well.");
    }

    private static async Task Reads(Office office)
    {
        foreach (string path in (string[])["/api/cases?limit=10", "/api/alerts?limit=10", $"/api/departments/{Office.Departments[0]}/workload"])
        {
            // What the law wants noted of a reading cannot be noted now, and what is not noted is not answered.
            using HttpResponseMessage answer = await office.Http.GetAsync(path);
            bool isLater = answer.StatusCode == HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter is not null;
            Claim.Holds(answer.IsSuccessStatusCode || isLater, () => $"{path} is answered, or later, not with {(int)answer.StatusCode}");
        }
    }

    private static async Task<HttpStatusCode> Status(Office office, string path)
    {
        using HttpResponseMessage answer = await office.Http.GetAsync(path);
        return answer.StatusCode;
    }
}
