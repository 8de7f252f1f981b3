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

    private const string LinkedElsewhere = "linked-to-another";
    private const string NotTheirTurn = "not-their-turn";
    private const decimal LeastScore = 0.000001m;
    private const int ScoreDecimals = 6;
    private const int LoadDecimals = 4;

    /// <summary>Draws.</summary>
    public static DrawResult Run(DrawInput input)
    {
        var (mode, eligible, excluded) = Candidates(input);
        var u = DrawNumber.Of(input.Secret, input.Department, input.Date, input.Number, input.Case);
        var chosen = u.Choose([.. eligible.Select(c => c.Score)]);
        return new(mode, eligible, excluded, u, chosen < 0 ? null : eligible[chosen].Prosecutor);
    }

    /// <summary>What a draw would look like: who with what chance, and who not. Does not read the secret.</summary>
    public static DrawExplanation Explain(DrawInput input)
    {
        var (mode, eligible, excluded) = Candidates(input);
        var total = eligible.Sum(c => c.Score);
        return new(
            mode,
            [.. eligible.Select(c => new Chance(c.Prosecutor, c.Load, c.Score, (double)(c.Score / total)))],
            excluded);
    }

    private static (string Mode, List<Candidate> Eligible, List<Exclusion> Excluded) Candidates(DrawInput input)
    {
        var (eligible, excluded) = Eligibility.Of(input);
        var mode = Random;
        if (eligible.Exists(e => e.Id == input.Preferred))
        {
            mode = Linked;
            KeepOnly(input.Preferred!, LinkedElsewhere, eligible, excluded);
        }
        else if (input.Policy.Rotation && eligible.Count > 0)
        {
            mode = Rotation;
            var next = eligible.Find(e => string.CompareOrdinal(e.Id, input.Previous) > 0) ?? eligible[0];
            KeepOnly(next.Id, NotTheirTurn, eligible, excluded);
        }

        excluded.Sort((a, b) => string.CompareOrdinal(a.Prosecutor, b.Prosecutor));
        return (mode, Scored(eligible, input), excluded);
    }

    private static void KeepOnly(string prosecutor, string reason, List<RosterEntry> eligible, List<Exclusion> excluded)
    {
        excluded.AddRange(eligible.Where(e => e.Id != prosecutor).Select(e => new Exclusion(e.Id, reason)));
        eligible.RemoveAll(e => e.Id != prosecutor);
    }

    private static List<Candidate> Scored(List<RosterEntry> eligible, DrawInput input)
    {
        var loads = eligible.ConvertAll(e => Math.Max(0, input.Loads.GetValueOrDefault(e.Id)) / e.Capacity);
        var mean = loads.Count == 0 ? 0 : loads.Average();
        return [.. eligible.Select((e, i) => new Candidate(e.Id, Rounded(loads[i]), Score(e, loads[i], mean, input.Policy)))];
    }

    private static decimal Score(RosterEntry entry, double load, double mean, DrawPolicy policy)
    {
        var relative = mean > 0 ? load / mean : 0;
        var score = Math.Exp(-policy.Lambda * relative) * policy.Share.GetValueOrDefault(entry.Role, 1);
        return Math.Max(LeastScore, Math.Round((decimal)score, ScoreDecimals));
    }

    private static decimal Rounded(double load) => Math.Round((decimal)Math.Min(load, 1e15), LoadDecimals);
}
