namespace Cluster.Cases.Assignment;

/// <summary>One who may be drawn: load is open weight ÷ capacity with four decimals, score is positive with six.</summary>
/// <param name="Capacity">For this case, four decimals.</param>
/// <param name="Reduced">Why that is less than the office gives; null if it is not.</param>
public readonly record struct Candidate(string Prosecutor, decimal Load, decimal Capacity, decimal Score, ReducedCapacity? Reduced = null);

/// <summary>One who may be drawn, with the probability: score ÷ sum of the scores.</summary>
public sealed record Chance(string Prosecutor, decimal Load, decimal Score, double Probability, decimal Capacity, ReducedCapacity? Reduced = null);

/// <summary>Who would be drawn with what chance, before any draw. Mode is random, linked or rotation.</summary>
public sealed record DrawExplanation(string Mode, IReadOnlyList<Chance> Eligible, IReadOnlyList<Exclusion> Excluded);

/// <summary>A draw as it is published.</summary>
/// <param name="Mode">random, linked or rotation.</param>
/// <param name="Policy">Name and version of the rule that the scores follow from.</param>
/// <param name="Weight">Weight of the case, up to four decimals.</param>
/// <param name="LastTurn">In rotation, whose turn the one before was; null before the first.</param>
/// <param name="Eligible">Sorted by prosecutor id, ordinal.</param>
/// <param name="Excluded">Everybody else of the roster, with the reason.</param>
/// <param name="U">From 0 to below 1.</param>
/// <param name="Chosen">Null if nobody is eligible.</param>
public sealed record DrawResult(
    string Mode,
    string Policy,
    decimal Weight,
    Turn? LastTurn,
    IReadOnlyList<Candidate> Eligible,
    IReadOnlyList<Exclusion> Excluded,
    DrawNumber U,
    string? Chosen);
