namespace Cluster.Cases.Assignment;

/// <summary>Draws a prosecutor for a case. Pure: the same input gives the same draw on every machine.</summary>
/// <remarks>
/// A case that is linked with another goes to its handler, and in rotation to whose turn it is; then that one is the only
/// eligible, so that the rule of the contract holds for every draw whatever its mode: the chosen one is the first whose running
/// sum of scores ÷ total exceeds u.
/// </remarks>
public static class Draw
{
    public const string Random = "random";
    public const string Linked = "linked";
    public const string Rotation = "rotation";

    internal const string NotTheirTurn = "not-their-turn";
    private const string LinkedElsewhere = "linked-to-another";

    /// <summary>Draws.</summary>
    public static DrawResult Run(DrawInput input)
    {
        var (mode, eligible, excluded) = Candidates(input);
        var (candidates, scores) = Scored(eligible, input);
        var u = DrawNumber.Of(input.Secret, input.Department, input.Date, input.Number, input.Case);
        var chosen = u.Choose(scores);
        return new(
            mode, input.Policy.Strategy.Policy, Fixed.Printed(WeightOf(input)), mode == Rotation ? input.LastTurn : null,
            candidates, excluded, u, chosen < 0 ? null : candidates[chosen].Prosecutor);
    }

    /// <summary>What a draw would look like: who with what chance, and who not. Does not read the secret.</summary>
    public static DrawExplanation Explain(DrawInput input)
    {
        var (mode, eligible, excluded) = Candidates(input);
        var (candidates, _) = Scored(eligible, input);
        var total = candidates.Sum(c => c.Score);
        return new(mode, [.. candidates.Select(c => new Chance(c.Prosecutor, c.Load, c.Score, (double)(c.Score / total), c.Capacity, c.Reduced))], excluded);
    }

    private static (string Mode, List<RosterEntry> Eligible, List<Exclusion> Excluded) Candidates(DrawInput input)
    {
        var (eligible, excluded) = Eligibility.Of(input);
        var mode = Random;
        if (input.Preferred is not null && eligible.Exists(e => e.Id == input.Preferred))
        {
            mode = Linked;
            KeepOnly(input.Preferred, LinkedElsewhere, eligible, excluded);
        }
        else if (input.Policy.Strategy is { Method: DrawMethod.Turns } strategy && eligible.Count > 0)
        {
            mode = Rotation;
            KeepOnly(Turn.Next(input.LastTurn, eligible.ConvertAll(e => e.Id), strategy.Each), NotTheirTurn, eligible, excluded);
        }

        Sort(excluded);
        return (mode, eligible, excluded);
    }

    private static void KeepOnly(string prosecutor, string reason, List<RosterEntry> eligible, List<Exclusion> excluded)
    {
        excluded.EnsureCapacity(excluded.Count + eligible.Count);
        foreach (var entry in eligible)
        {
            if (entry.Id != prosecutor)
            {
                excluded.Add(new(entry.Id, reason));
            }
        }

        eligible.RemoveAll(e => e.Id != prosecutor);
    }

    // Usually nothing is out of order: nobody was excluded but those whose turn it is not.
    private static void Sort(List<Exclusion> excluded)
    {
        for (var i = 1; i < excluded.Count; i++)
        {
            if (string.CompareOrdinal(excluded[i - 1].Prosecutor, excluded[i].Prosecutor) > 0)
            {
                excluded.Sort((a, b) => string.CompareOrdinal(a.Prosecutor, b.Prosecutor));
                return;
            }
        }
    }

    private static (Candidate[] Candidates, ulong[] Scores) Scored(List<RosterEntry> eligible, DrawInput input)
    {
        var loads = new long[eligible.Count];
        var capacities = new long[eligible.Count];
        Dictionary<int, ReducedCapacity>? reduced = null;
        for (var i = 0; i < loads.Length; i++)
        {
            var carrying = capacities[i] = Fixed.Of(eligible[i].Capacity);
            if (CapacityAhead.Of(eligible[i], input.Date, input.Policy) is { } less)
            {
                (carrying, capacities[i]) = (Fixed.Of(less.Carrying), Fixed.Of(less.ForNew));
                (reduced ??= [])[i] = less;
            }

            loads[i] = Fixed.Ratio(Fixed.Of(input.Loads.GetValueOrDefault(eligible[i].Id)), carrying);
        }

        var scores = DrawScores.Of(input.Policy.Strategy, WeightOf(input), loads, capacities);
        return (Printed(eligible, loads, capacities, scores, reduced), scores);
    }

    private static Candidate[] Printed(List<RosterEntry> eligible, long[] loads, long[] capacities, ulong[] scores, Dictionary<int, ReducedCapacity>? reduced)
    {
        var candidates = new Candidate[loads.Length];
        for (var i = 0; i < candidates.Length; i++)
        {
            // Most are like the one before.
            var capacity = i > 0 && capacities[i] == capacities[i - 1] ? candidates[i - 1].Capacity : Fixed.Printed(capacities[i]);
            var score = i > 0 && scores[i] == scores[i - 1] ? candidates[i - 1].Score : Fixed.Printed((long)scores[i], DrawScores.Decimals);
            candidates[i] = new(eligible[i].Id, Fixed.Printed(loads[i]), capacity, score, reduced?.GetValueOrDefault(i));
        }

        return candidates;
    }

    private static long WeightOf(DrawInput input) => Fixed.Of(input.Weight);
}
