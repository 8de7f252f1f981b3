using System.Globalization;

namespace Cluster.Load;

/// <summary>Numbers from the command line: <c>--name 123</c>.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, int> _given = [];

    /// <summary>Reads them; null if they are not pairs of a name and a whole number.</summary>
    public static Options? Parse(string[] args)
    {
        var options = new Options();
        for (int i = 0; i < args.Length; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == args.Length
                || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int value))
                return null;
            options._given[args[i][2..]] = value;
        }
        return options;
    }

    public int Take(string name, int standard) => _given.GetValueOrDefault(name, standard);
}
