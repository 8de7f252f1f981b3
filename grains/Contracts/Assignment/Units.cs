using Orleans;

namespace Cluster.Contracts;

/// <summary>A procuratorate (检察院) as the office defines it.</summary>
/// <param name="Code">Unit code, six digits as a rule.</param>
/// <param name="Level">national, province, city or county.</param>
/// <param name="Parent">Code of the procuratorate above; null at the top.</param>
/// <param name="ReportsOn">Evidence (event types, step codes, names of documents) this office declares it reports.</param>
/// <param name="ReportsOff">Event types this office declares it does not report.</param>
[GenerateSerializer, Immutable, Alias("cluster.procuratorate")]
public sealed record ProcuratorateDefinition(
    [property: Id(0)] string Code,
    [property: Id(1)] string Name,
    [property: Id(2)] string Level,
    [property: Id(3)] string? Parent,
    [property: Id(4)] string[] ReportsOn,
    [property: Id(5)] string[] ReportsOff);

/// <summary>A handling department (办案部门).</summary>
/// <param name="CaseTypes">Case types it takes; empty takes all.</param>
/// <param name="Strategy">balanced (default; also weighted-random), random, turns (also rotation) or turns:m.</param>
[GenerateSerializer, Immutable, Alias("cluster.department")]
public sealed record DepartmentDefinition(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string Procuratorate,
    [property: Id(3)] string[] CaseTypes,
    [property: Id(4)] string? Strategy);

/// <summary>A prosecutor (检察官) on a department's roster.</summary>
/// <param name="Capacity">Share of a full workload: 1.0 full, 0.6 head, 0.35 leader, 0.5 newcomer.</param>
/// <param name="Role">prosecutor, head, leader or newcomer.</param>
/// <param name="Specialties">Groups such as 未检, 金融, 职务, 毒品.</param>
/// <param name="Qualified">员额检察官: only these are drawn.</param>
/// <param name="Recusals">Case ids, or names of organs and persons, that this prosecutor must not handle.</param>
[GenerateSerializer, Immutable, Alias("cluster.prosecutor")]
public sealed record ProsecutorDefinition(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string Department,
    [property: Id(3)] double Capacity,
    [property: Id(4)] string Role,
    [property: Id(5)] string[] Specialties,
    [property: Id(6)] bool Qualified,
    [property: Id(7)] bool OnDuty,
    [property: Id(8)] Absence[] Absences,
    [property: Id(9)] string[] Recusals,
    [property: Id(10)] DateOnly? Since = null);

/// <summary>Days away, both included.</summary>
[GenerateSerializer, Immutable, Alias("cluster.absence")]
public sealed record Absence(
    [property: Id(0)] DateOnly From,
    [property: Id(1)] DateOnly Until,
    [property: Id(2)] string? Reason);
