using System.Diagnostics;
using Cluster.Crash.Stores;
using Cluster.Crash.Truth;
using Simulation;

namespace Cluster.Crash.Scenarios;

/// <summary>After a kill under load, bits turn over in the file of the embedded store: the server must say so and not serve it. Put right again, it has everything.</summary>
internal static class Damage
{
    private const int Cases = 60;
    private const int Page = 4096;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<string> Run(SqliteUnderFault store, int places, ulong seed)
    {
        var dice = new Dice(seed);
        using Office office = await Office.Open(store);
        using var crowd = new Crowd(office, dice);
        crowd.Write(Cases);
        // Once stopped, so that there is something in the file; then killed, so that there is something in the log.
        await crowd.Work(_ => crowd.Acknowledge(150, Patience));
        await office.Server.Stop();
        await office.Start();
        crowd.Write(Cases);
        await crowd.Work(async _ =>
        {
            await crowd.Acknowledge(150, Patience);
            office.Server.Kill();
        });

        string[] files = [store.File, store.File + "-wal"];
        for (int place = 0; place < places; place++)
        {
            string file = files[place % files.Length];
            // A page that the log holds anew is not read from the file any more; the last transactions of the log might be torn as well.
            long at = file == store.File ? dice.One(store.PagesOnlyInFile()) * (long)Page + dice.Below(Page) : dice.Below((int)(store.LogInUse() / 2));
            Flip(file, at);
            await Refused(office, $"{Path.GetFileName(file)} at {at}");
            Flip(file, at);
        }

        await office.Start();
        var verification = new Verification(office, crowd.Ledger, crowd.Watcher, crowd.People);
        await crowd.Work(_ => crowd.Acknowledge(int.MaxValue / 2, Patience));
        await verification.Whole();
        await office.Server.Stop();
        await store.Check();
        return FormattableString.Invariant($"{store.Name}: {places} bits turned over, each noticed at the start and not served; put right, {crowd.Ledger.Acknowledged} events, none lost, none twice");
    }

    private static async Task Refused(Office office, string where)
    {
        long start = Stopwatch.GetTimestamp();
        office.Launch();
        await Claim.Comes(Patience, () =>
        {
            Claim.Holds(office.Server.ExitCode is not null, () => $"A store damaged in {where} is not served for {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
            return Task.CompletedTask;
        });
        Claim.Holds(office.Server.ExitCode == 1, () => $"It says with 1 that it cannot start, not with {office.Server.ExitCode}, damaged in {where}: {office.Server.Output}");
        office.Server.Kill();
        Claim.Holds(office.Server.Output.Contains("cluster: The store is damaged", StringComparison.Ordinal), () => $"It says why: {office.Server.Output}");
    }

    private static void Flip(string path, long at)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        Span<byte> one = stackalloc byte[1];
        RandomAccess.Read(file, one, at);
        one[0] ^= 0x10;
        RandomAccess.Write(file, one, at);
    }
}
