namespace Cluster.Api.Units;

/// <summary>A procuratorate as the office defines it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Level">national, province, city or county.</param>
/// <param name="Parent">Code of the procuratorate above, which need not be in this system; null at the top.</param>
/// <param name="Reports">Which evidence this office reports.</param>
internal sealed record ProcuratorateBody(string? Name, string? Level, string? Parent = null, ReportsBody? Reports = null);

/// <summary>Evidence declared.</summary>
/// <param name="On">Event types, step codes and Chinese names of documents that the office reports.</param>
/// <param name="Off">Event types that it does not.</param>
internal sealed record ReportsBody(string?[]? On = null, string?[]? Off = null);

/// <summary>A handling department.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Procuratorate">Unit code.</param>
/// <param name="CaseTypes">Case types it takes; empty takes all.</param>
/// <param name="Strategy">balanced (if absent), random, turns or turns:m, where each takes m cases in turn; also weighted-random for balanced and rotation for turns.</param>
internal sealed record DepartmentBody(string? Name, string? Procuratorate, string?[]? CaseTypes = null, string? Strategy = null);

/// <summary>A prosecutor on a department's roster.</summary>
/// <param name="Name">Name.</param>
/// <param name="Department">Department id.</param>
/// <param name="Capacity">Share of a full workload, above 0 and at most 2; 1.0 if absent.</param>
/// <param name="Role">prosecutor (if absent), head, leader or newcomer.</param>
/// <param name="Specialties">Such as 未检.</param>
/// <param name="Qualified">员额检察官; true if absent.</param>
/// <param name="OnDuty">True if absent.</param>
/// <param name="Absences">Days away, both ends included; they must not overlap.</param>
/// <param name="Recusals">Case ids, or names of organs and persons.</param>
/// <param name="Since">Day of joining, if known: nothing is dealt before it, and the capacity of a newcomer grows from it on to the one given.</param>
internal sealed record ProsecutorBody(
    string? Name, string? Department, double? Capacity = null, string? Role = null, string?[]? Specialties = null, bool? Qualified = null, bool? OnDuty = null,
    AbsenceBody?[]? Absences = null, string?[]? Recusals = null, string? Since = null);

/// <summary>Days away.</summary>
/// <param name="From">Date.</param>
/// <param name="Until">Date.</param>
/// <param name="Reason">Why.</param>
internal sealed record AbsenceBody(string? From, string? Until, string? Reason = null);

/// <summary>The units that the caller gets to know.</summary>
internal sealed record UnitsAnswer(
    IReadOnlyList<ProcuratorateAnswer> Procuratorates, IReadOnlyList<DepartmentAnswer> Departments, IReadOnlyList<ProsecutorAnswer> Prosecutors);

/// <summary>A procuratorate: its definition with its code.</summary>
internal sealed record ProcuratorateAnswer(string Code, string Name, string Level, string? Parent, ReportsAnswer Reports);

/// <summary>Evidence declared.</summary>
internal sealed record ReportsAnswer(IReadOnlyList<string> On, IReadOnlyList<string> Off);

/// <summary>A department: its definition with its id.</summary>
internal sealed record DepartmentAnswer(string Id, string Name, string Procuratorate, IReadOnlyList<string> CaseTypes, string? Strategy);

/// <summary>A prosecutor: the definition with its id.</summary>
internal sealed record ProsecutorAnswer(
    string Id, string Name, string Department, double Capacity, string Role, IReadOnlyList<string> Specialties, bool Qualified, bool OnDuty,
    IReadOnlyList<AbsenceAnswer> Absences, IReadOnlyList<string> Recusals, DateOnly? Since);

/// <summary>Days away.</summary>
internal sealed record AbsenceAnswer(DateOnly From, DateOnly Until, string? Reason);
