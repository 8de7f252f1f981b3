namespace Cluster.Api.Units;

/// <summary>What to propose for.</summary>
/// <param name="Leaving">Prosecutors who leave for good; or who might.</param>
/// <param name="Away">Prosecutors who are away, or might be.</param>
/// <param name="MostMoves">0 to 500, beside those that must be; 20 if absent.</param>
/// <param name="KeepDays">Cases whose next deadline ends within so many days stay; 0 to 365, 7 if absent.</param>
/// <param name="Begun">Whether cases may be moved in which a suspect was interrogated; false if absent.</param>
/// <param name="From">The day from which they leave, today or later: who is away on that day takes nothing, and deadlines are near or far as seen from it. Now if absent.</param>
internal sealed record RebalancingBody(string?[]? Leaving = null, AwayBody?[]? Away = null, int? MostMoves = null, int? KeepDays = null, bool? Begun = null, string? From = null);

/// <summary>Somebody away.</summary>
/// <param name="Prosecutor">Prosecutor id.</param>
/// <param name="Until">Last day away.</param>
internal sealed record AwayBody(string? Prosecutor, string? Until);

/// <summary>A proposal.</summary>
/// <param name="Department">Department id.</param>
/// <param name="AsOf">When it was made.</param>
/// <param name="Before">How even loads are, without those who leave.</param>
/// <param name="After">How even they would be.</param>
/// <param name="Handover">What all moves cost, in weight.</param>
/// <param name="Loads">What each carries, and would.</param>
/// <param name="Moves">By case.</param>
/// <param name="Kept">Cases that stay, and why.</param>
/// <param name="Stranded">Cases that must be moved and that nobody may take.</param>
internal sealed record RebalancingProposalAnswer(
    string Department, DateTimeOffset AsOf, BalanceAnswer Before, BalanceAnswer After, double Handover,
    IReadOnlyList<CarriedAnswer> Loads, IReadOnlyList<MoveAnswer> Moves, IReadOnlyList<KeptAnswer> Kept, IReadOnlyList<KeptAnswer> Stranded);

/// <summary>How even loads are.</summary>
/// <param name="Cv">Coefficient of variation.</param>
/// <param name="Gini">Gini coefficient.</param>
/// <param name="MaxOverMean">Largest load ÷ mean.</param>
/// <param name="Misplaced">Weight with people who carry more than is fair.</param>
internal sealed record BalanceAnswer(double Cv, double Gini, double MaxOverMean, double Misplaced);

/// <summary>What one carries, and would: open weight ÷ capacity, and cases.</summary>
internal sealed record CarriedAnswer(string Prosecutor, double Capacity, double Before, double After, int CasesBefore, int CasesAfter, bool Leaves);

/// <summary>A case to be moved.</summary>
/// <param name="Case">The case.</param>
/// <param name="From">Who handles it.</param>
/// <param name="To">Who should.</param>
/// <param name="Weight">Its weight.</param>
/// <param name="Handover">What it costs to learn it, in weight.</param>
/// <param name="Gain">Misplaced weight that it takes away; not positive where it must be moved.</param>
/// <param name="NextDue">Expiry of its next deadline.</param>
/// <param name="Reason">leaves, away or balance.</param>
internal sealed record MoveAnswer(string Case, string From, string To, double Weight, double Handover, double Gain, DateTimeOffset? NextDue, string Reason);

/// <summary>A case that stays.</summary>
/// <param name="Case">The case.</param>
/// <param name="Prosecutor">Who handles it.</param>
/// <param name="Reason">near-deadline, interrogated or nobody-eligible.</param>
internal sealed record KeptAnswer(string Case, string Prosecutor, string Reason);

/// <summary>Moves that a person accepts.</summary>
/// <param name="Moves">1 to 500, each case once.</param>
/// <param name="Reason">Why.</param>
/// <param name="ApprovedBy">Who approved them.</param>
internal sealed record AcceptBody(MoveBody?[]? Moves, string? Reason, string? ApprovedBy);

/// <summary>A move.</summary>
/// <param name="Case">The case.</param>
/// <param name="From">Who must handle it still.</param>
/// <param name="To">Who is to have it.</param>
internal sealed record MoveBody(string? Case, string? From, string? To);

/// <summary>What became of the moves, in the order sent.</summary>
/// <param name="Results">One each.</param>
internal sealed record AcceptAnswer(IReadOnlyList<MoveResult> Results);

/// <summary>What became of a move.</summary>
/// <param name="Case">The case.</param>
/// <param name="Status">reassigned, unchanged, stale (somebody else handles it by now), not-open, refused, unknown (not of this department), unavailable (try again).</param>
/// <param name="Prosecutor">Who handles it now.</param>
/// <param name="Obstacle">Why it was refused.</param>
internal sealed record MoveResult(string Case, string Status, string? Prosecutor, string? Obstacle);
