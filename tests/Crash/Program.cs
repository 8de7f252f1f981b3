using Cluster.Crash;
using Cluster.Crash.Scenarios;
using Cluster.Crash.Stores;

var options = new Dictionary<string, string>(StringComparer.Ordinal) { ["store"] = "sqlite", ["rounds"] = "200", ["seed"] = "1" };
if (args is not ["kill", .. var rest] || rest.Length % 2 != 0)
{
    Console.Error.WriteLine("kill [--rounds 200] [--store sqlite|postgres] [--seed 1]   kill -9 under load, and what is left of it");
    return 2;
}
for (int i = 0; i < rest.Length; i += 2) options[rest[i].TrimStart('-')] = rest[i + 1];

await using StoreUnderFault? store = await StoreUnderFault.Make(options["store"]);
if (store is null)
{
    Console.Error.WriteLine(StoreUnderFault.Missing(options["store"]));
    return 2;
}
try
{
    Console.WriteLine(await KillRounds.Run(store, Number("rounds"), (ulong)Number("seed"), Console.WriteLine));
    return 0;
}
catch (BrokenClaim e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

int Number(string name) => int.Parse(options[name], System.Globalization.CultureInfo.InvariantCulture);
