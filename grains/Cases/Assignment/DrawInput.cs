namespace Cluster.Cases.Assignment;

/// <summary>
/// A prosecutor as the roster of a department has them. Capacity is the share of a full workload (1.0 full, 0.6 head, 0.35 leader,
/// 0.5 newcomer); role is prosecutor, head, leader or newcomer; qualified is 员额检察官; recusals are case ids, or names of organs
/// and persons, that this prosecutor must not handle; since is the day of joining, null if not told.
/// </summary>
public sealed record RosterEntry(
    string Id,
    double Capacity,
    string Role,
    IReadOnlyList<string> Specialties,
    bool Qualified,
    bool OnDuty,
    IReadOnlyList<RosterAbsence> Absences,
    IReadOnlyList<string> Recusals,
    DateOnly? Since = null);

/// <summary>Days away, both included; without an end while <paramref name="Until"/> is null.</summary>
public sealed record RosterAbsence(DateOnly From, DateOnly? Until, string? Reason);

/// <summary>Who is not drawn, and why.</summary>
public sealed record Exclusion(string Prosecutor, string Reason);

/// <summary>Everything a draw follows from.</summary>
/// <param name="Department">Department id.</param>
/// <param name="Date">Legal date of the draw.</param>
/// <param name="Number">From 1, per department and day.</param>
/// <param name="Case">Case id.</param>
/// <param name="CaseType">Case type of domain.md 1.1.</param>
/// <param name="Weight">Weight of the case.</param>
/// <param name="Preferred">Who handles the case that this one continues or is linked with; null if nobody.</param>
/// <param name="Excluded">Prosecutors this case must not go to, with the reason.</param>
/// <param name="Needs">Specialties the law asks for.</param>
/// <param name="Organs">Names of sending organ, suspects and defenders, for recusal by relation.</param>
/// <param name="Roster">Everybody of the department.</param>
/// <param name="Loads">Open weight by prosecutor id, none negative; who is not in it carries nothing.</param>
/// <param name="Policy">How the office draws.</param>
/// <param name="Secret">The day's secret, 32 bytes. An explanation does not read it.</param>
/// <param name="LastTurn">Whose turn the last draw in turns was; null before the first.</param>
public sealed record DrawInput(
    string Department,
    DateOnly Date,
    int Number,
    string Case,
    string CaseType,
    double Weight,
    string? Preferred,
    IReadOnlyList<Exclusion> Excluded,
    IReadOnlyList<string> Needs,
    IReadOnlyList<string> Organs,
    IReadOnlyList<RosterEntry> Roster,
    IReadOnlyDictionary<string, decimal> Loads,
    DrawPolicy Policy,
    byte[] Secret,
    Turn? LastTurn = null);
