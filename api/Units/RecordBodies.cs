using Cluster.Api.Cases;

namespace Cluster.Api.Units;

/// <summary>The cases that wait for a prosecutor.</summary>
/// <param name="Department">Department id.</param>
/// <param name="AsOf">When it was looked.</param>
/// <param name="Total">How many wait; at most 200 are listed.</param>
/// <param name="People">How many are on the roster.</param>
/// <param name="DrawnAgainAt">When those that nobody may have are drawn for again; a change of the roster does so at once.</param>
/// <param name="Cases">Longest waiting first.</param>
internal sealed record QueueAnswer(string Department, DateTimeOffset AsOf, int Total, int People, DateTimeOffset DrawnAgainAt, IReadOnlyList<WaitingAnswer> Cases);

/// <summary>A case that waits.</summary>
/// <param name="Case">The case.</param>
/// <param name="CaseType">Its type.</param>
/// <param name="Since">When it was accepted.</param>
/// <param name="Weight">Its weight.</param>
/// <param name="NextDue">Expiry of its next deadline.</param>
/// <param name="Why">empty-roster, nobody-eligible or not-drawn-yet.</param>
/// <param name="Message">The same for people.</param>
/// <param name="Eligible">Who may have it by now.</param>
/// <param name="Excluded">Who may not, and why.</param>
internal sealed record WaitingAnswer(
    string Case, string CaseType, DateTimeOffset? Since, double Weight, DateTimeOffset? NextDue, string Why, BilingualText Message, IReadOnlyList<string> Eligible, IReadOnlyList<ExcludedPersonAnswer> Excluded);

/// <summary>Who may not have a case.</summary>
/// <param name="Prosecutor">Prosecutor id.</param>
/// <param name="Name">Name.</param>
/// <param name="Reason">A stable code, as absent.</param>
/// <param name="Message">The same for people.</param>
internal sealed record ExcludedPersonAnswer(string Prosecutor, string? Name, string Reason, BilingualText Message);

/// <summary>What the rules about a department found in it.</summary>
/// <param name="Department">Department id.</param>
/// <param name="AsOf">When it was looked.</param>
/// <param name="Items">Open and cleared, the newest first.</param>
internal sealed record DepartmentFindingsAnswer(string Department, DateTimeOffset AsOf, IReadOnlyList<DepartmentFindingAnswer> Items);

/// <summary>A finding about a department and a period.</summary>
/// <param name="Id">Stable: from department, rule, subject and instance.</param>
/// <param name="Rule">FA-002, FA-005, FA-006 or FA-008; or what an office added.</param>
/// <param name="Name">Of the rule.</param>
/// <param name="Department">Department id.</param>
/// <param name="Subject">department, or a prosecutor id.</param>
/// <param name="Instance">The legal date on which it was raised.</param>
/// <param name="Level">Of the rule.</param>
/// <param name="Category">Of the rule.</param>
/// <param name="Basis">Of the rule.</param>
/// <param name="RaisedAt">Legal time, derived from what is recorded.</param>
/// <param name="ClearedAt">Null while it is open.</param>
/// <param name="Message">What is wrong, with the numbers.</param>
/// <param name="Cases">The cases behind it.</param>
/// <param name="Figures">The numbers by name.</param>
internal sealed record DepartmentFindingAnswer(
    string Id, string Rule, BilingualText Name, string Department, string Subject, string Instance, string Level, string Category, string Basis,
    DateTimeOffset RaisedAt, DateTimeOffset? ClearedAt, BilingualText Message, IReadOnlyList<string> Cases, IReadOnlyDictionary<string, double> Figures);

/// <summary>Fairness over time.</summary>
/// <param name="Department">Department id.</param>
/// <param name="From">First day.</param>
/// <param name="Until">Last day.</param>
/// <param name="Days">Days to a point: 1 or 7.</param>
/// <param name="AsOf">When it was looked.</param>
/// <param name="ShareOf">Of fewer cases no share is given.</param>
/// <param name="Total">How cases were given in the whole period.</param>
/// <param name="Points">In order of time, none later than now.</param>
/// <param name="Pairs">Handlers who met a lawyer or a police unit clearly more often than chance.</param>
internal sealed record FairnessOverTimeAnswer(
    string Department, DateOnly From, DateOnly Until, int Days, DateTimeOffset AsOf, int ShareOf, GivenCountsAnswer Total, IReadOnlyList<FairnessPointAnswer> Points, IReadOnlyList<PairAnswer> Pairs);

/// <summary>A stretch of days.</summary>
/// <param name="From">First day.</param>
/// <param name="Until">Last day; loads are of its end.</param>
/// <param name="People">On duty then; loads are theirs.</param>
/// <param name="Cv">Coefficient of variation of open weight ÷ capacity.</param>
/// <param name="Gini">Gini coefficient.</param>
/// <param name="MaxOverMean">Largest load ÷ mean.</param>
/// <param name="Waiting">Open cases that nobody had.</param>
/// <param name="Given">How cases were given on these days.</param>
internal sealed record FairnessPointAnswer(DateOnly From, DateOnly Until, int People, double Cv, double Gini, double MaxOverMean, int Waiting, GivenCountsAnswer Given);

/// <summary>How cases were given in a time.</summary>
/// <param name="Assigned">For the first time.</param>
/// <param name="Designated">Of these, by people instead of a draw.</param>
/// <param name="Reassigned">How often a case was taken from one and given to another.</param>
/// <param name="MedianWait">Hours from acceptance to the first assignment.</param>
/// <param name="P90Wait">The same, of nine in ten no more.</param>
/// <param name="DesignatedShare">Of those assigned; null of too few.</param>
/// <param name="ReassignedShare">Of all times a case was given; null of too few.</param>
internal sealed record GivenCountsAnswer(int Assigned, int Designated, int Reassigned, double? MedianWait, double? P90Wait, double? DesignatedShare, double? ReassignedShare);

/// <summary>A pair above chance.</summary>
/// <param name="Kind">lawyer or police.</param>
/// <param name="Prosecutor">Prosecutor id.</param>
/// <param name="Other">The lawyer, or the police unit.</param>
/// <param name="Count">Cases in which they met.</param>
/// <param name="Expected">As many as if the handler's cases were spread without regard to whose they are.</param>
/// <param name="Chance">How often chance alone would make them meet so often: Fisher's exact test, one side.</param>
/// <param name="Cases">Those in which they met.</param>
internal sealed record PairAnswer(string Kind, string Prosecutor, string Other, int Count, double Expected, double Chance, IReadOnlyList<string> Cases);

/// <summary>The cases behind a number.</summary>
/// <param name="Department">Department id.</param>
/// <param name="From">First day.</param>
/// <param name="Until">Last day.</param>
/// <param name="Kind">assigned, designated or reassigned.</param>
/// <param name="Total">How many; at most 2,000 are listed.</param>
/// <param name="Items">In order of time.</param>
internal sealed record GivenAnswer(string Department, DateOnly From, DateOnly Until, string Kind, int Total, IReadOnlyList<GivenItem> Items);

/// <summary>A case that was given to somebody.</summary>
/// <param name="Case">The case.</param>
/// <param name="CaseType">Its type.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="At">When it was given.</param>
/// <param name="Prosecutor">To whom.</param>
/// <param name="Mode">random, rotation, linked, designated or reassigned.</param>
/// <param name="Wait">Hours from acceptance.</param>
internal sealed record GivenItem(string Case, string CaseType, DateTimeOffset AcceptedAt, DateTimeOffset At, string Prosecutor, string Mode, double Wait);
