using System.Diagnostics;
using Cluster.Crash.Stores;
using Cluster.Crash.Truth;
using Simulation;

namespace Cluster.Crash.Scenarios;

/// <summary>
/// kill -9 again and again: in the middle of recording, now and then already while it starts or recovers. After each round, and to the letter at the end, all that
/// was acknowledged must be there once, with everything that follows from it.
/// </summary>
internal static class KillRounds
{
    private const int CasesOfRound = 40;

    /// <summary>Cases of earlier rounds that are looked at again after each.</summary>
    private const int Sample = 15;

    /// <summary>Rounds between two looks at everything.</summary>
    private const int Whole = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(2);

    /// <param name="tell">Takes a line on the way; null: nobody listens.</param>
    /// <returns>What happened, in a line.</returns>
    /// <exception cref="BrokenClaim">Something was lost, is there twice, or does not add up.</exception>
    public static async Task<string> Run(StoreUnderFault store, int rounds, ulong seed, Action<string>? tell = null)
    {
        var dice = new Dice(seed);
        long start = Stopwatch.GetTimestamp();
        int early = 0;
        TimeSpan slowest = TimeSpan.Zero;
        using Office office = await Office.Open(store);
        using var crowd = new Crowd(office, dice);
        var verification = new Verification(office, crowd.Ledger, crowd.Watcher, crowd.People);
        for (int round = 1; round <= rounds; round++)
        {
            try
            {
                crowd.Write(CasesOfRound);
                int enough = dice.Below(CasesOfRound * 4);
                await crowd.Work(async _ =>
                {
                    await crowd.Acknowledge(enough, Patience);
                    await Task.Delay(TimeSpan.FromMilliseconds(dice.Below(60)), TimeProvider.System);
                    office.Server.Kill();
                });
                while (dice.Chance(0.25))
                {
                    office.Launch();
                    // Senders and screens come back while it starts.
                    await crowd.Work(stop => Task.Delay(LongestStart * dice.Below(1000) / 1000, TimeProvider.System));
                    office.Server.Kill();
                    early++;
                }
                long started = Stopwatch.GetTimestamp();
                await office.Start();
                TimeSpan took = Stopwatch.GetElapsedTime(started);
                if (took > slowest) slowest = took;
                await verification.Some([.. crowd.Ledger.Touched().Concat(dice.Shuffled(crowd.Ledger.Cases).Take(Sample).Where(id => crowd.Ledger.Of(id).Any(s => s.Acknowledged))).Distinct()]);
                if (round % Whole == 0) await verification.Whole();
            }
            catch (BrokenClaim e)
            {
                throw new BrokenClaim($"seed {seed}, round {round}: {e.Message}\n{office.Server.Output}");
            }
            tell?.Invoke($"{Stopwatch.GetElapsedTime(start):mm\\:ss} round {round}: {crowd.Ledger.Acknowledged} events acknowledged, {crowd.Ledger.Cases.Count} cases, {crowd.Watcher.Sequence} items followed; {crowd.Answers}");
        }

        await crowd.Work(_ => crowd.Acknowledge(int.MaxValue / 2, Patience));
        int exit = await office.Server.Stop();
        Claim.Holds(exit == 0, () => $"It ends with 0 when asked to, not {exit}.");
        await office.Start(Office.Still);
        await verification.Whole();
        await office.Server.Stop();
        await store.Check();
        return FormattableString.Invariant($"{store.Name}: {rounds} kills under load and {early} while starting, seed {seed}, in {Stopwatch.GetElapsedTime(start).TotalMinutes:0.0} min: ")
            + FormattableString.Invariant($"{crowd.Ledger.Acknowledged} events of {crowd.Ledger.Cases.Count} cases, none lost, none twice; {crowd.Watcher.Sequence} feed items over {crowd.Watcher.Connections} connections without a gap; ")
            + FormattableString.Invariant($"slowest start {slowest.TotalSeconds:0.0} s; {crowd.Answers}");
    }
}
