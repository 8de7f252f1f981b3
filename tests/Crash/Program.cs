using Cluster.Crash;
using Cluster.Crash.Clustered;
using Cluster.Crash.Scenarios;
using Cluster.Crash.Stores;
using Cluster.Shared;

var options = new Dictionary<string, string>(StringComparer.Ordinal) { ["store"] = "sqlite", ["rounds"] = "200", ["seed"] = "1", ["seconds"] = "30", ["silos"] = "3", ["cases"] = "300" };
if (args is not [var command, .. var rest] || rest.Length % 2 != 0)
{
    Console.Error.WriteLine("""
        kill   [--rounds 200] [--store sqlite|postgres] [--seed 1]   kill -9 under load and while starting
        away   [--seconds 30] [--store sqlite|postgres] [--seed 1]   the store is locked, or cut off, frozen and dead
        full   [--seconds 30] [--store sqlite|postgres] [--seed 1]   its disk is full
        damage [--rounds 200] [--seed 1]                             bits turn over in its file (sqlite)
        drain  [--store sqlite|postgres] [--seed 1]                  SIGTERM under load
        cluster [--rounds 200] [--silos 3] [--seed 1]                silos and APIs on Orleans: killed, hung, asked to end, and PostgreSQL restarted
        upgrade --from TREE [--silos 3] [--seed 1]                   the same, of the version built in another tree, replaced by this one under load
        engines [--cases 300] [--seed 1] [--file EVENTS] [--silos 3] one scenario on both engines: the same answers
        """);
    return 2;
}
for (int i = 0; i < rest.Length; i += 2) options[rest[i].TrimStart('-')] = rest[i + 1];
string name = options["store"];
ulong seed = (ulong)Number("seed");
TimeSpan span = TimeSpan.FromSeconds(Number("seconds"));
if (((command is "cluster" or "upgrade" or "engines" ? LocalCluster.Missing : StoreUnderFault.Missing(name)) ?? (command == "full" ? SmallDisk.Missing : null)) is { } missing)
{
    Console.Error.WriteLine(missing);
    return 2;
}
try
{
    switch (command)
    {
        case "kill":
            await using (StoreUnderFault store = await StoreUnderFault.Make(name)) Console.WriteLine(await KillRounds.Run(store, Number("rounds"), seed, Console.WriteLine));
            return 0;
        case "drain":
            await using (StoreUnderFault store = await StoreUnderFault.Make(name)) Console.WriteLine(await Drain.Run(store, seed));
            return 0;
        case "cluster":
            Console.WriteLine(await ClusterChaos.Run(Number("rounds"), Number("silos"), seed, Console.WriteLine));
            return 0;
        case "upgrade":
            if (!options.TryGetValue("from", out string? tree) || !LocalCluster.IsBuilt(tree))
            {
                Console.Error.WriteLine("upgrade takes --from with a tree in which the engine Orleans was built in the same configuration.");
                return 2;
            }
            Console.WriteLine(await RollingUpgrade.Run(Path.GetFullPath(tree), Number("silos"), seed, Console.WriteLine));
            return 0;
        case "engines":
            string[] scenario = options.TryGetValue("file", out string? file) ? await File.ReadAllLinesAsync(file) : [.. BothEngines.Write(Number("cases"), seed)];
            Console.WriteLine(await BothEngines.Run(scenario, Number("silos")));
            return 0;
        case "damage":
            await using (var store = new SqliteUnderFault()) Console.WriteLine(await Damage.Run(store, Number("rounds"), seed));
            return 0;
        case "full":
            Console.WriteLine(await StoreAway.Full(name, span, seed));
            return 0;
        case "away":
            foreach (Func<StoreUnderFault, StoreFault> fault in StoreFault.Of(name))
            {
                await using StoreUnderFault store = await StoreUnderFault.Make(name);
                Console.WriteLine(await StoreAway.Run(store, fault(store), span, seed));
            }
            return 0;
        default:
            Console.Error.WriteLine($"There is no '{command}'; there are kill, away, full, damage, drain, cluster, upgrade and engines.");
            return 2;
    }
}
catch (BrokenClaim e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

int Number(string option) => int.Parse(options[option], System.Globalization.CultureInfo.InvariantCulture);
