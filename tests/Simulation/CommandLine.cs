using System.Diagnostics;
using System.Globalization;
using Simulation.Failing;
using Simulation.Living;
using Simulation.Mutations;

namespace Simulation;

/// <summary>
/// <c>--seed N [--days D] [--cases C] [--faults Crash,Torn] [--spare 3,7] [--undo 2,9]</c> runs one seed; <c>--shrink --seed N</c> narrows a failing one down; <c>--court-year</c> a year;
/// <c>--nightly [--minutes 60] [--from N]</c> seed after seed; <c>--mutations</c> the planted bugs.
/// </summary>
internal static class CommandLine
{
    public static int Run(string[] args)
    {
        var seed = ulong.Parse(Value(args, "--seed") ?? "1", CultureInfo.InvariantCulture);
        if (args.Contains("--mutations")) return Mutants();
        if (args.Contains("--nightly")) return Nightly(args);
        if (args.Contains("--court-year")) return One(Narrowed(Scenario.Year(seed), args), "A court year");
        var scenario = Narrowed(Scenario.Of(seed), args);
        if (Value(args, "--mutation") is { } name) return One(scenario, "A planted bug", Planted.All.Single(m => m.Name == name).Make());
        return args.Contains("--shrink") ? Shrink(scenario) : One(scenario, "A run");
    }

    private static int One(Scenario scenario, string what, Mutation? mutation = null)
    {
        var clock = Stopwatch.StartNew();
        var outcome = Life.Run(scenario, mutation);
        var office = outcome.Life.Office;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}, {scenario}: {clock.Elapsed.TotalSeconds:F1} s, {scenario.Days / clock.Elapsed.TotalSeconds:F1} simulated days a second"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.Life.Stored.Cases.Count} cases, {outcome.Life.Stored.Alerts.Count} alerts, {outcome.Life.Ledger.Sent.Count} events sent, {office.Wakes.Count} wakes, the latest {office.Wakes.Latest:F3} s late while all was well, "
            + $"{office.Browsers.Items} feed items, {office.Boots} starts, {office.Chaos.Struck.Count} faults, {outcome.Life.Acts} acts, {office.Steps} steps"));
        Console.WriteLine("faults: " + string.Join(", ", office.Chaos.Struck.GroupBy(f => f.Fault).OrderBy(g => g.Key).Select(g => $"{g.Key} {g.Count()}")));
        if (outcome.Failure is null) return 0;
        Console.WriteLine(outcome.Report());
        return 1;
    }

    private static int Shrink(Scenario scenario)
    {
        var smallest = new Shrinker(TimeSpan.FromMinutes(10), Console.WriteLine).Shrink(scenario);
        if (smallest is null)
        {
            Console.WriteLine("It does not fail.");
            return 0;
        }

        Console.WriteLine(smallest.Report());
        Console.WriteLine(Arguments(smallest.Scenario));
        return 1;
    }

    private static int Nightly(string[] args)
    {
        var minutes = double.Parse(Value(args, "--minutes") ?? "60", CultureInfo.InvariantCulture);
        var most = ulong.Parse(Value(args, "--seeds") ?? "1000000", CultureInfo.InvariantCulture);
        // Another night, other seeds.
        var from = Value(args, "--from") is { } first ? ulong.Parse(first, CultureInfo.InvariantCulture) : (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() * 1_000;
        var clock = Stopwatch.StartNew();
        var (seeds, days, failures) = (0UL, 0, 0);
        for (; seeds < most && clock.Elapsed.TotalMinutes < minutes; seeds++)
        {
            var outcome = Life.Run(Narrowed(Scenario.Of(from + seeds), args));
            days += outcome.Scenario.Days;
            if (outcome.Failure is null) continue;
            failures++;
            Console.WriteLine($"FAILED {outcome.Invariant}: seed {from + seeds}\n{outcome.Report()}\n");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seeds} seeds from {from}, {days} simulated days in {clock.Elapsed.TotalSeconds:F0} s ({days / clock.Elapsed.TotalSeconds:F1} a second), {failures} failed"));
        return failures == 0 ? 0 : 1;
    }

    private static int Mutants()
    {
        var missed = 0;
        foreach (var planted in Planted.All)
        {
            var caught = planted.Hunt();
            if (caught is null) missed++;
            Console.WriteLine($"| {planted.Name} | {planted.Make().Says} | {(caught is { } c ? $"seed {c.Scenario.Seed} | {c.Invariant}" : "not caught |")} |");
        }

        return missed;
    }

    private static Scenario Narrowed(Scenario scenario, string[] args) => scenario with
    {
        Days = Value(args, "--days") is { } days ? int.Parse(days, CultureInfo.InvariantCulture) : scenario.Days,
        Cases = Value(args, "--cases") is { } cases ? int.Parse(cases, CultureInfo.InvariantCulture) : scenario.Cases,
        Faults = Value(args, "--faults") is { } faults ? Enum.Parse<Fault>(faults) : scenario.Faults,
        MostFaults = Value(args, "--most-faults") is { } most ? int.Parse(most, CultureInfo.InvariantCulture) : scenario.MostFaults,
        Spared = Numbers(Value(args, "--spare")),
        Undone = Numbers(Value(args, "--undo")),
        TraceLength = Value(args, "--trace") is { } lines ? int.Parse(lines, CultureInfo.InvariantCulture) : scenario.TraceLength,
    };

    private static string Arguments(Scenario s) =>
        $"dotnet run -c Release --project tests/Simulation -- --seed {s.Seed} --days {s.Days}"
        + (s.Cases == int.MaxValue ? "" : $" --cases {s.Cases}") + (s.MostFaults == int.MaxValue ? "" : $" --most-faults {s.MostFaults}")
        + $" --faults \"{s.Faults}\"" + (s.Spared.Count == 0 ? "" : $" --spare {string.Join(',', s.Spared.Order())}") + (s.Undone.Count == 0 ? "" : $" --undo {string.Join(',', s.Undone.Order())}");

    private static HashSet<int> Numbers(string? list) => list is null ? [] : [.. list.Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];

    private static string? Value(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
