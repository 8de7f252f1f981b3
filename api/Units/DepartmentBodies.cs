namespace Cluster.Api.Units;

/// <summary>Which case to look at.</summary>
internal sealed record PreviewRequest(string? Case);

/// <summary>The workload of a department.</summary>
/// <param name="Prosecutors">Everybody on the roster.</param>
/// <param name="Fairness">How evenly loads are spread.</param>
/// <param name="Unassigned">Cases that wait for a prosecutor.</param>
/// <param name="Findings">What the rules about a department and a period find in it now; the cases behind them are listed by its findings.</param>
internal sealed record WorkloadAnswer(IReadOnlyList<ProsecutorLoadAnswer> Prosecutors, FairnessAnswer? Fairness, int Unassigned, IReadOnlyList<DepartmentFindingAnswer> Findings);

/// <summary>The load of one prosecutor.</summary>
internal sealed record ProsecutorLoadAnswer(string Id, string Name, double Capacity, double Load, int OpenCases, int Alerts, bool OnDuty);

/// <summary>Fairness of loads.</summary>
/// <param name="Cv">Coefficient of variation.</param>
/// <param name="Gini">Gini coefficient.</param>
/// <param name="MaxOverMean">Largest load ÷ mean.</param>
internal sealed record FairnessAnswer(double Cv, double Gini, double MaxOverMean);

/// <summary>What a draw would look like.</summary>
/// <param name="Case">The case.</param>
/// <param name="Department">Department id.</param>
/// <param name="Weight">Case weight.</param>
/// <param name="Mode">random, linked or rotation.</param>
/// <param name="Eligible">Who may be drawn.</param>
/// <param name="Excluded">Who may not, and why.</param>
internal sealed record PreviewAnswer(
    string Case, string Department, double Weight, string Mode, IReadOnlyList<ChanceAnswer> Eligible, IReadOnlyList<ExcludedAnswer> Excluded);

/// <summary>Who may be drawn, and how likely.</summary>
internal sealed record ChanceAnswer(string Prosecutor, decimal Load, decimal Score, double Probability, decimal? Capacity = null, ReducedAnswer? Reduced = null);

/// <summary>Why somebody has less capacity for a case than the office gives: full × newcomer × absence.</summary>
/// <param name="Full">As the office gives it.</param>
/// <param name="Newcomer">Share that a newcomer has by now.</param>
/// <param name="Absence">Share that is left before an absence.</param>
internal sealed record ReducedAnswer(decimal Full, decimal Newcomer, decimal Absence);

/// <summary>Who may not be drawn.</summary>
internal sealed record ExcludedAnswer(string Prosecutor, string Reason);

/// <summary>The draws of one day.</summary>
/// <param name="Department">Department id.</param>
/// <param name="Date">Legal date.</param>
/// <param name="Commitment">SHA-256 of the secret, published before the first draw.</param>
/// <param name="Secret">32 bytes in hex; null until the day is over.</param>
/// <param name="Draws">In order.</param>
internal sealed record DrawDayAnswer(string Department, DateOnly Date, string Commitment, string? Secret, IReadOnlyList<DrawAnswer> Draws);

/// <summary>One draw.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Case">The case.</param>
/// <param name="Mode">random, linked or rotation.</param>
/// <param name="Policy">Name and version of the rule that the scores follow from, such as balanced/1; absent from draws before there were several.</param>
/// <param name="Weight">Weight of the case.</param>
/// <param name="LastTurn">In rotation, whose turn the one before was; null before the first.</param>
/// <param name="Eligible">Sorted by prosecutor id.</param>
/// <param name="Excluded">With the reason.</param>
/// <param name="U">In [0, 1), from the secret, the date, the number and the case.</param>
/// <param name="Chosen">The first whose running share of the scores exceeds <paramref name="U"/>.</param>
internal sealed record DrawAnswer(
    int Number, string Case, string Mode, IReadOnlyList<CandidateAnswer> Eligible, IReadOnlyList<ExcludedAnswer> Excluded, decimal U, string Chosen,
    string? Policy = null, decimal? Weight = null, TurnAnswer? LastTurn = null);

/// <summary>A turn: whose, and how many of its cases are taken.</summary>
internal sealed record TurnAnswer(string Prosecutor, int Taken);

/// <summary>Who could be drawn.</summary>
internal sealed record CandidateAnswer(string Prosecutor, decimal Load, decimal Score, decimal? Capacity = null, ReducedAnswer? Reduced = null);
