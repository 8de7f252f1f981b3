using System.Diagnostics;
using System.Text.Json.Nodes;
using Cluster.Crash.Stores;
using Cluster.Crash.Truth;
using Simulation;

namespace Cluster.Crash.Scenarios;

/// <summary>SIGTERM under load: whoever was let in is answered, nobody is let in any more, screens are told, and it ends with 0 in time.</summary>
internal static class Drain
{
    private const int Cases = 150;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(10);

    public static async Task<string> Run(StoreUnderFault store, ulong seed)
    {
        var dice = new Dice(seed);
        TimeSpan took = TimeSpan.Zero;
        using Office office = await Office.Open(store);
        using var crowd = new Crowd(office, dice);
        var verification = new Verification(office, crowd.Ledger, crowd.Watcher, crowd.People);
        crowd.Write(Cases);
        await crowd.Work(async _ =>
        {
            await crowd.Acknowledge(100, Patience);
            long asked = Stopwatch.GetTimestamp();
            int exit = await office.Server.Stop();
            took = Stopwatch.GetElapsedTime(asked);
            Claim.Holds(exit == 0 && took < InTime, () => $"It ends with 0 within 10 s, not with {exit} in {took}: {office.Server.Output}");
        });
        Claim.Holds(crowd.Watcher.ToldToClose, () => "Screens are told that the connection ends.");
        await office.Start(Office.Still);
        await verification.Some(crowd.Ledger.Touched());
        // A connection may close just as a caller writes to it: then the call was not let in, and left no trace.
        foreach (JsonNode row in await office.List("/api/cases"))
        {
            string id = Lists.Id(row);
            int acknowledged = crowd.Ledger.Of(id).Count(s => s.Acknowledged), drawn = OneCase.Draws(await office.Case(id)).Count();
            Claim.Holds((int)row["version"]! == acknowledged + drawn, () => $"Whoever was let in was answered: {id} has {row["version"]} events, {acknowledged} acknowledged and {drawn} of a draw");
        }
        await crowd.Work(_ => crowd.Acknowledge(int.MaxValue / 2, Patience));
        await verification.Whole();
        await office.Server.Stop();
        await store.Check();
        return FormattableString.Invariant($"{store.Name}, SIGTERM: out in {took.TotalSeconds:0.0} s; {crowd.Answers}");
    }
}
