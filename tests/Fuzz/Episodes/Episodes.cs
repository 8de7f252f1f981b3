namespace Cluster.Fuzz.Episodes;

/// <summary>The generators, and how often each has its turn.</summary>
internal static class AllEpisodes
{
    private static readonly (string Kind, int Weight, Func<Dice, string, List<Step>> Make)[] Generators =
    [
        ("events", 34, EventEpisodes.Make),
        ("absurd", 8, AbsurdEpisodes.Make),
        ("assess", 12, AssessEpisodes.Make),
        ("queries", 18, QueryEpisodes.Make),
        ("bodies", 16, BodyEpisodes.Make),
        ("yaml", 5, YamlEpisodes.Make),
        ("hub", 4, HubEpisodes.Make),
        ("socket", 3, SocketEpisodes.Make),
    ];

    private static readonly int Total = Generators.Sum(g => g.Weight);

    public static IEnumerable<string> Kinds => Generators.Select(g => g.Kind);

    /// <summary>The episode of a number: the same for the same seed, whatever ran before.</summary>
    /// <param name="only">A kind; null: as chance will have it.</param>
    public static Episode Of(ulong seed, long number, string? only = null)
    {
        Dice dice = Dice.Of(seed, number);
        string mark = Episode.MarkOf(number);
        int turn = dice.Below(Total);
        foreach ((string kind, int weight, Func<Dice, string, List<Step>> make) in Generators)
        {
            turn -= weight;
            if (only is null ? turn < 0 : kind == only) return new Episode(kind, mark, make(dice, mark));
        }
        throw new ArgumentException($"There is no kind '{only}'; there are {string.Join(", ", Kinds)}.", nameof(only));
    }
}
