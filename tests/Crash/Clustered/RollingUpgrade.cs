using Cluster.Crash.Scenarios;
using Cluster.Crash.Stores;
using Cluster.Crash.Truth;
using Cluster.Shared;
using Simulation.Running;

namespace Cluster.Crash.Clustered;

/// <summary>A cluster of another version goes over to this one under load: one process after the other is asked to end and started anew. Nobody is to notice.</summary>
internal static class RollingUpgrade
{
    private const int CasesOfStep = 60;
    private const int Asked = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <param name="from">A tree in which the other version was built for the engine Orleans.</param>
    /// <returns>What happened.</returns>
    /// <exception cref="BrokenClaim">Something was lost, is there twice, or does not add up.</exception>
    public static async Task<string> Run(string from, int silos, ulong seed, Action<string>? tell = null)
    {
        var dice = new Dice(seed);
        await using PostgresUnderFault store = await PostgresUnderFault.Start();
        using LocalCluster cluster = store.Cluster(silos, apis: 2);
        cluster.Tree = from;
        await cluster.StartAll(Office.Clock(Office.Quick));
        using Office office = await Office.At(cluster.Addresses[0]);
        using var crowd = new Crowd(office, dice, cluster.Addresses[1]);
        using HttpClient other = office.Client(cluster.Addresses[1]);
        var verification = new Verification(office, crowd.Ledger, crowd.Watcher, crowd.People);
        crowd.Write(CasesOfStep);
        await crowd.Work(_ => crowd.Acknowledge(CasesOfStep * 2, Patience));
        cluster.Tree = Cluster.Serving.Repository.Root;

        var absences = new List<double>();
        IEnumerable<(string Name, Func<Task> Stop, Func<Task> Start, HttpClient[] Clients)> steps =
        [
            .. Enumerable.Range(0, silos).Select(i => ($"silo {i + 1}", (Func<Task>)(() => cluster.SiloAt(i).Stop()), (Func<Task>)(() => cluster.StartSilo(i)), new[] { office.Http, other })),
            .. Enumerable.Range(0, 2).Select(i => ($"API {i + 1}", (Func<Task>)(() => cluster.ApiAt(i).Stop()), (Func<Task>)(() => cluster.StartApi(i)), new[] { i == 0 ? other : office.Http })),
        ];
        foreach ((string name, Func<Task> stop, Func<Task> start, HttpClient[] clients) in steps)
        {
            crowd.Write(CasesOfStep);
            string[] known = [.. dice.Shuffled(crowd.Ledger.Cases).Where(id => crowd.Ledger.Of(id).Any(s => s.Acknowledged)).Take(Asked)];
            await crowd.Work(async _ =>
            {
                await crowd.Acknowledge(CasesOfStep, Patience);
                absences.Add((await Absence.After(stop, clients, known)).TotalSeconds);
                await start();
                await crowd.Acknowledge(CasesOfStep, Patience);
            });
            await verification.Some([.. crowd.Ledger.Touched()]);
            tell?.Invoke(FormattableString.Invariant($"{name} replaced: every case answers {absences[^1]:0.00} s after the old one ended; {crowd.Ledger.Acknowledged} events acknowledged; {crowd.Answers}"));
        }

        await crowd.Work(_ => crowd.Acknowledge(int.MaxValue / 2, Patience));
        await cluster.StopAll();
        await cluster.StartAll(Office.Clock(Office.Still));
        await verification.Whole();
        await cluster.StopAll();
        await store.Check();
        return FormattableString.Invariant($"{silos} silos and 2 APIs replaced one by one under load, seed {seed}: {crowd.Ledger.Acknowledged} events of {crowd.Ledger.Cases.Count} cases, none lost, none twice; {crowd.Watcher.Sequence} feed items without a gap; ")
            + FormattableString.Invariant($"cases answer again after at most {absences.Max():0.00} s; {crowd.Answers}");
    }
}
