namespace Cluster.Fuzz;

/// <summary>Chance from a seed (SplitMix64): the same seed throws the same dice on every machine.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong state = seed;

    /// <summary>The dice of one part of a run, independent of every other part's.</summary>
    public static Dice Of(ulong seed, long part)
    {
        var mix = new Dice(seed);
        return new Dice(mix.Next() ^ new Dice((ulong)part).Next());
    }

    /// <summary>The dice that belong to a text.</summary>
    public static Dice Of(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text) hash = (hash ^ c) * 1099511628211;
        return new Dice(hash);
    }

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to below the bound.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>Both ends included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>True so many times in a hundred.</summary>
    public bool Percent(double percent) => Next() % 1_000_000 < percent * 10_000;

    public T One<T>(params IReadOnlyList<T> of) => of[Below(of.Count)];

    public void Shuffle<T>(IList<T> list)
    {
        for (int i = list.Count - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (list[i], list[j]) = (list[j], list[i]);
        }
    }
}
