namespace Cluster.Dealing;

/// <summary>Chance from a seed (SplitMix64): the same seed throws the same dice on every machine.</summary>
internal sealed class Dice(ulong seed)
{
    private readonly ulong _seed = seed;
    private ulong _state = seed;

    /// <summary>The dice of one part of a run, so that what one part throws changes nothing for the others.</summary>
    public Dice For(string part) => new(part.Aggregate(_seed ^ 14695981039346656037, (hash, c) => (hash ^ c) * 1099511628211));

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to below 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From 0 to below the bound.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>Standard normal (Box–Muller).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());

    /// <summary>How often something happens that is expected so many times.</summary>
    public int Poisson(double expected)
    {
        var (count, product, bound) = (0, Unit(), Math.Exp(-expected));
        for (; product > bound; count++) product *= Unit();
        return count;
    }
}
