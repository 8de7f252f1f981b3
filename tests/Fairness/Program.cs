using System.Globalization;
using Cluster.Dealing;

// year [--sizes 6,10,20,60] [--open 25] [--seeds 5 --first 1 | --seed N] [--stretch 0]: a year of draws by every policy.
// speed [--prosecutors 500]: how fast a large department draws.
try
{
    switch (args.FirstOrDefault())
    {
        case "year":
            var seeds = Value("--seed") is { } seed ? [ulong.Parse(seed, CultureInfo.InvariantCulture)] : Enumerable.Range(Number("--first", 1), Number("--seeds", 5)).Select(s => (ulong)s).ToArray();
            int[] sizes = [.. (Value("--sizes") ?? "6,10,20,60").Split(',').Select(s => int.Parse(s, CultureInfo.InvariantCulture))];
            YearTable.Print(sizes, Number("--open", 25), seeds, double.Parse(Value("--stretch") ?? "0", CultureInfo.InvariantCulture), Console.Out);
            return 0;
        case "speed":
            Speed.Run(Number("--prosecutors", 500), Console.Out);
            return 0;
        default:
            Console.Error.WriteLine("year [--sizes 6,10,20,60] [--open 25] [--seeds 5 --first 1 | --seed N] [--stretch 0] or speed [--prosecutors 500]");
            return 2;
    }
}
catch (FormatException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

int Number(string name, int otherwise) => Value(name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;

string? Value(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
