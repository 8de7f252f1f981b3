using Cluster.Cases.Assignment;

namespace Cluster.Dealing;

/// <summary>What a dealer did with a case.</summary>
/// <param name="Chosen">Null if nobody may have it.</param>
/// <param name="Guess">Whom an insider guesses who knows everything but the secret.</param>
/// <param name="Likeliest">The chance of that one.</param>
/// <param name="Eligible">How many might have it.</param>
internal readonly record struct Dealt(string? Chosen, string? Guess, double Likeliest, int Eligible);

/// <summary>A way to give out cases.</summary>
internal abstract class Dealer(string name)
{
    public string Name => name;

    /// <summary>Every dealer anew, for a run: they remember turns.</summary>
    public static IEnumerable<Dealer> All() =>
    [
        new PolicyDealer("random (blind)", DrawStrategy.Random),
        new PolicyDealer("turns 1", DrawStrategy.InTurns(1)),
        new PolicyDealer("turns 3", DrawStrategy.InTurns(3)),
        new ScoreDealer("least loaded, no chance", ScoreDealer.LeastLoaded),
        new ScoreDealer("exp(-3 load/mean)", ScoreDealer.Exponential),
        new PolicyDealer("balanced", DrawStrategy.Balanced),
    ];

    public abstract Dealt Deal(DrawInput input);
}

/// <summary>A policy of the product, by the product's own draw.</summary>
internal sealed class PolicyDealer(string name, DrawStrategy strategy) : Dealer(name)
{
    private Turn? _last;

    public override Dealt Deal(DrawInput input)
    {
        var drawn = Draw.Run(input with { Policy = input.Policy with { Strategy = strategy }, LastTurn = _last });
        if (drawn.Chosen is not { } chosen) return new(null, null, 0, 0);
        if (drawn.Mode == Draw.Rotation) _last = Turn.After(_last, chosen, strategy.Each);
        var likeliest = drawn.Eligible.MaxBy(c => c.Score);
        var passedOver = drawn.Excluded.Count(e => e.Reason == "not-their-turn");
        return new(chosen, likeliest.Prosecutor, (double)(likeliest.Score / drawn.Eligible.Sum(c => c.Score)), drawn.Eligible.Count + passedOver);
    }
}

/// <summary>What the product does not do, for comparison: other scores, drawn as the product draws.</summary>
internal sealed class ScoreDealer(string name, Func<DrawInput, DrawResult, double[]> scores) : Dealer(name)
{
    private static readonly Dictionary<string, double> Shares = new() { ["leader"] = 0.35, ["head"] = 0.6, ["newcomer"] = 0.5 };

    public static double[] LeastLoaded(DrawInput input, DrawResult drawn)
    {
        var after = drawn.Eligible.Select(c => c.Load + ((decimal)input.Weight / c.Capacity)).ToArray();
        var least = Array.IndexOf(after, after.Min());
        return [.. after.Select((_, i) => i == least ? 1.0 : 0)];
    }

    /// <summary>What the product did before: share of the role × exp(−3 × load ÷ mean load).</summary>
    public static double[] Exponential(DrawInput input, DrawResult drawn)
    {
        var mean = (double)drawn.Eligible.Average(c => c.Load);
        var roles = input.Roster.ToDictionary(p => p.Id, p => p.Role);
        return [.. drawn.Eligible.Select(c => Shares.GetValueOrDefault(roles[c.Prosecutor], 1) * Math.Exp(mean > 0 ? -3 * (double)c.Load / mean : 0))];
    }

    public override Dealt Deal(DrawInput input)
    {
        var drawn = Draw.Run(input with { Policy = input.Policy with { Strategy = DrawStrategy.Random } });
        if (drawn.Chosen is null) return new(null, null, 0, 0);
        var given = scores(input, drawn);
        var likeliest = Array.IndexOf(given, given.Max());
        var chosen = drawn.U.Choose([.. given.Select(s => (ulong)Math.Round(s * 1_000_000))]);
        return new(drawn.Eligible[chosen].Prosecutor, drawn.Eligible[likeliest].Prosecutor, given[likeliest] / given.Sum(), given.Length);
    }
}
