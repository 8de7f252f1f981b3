using Cluster.Fuzz;
using Cluster.Fuzz.Episodes;
using Cluster.Fuzz.Oracles;
using Cluster.Fuzz.Serving;

const string Usage = """
    run     [--seed 1] [--inputs 1000000] [--workers 4] [--world 60000] [--only KIND] [--first 0] [--corpus DIR]
    episode  --seed S --number N [--only KIND]     one episode alone, as it ran
    file     FILE…                                  corpus files, each alone
    """;

var options = new Dictionary<string, string>();
for (int i = 1; i + 1 < args.Length; i += 2)
{
    if (args[i].StartsWith("--", StringComparison.Ordinal)) options[args[i][2..]] = args[i + 1];
}
long Number(string name, long otherwise) => options.TryGetValue(name, out string? text) ? long.Parse(text) : otherwise;

switch (args.FirstOrDefault())
{
    case "run":
        var campaign = new Campaign(
            new CampaignOptions(
                (ulong)Number("seed", 1), Number("inputs", 1_000_000), (int)Number("workers", 4), Number("world", 60_000), options.GetValueOrDefault("only"), Number("first", 0), options.GetValueOrDefault("corpus")),
            Console.Out);
        return (await campaign.Run()).Count == 0 ? 0 : 1;
    case "episode":
        return await Alone(AllEpisodes.Of((ulong)Number("seed", 1), Number("number", 0), options.GetValueOrDefault("only")));
    case "file":
        int failed = 0;
        foreach (string file in args.Skip(1)) failed += await Alone(Episode.Read(await File.ReadAllTextAsync(file)));
        return failed == 0 ? 0 : 1;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}

static async Task<int> Alone(Episode episode)
{
    await using World world = await World.Start();
    foreach (Step step in episode.Steps) Console.WriteLine($"{step.Way} {step.As} {step.Method} {step.Target} {step.ContentType} {step.Body.Length} bytes {step.Frames?.Count}");
    Fault? fault = await Campaign.Alone(world, episode);
    Console.WriteLine(fault?.ToString() ?? "nothing wrong");
    return fault is null ? 0 : 1;
}
