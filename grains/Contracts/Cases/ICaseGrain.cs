using Orleans;
using Orleans.Concurrency;

namespace Cluster.Contracts;

/// <summary>One case: its history, its assessment, its alerts. The key is the case id (the CloudEvents subject).</summary>
[Alias("cluster.case")]
public interface ICaseGrain : IGrainWithStringKey
{
    /// <summary>Records events of this case. Answers when every accepted event is durable; outcomes are in the order sent.</summary>
    [Alias("record")]
    Task<EventOutcome[]> Record(EventMessage[] events);

    /// <summary>
    /// Does what people decided about alerts of this case; each is about another alert. Answers when all that can be done is durable, in the order given.
    /// An act that was done before changes nothing and answers the same.
    /// </summary>
    [Alias("act")]
    Task<ActOutcome[]> Act(AlertAct[] acts);

    /// <summary>The case body of contract chapter 5, or null for a case nobody reported.</summary>
    /// <param name="asOf">Only events not later count and the clock reads this instant; null is now.</param>
    [Alias("read"), ReadOnly]
    Task<CaseAnswer?> Read(DateTimeOffset? asOf);

    /// <summary>Every event of the case as stored, and whose it is; null for a case nobody reported.</summary>
    [Alias("events"), ReadOnly]
    Task<CaseEvents?> Events();

    /// <summary>What a department would need to know to draw for this case; null for a case nobody accepted.</summary>
    [Alias("for-assignment"), ReadOnly]
    Task<AssignmentRequest?> ForAssignment();

    /// <summary>What is to be known before the case is given to somebody else; null for a case nobody accepted.</summary>
    [Alias("for-handover"), ReadOnly]
    Task<HandoverFacts?> ForHandover();

    /// <summary>Gives the case to another prosecutor of its department. Durable when it returns.</summary>
    [Alias("reassign")]
    Task<Reassigned> Reassign(Reassignment reassignment);

    /// <summary>The due index calls when the assessment may change by time alone. Idempotent.</summary>
    [Alias("wake")]
    Task Wake();

    /// <summary>
    /// Sends what other grains must learn of the latest revision. Idempotent; called by the case itself and by recovery.
    /// Interleaves, so that two cases that tell each other something do not wait for each other.
    /// </summary>
    [Alias("deliver"), OneWay, AlwaysInterleave]
    Task Deliver();
}

/// <summary>What became of one event.</summary>
/// <param name="Id">The event's id.</param>
/// <param name="Status">Accepted or duplicate; a rejection never reaches a grain, except a correction that names its own.</param>
/// <param name="Version">The case's version after it.</param>
/// <param name="Error">Why it was rejected; else null.</param>
[GenerateSerializer, Immutable, Alias("cluster.event-outcome")]
public sealed record EventOutcome(
    [property: Id(0)] string Id,
    [property: Id(1)] EventStatus Status,
    [property: Id(2)] long Version,
    [property: Id(3)] string? Error = null);

/// <summary>The status of one event in an answer.</summary>
public enum EventStatus
{
    Accepted,
    Duplicate,
    Rejected,
}

/// <summary>A case as answered, with what the caller needs to decide who may see it.</summary>
[GenerateSerializer, Immutable, Alias("cluster.case-answer")]
public sealed record CaseAnswer(
    [property: Id(0)] CaseScope Scope,
    [property: Id(1)] long Version,
    [property: Id(2)] long Revision,
    [property: Id(3)] byte[] Json);

/// <summary>The events of a case, with what the caller needs to decide who may see them.</summary>
[GenerateSerializer, Immutable, Alias("cluster.case-events")]
public sealed record CaseEvents(
    [property: Id(0)] CaseScope Scope,
    [property: Id(1)] EventMessage[] Events);

/// <summary>Whose a case is.</summary>
[GenerateSerializer, Immutable, Alias("cluster.case-scope")]
public sealed record CaseScope(
    [property: Id(0)] string? Procuratorate,
    [property: Id(1)] string? Department,
    [property: Id(2)] string? Prosecutor);
