namespace Cluster.Api.Demo;

/// <summary>
/// Seeded choices of one timeline. Every choice is named, so that one more choice in the middle leaves all others as they were,
/// and the same row and seed give the same case on every machine (SplitMix64 over FNV-1a).
/// </summary>
internal readonly struct DemoDice(ulong seed, string row)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private readonly ulong _key = Mix(seed ^ Fold(row));

    /// <summary>A number in [0, 1).</summary>
    public double Unit(string purpose, int index = 0)
        => (Mix(_key ^ Mix(Fold(purpose) + (ulong)index * Golden)) >> 11) * (1.0 / (1UL << 53));

    public bool Happens(double share, string purpose, int index = 0) => Unit(purpose, index) < share;

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high, string purpose, int index = 0)
        => high <= low ? low : low + (int)(Unit(purpose, index) * (high - low + 1));

    public T Pick<T>(IReadOnlyList<T> from, string purpose, int index = 0) => from[Between(0, from.Count - 1, purpose, index)];

    private static ulong Mix(ulong z)
    {
        z += Golden;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private static ulong Fold(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
            hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }
}
