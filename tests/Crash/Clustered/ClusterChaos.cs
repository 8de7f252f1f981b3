using System.Diagnostics;
using System.Globalization;
using Cluster.Crash.Scenarios;
using Cluster.Crash.Stores;
using Cluster.Crash.Truth;
using Cluster.Shared;
using Simulation.Running;

namespace Cluster.Crash.Clustered;

/// <summary>
/// Silos and processes of the API killed, stopped in their tracks and asked to end, and PostgreSQL restarted, all under load. After each round what was acknowledged must be
/// there once, with everything that follows from it; at the end to the letter.
/// </summary>
internal static class ClusterChaos
{
    private const int CasesOfRound = 40;
    private const int Sample = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Hiccup = TimeSpan.FromSeconds(2);

    private static readonly Deed[] Deeds =
    [
        new("silo killed", (cluster, at, _) => { cluster.SiloAt(at).Kill(); return Task.CompletedTask; }, (cluster, at) => cluster.StartSilo(at)),
        new("silo hung", (cluster, at, _) => cluster.SiloAt(at).Pause(), async (cluster, at) =>
        {
            await Task.Delay(Hang, TimeProvider.System);
            // It finds itself declared dead and ends; the operator's supervisor starts it again.
            await cluster.SiloAt(at).Continue();
            cluster.SiloAt(at).Kill();
            await cluster.StartSilo(at);
        }),
        new("silo asked to end", async (cluster, at, _) => await cluster.SiloAt(at).Stop(), (cluster, at) => cluster.StartSilo(at)),
        new("silo paused for 2 s", async (cluster, at, _) =>
        {
            string? before = await cluster.Generation(at);
            await cluster.SiloAt(at).Pause();
            await Task.Delay(Hiccup, TimeProvider.System);
            await cluster.SiloAt(at).Continue();
            Claim.Holds(await cluster.Generation(at) == before, () => $"Silo {at} keeps its cases over a pause of two seconds.");
        }, (_, _) => Task.CompletedTask),
        new("API killed", (cluster, _, _) => { cluster.ApiAt(1).Kill(); return Task.CompletedTask; }, (cluster, _) => cluster.StartApi(1)),
        new("PostgreSQL restarted", async (_, _, store) =>
        {
            await store.Server.Stop();
            await store.Server.Resume();
        }, (_, _) => Task.CompletedTask),
    ];

    /// <param name="tell">Takes a line on the way.</param>
    /// <returns>What happened.</returns>
    /// <exception cref="BrokenClaim">Something was lost, is there twice, or does not add up.</exception>
    public static async Task<string> Run(int rounds, int silos, ulong seed, Action<string>? tell = null)
    {
        var dice = new Dice(seed);
        long start = Stopwatch.GetTimestamp();
        var absences = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        await using PostgresUnderFault store = await PostgresUnderFault.Start();
        using LocalCluster cluster = store.Cluster(silos, apis: 2);
        await cluster.StartAll(Office.Clock(Office.Quick));
        using Office office = await Office.At(cluster.Addresses[0]);
        using var crowd = new Crowd(office, dice, cluster.Addresses[1]);
        using HttpClient other = office.Client(cluster.Addresses[1]);
        HttpClient[] clients = [office.Http, other];
        var verification = new Verification(office, crowd.Ledger, crowd.Watcher, crowd.People);
        crowd.Write(CasesOfRound);
        await crowd.Work(_ => crowd.Acknowledge(CasesOfRound, Patience));
        for (int round = 1; round <= rounds; round++)
        {
            Deed deed = Deeds[(round - 1) % Deeds.Length];
            int at = dice.Below(silos);
            try
            {
                crowd.Write(CasesOfRound);
                string[] known = [.. dice.Shuffled(crowd.Ledger.Cases).Where(id => crowd.Ledger.Of(id).Any(s => s.Acknowledged)).Take(60)];
                await crowd.Work(async _ =>
                {
                    await crowd.Acknowledge(dice.Below(CasesOfRound * 2), Patience);
                    // Where the process of the API is gone, the other one answers.
                    TimeSpan absence = await Absence.After(() => deed.Do(cluster, at, store), deed.Name == "API killed" ? [office.Http] : clients, known);
                    if (!absences.TryGetValue(deed.Name, out List<double>? times)) absences[deed.Name] = times = [];
                    times.Add(absence.TotalSeconds);
                    await crowd.Acknowledge(CasesOfRound, Patience);
                    await deed.Undo(cluster, at);
                });
                await verification.Some([.. crowd.Ledger.Touched().Concat(dice.Shuffled(crowd.Ledger.Cases).Take(Sample).Where(id => crowd.Ledger.Of(id).Any(s => s.Acknowledged))).Distinct()]);
            }
            catch (BrokenClaim e)
            {
                throw new BrokenClaim($"seed {seed}, round {round}, {deed.Name} ({at}): {e.Message}\n{cluster.Output}");
            }
            tell?.Invoke($"{Stopwatch.GetElapsedTime(start):mm\\:ss} round {round}: {deed.Name}, answers again after {absences[deed.Name][^1]:0.00} s; {crowd.Ledger.Acknowledged} events acknowledged, {crowd.Ledger.Cases.Count} cases, {crowd.Watcher.Sequence} items followed; {crowd.Answers}");
        }

        await crowd.Work(_ => crowd.Acknowledge(int.MaxValue / 2, Patience));
        await cluster.StopAll();
        await cluster.StartAll(Office.Clock(Office.Still));
        await verification.Whole();
        await cluster.StopAll();
        await store.Check();
        string times = string.Join("; ", absences.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Key} {a.Value.Count}: {a.Value.Min():0.00}/{a.Value.Order().ElementAt(a.Value.Count / 2):0.00}/{a.Value.Max():0.00} s")));
        return FormattableString.Invariant($"{silos} silos, 2 APIs: {rounds} rounds, seed {seed}, in {Stopwatch.GetElapsedTime(start).TotalMinutes:0.0} min: {crowd.Ledger.Acknowledged} events of {crowd.Ledger.Cases.Count} cases, none lost, none twice; ")
            + FormattableString.Invariant($"{crowd.Watcher.Sequence} feed items over {crowd.Watcher.Connections} connections to both APIs without a gap; cases answer again after (min/median/max) {times}; {crowd.Answers}");
    }

    /// <summary>Something that is done to a cluster, and what an operator does about it.</summary>
    /// <param name="Do">Takes the number of a silo.</param>
    private sealed record Deed(string Name, Func<LocalCluster, int, PostgresUnderFault, Task> Do, Func<LocalCluster, int, Task> Undo);
}
