namespace Cluster.Cases.Assignment;

/// <summary>What each eligible one scores. Whole numbers in and out, so that print is enough to recompute it.</summary>
/// <remarks>
/// A version never changes: days that were drawn with it must verify for ever. <c>balanced/1</c>: everybody is ranked by the load
/// that they would have with the case; the half that would carry least (rounded up, at least two) has the same chance, the others
/// practically none. So nobody is drawn with more than twice the chance of a blind draw, which bounds what knowing all loads is
/// worth to an insider, and no rule within that bound levels loads faster in one step: it gives all the chance that is allowed to
/// those who carry least. Who ties at the boundary shares what is left of the half. Between only two, who would carry less has
/// three chances in four. Roles have no share of their own: capacity says how much a leader or a newcomer takes.
/// </remarks>
internal static class DrawScores
{
    public const int Decimals = 6;

    private const ulong Full = 1_000_000;
    private const ulong Least = 1; // scores are positive (contract chapter 7)
    private const ulong ThirdOfFull = 333_333;

    /// <summary>Scores in millionths.</summary>
    /// <param name="strategy">In turns, and where a case is linked, there is only one to score.</param>
    /// <param name="weight">Weight of the case, ten-thousandths.</param>
    /// <param name="loads">Open weight ÷ capacity before the draw, ten-thousandths.</param>
    /// <param name="capacities">Ten-thousandths, at least one.</param>
    public static ulong[] Of(DrawStrategy strategy, long weight, ReadOnlySpan<long> loads, ReadOnlySpan<long> capacities)
    {
        var scores = new ulong[loads.Length];
        if (strategy.Method != DrawMethod.Balanced || loads.Length == 1)
        {
            Array.Fill(scores, Full);
            return scores;
        }

        var after = new long[loads.Length];
        for (var i = 0; i < after.Length; i++)
        {
            after[i] = loads[i] + Fixed.Ratio(weight, capacities[i]);
        }

        if (after.Length == 2 && after[0] != after[1])
        {
            return after[0] < after[1] ? [Full, ThirdOfFull] : [ThirdOfFull, Full];
        }

        Halve(after, scores);
        return scores;
    }

    private static void Halve(ReadOnlySpan<long> after, Span<ulong> scores)
    {
        var places = Math.Min(after.Length, Math.Max(2, (after.Length + 1) / 2));
        if (places == 0)
        {
            return;
        }

        var bound = Smallest.Of(after, places);
        var below = 0;
        var tied = 0;
        foreach (var load in after)
        {
            below += load < bound ? 1 : 0;
            tied += load == bound ? 1 : 0;
        }

        // Rounded up, so that the total is never less than the places and nobody's chance more than one of them.
        var shared = (((ulong)(places - below) * Full) + (ulong)tied - 1) / (ulong)tied;
        for (var i = 0; i < after.Length; i++)
        {
            scores[i] = after[i] < bound ? Full : after[i] == bound ? shared : Least;
        }
    }
}
