using Orleans;

namespace Cluster.Contracts.Operations;

/// <summary>
/// What is wrong with the system itself and somebody who runs it must know: one alert for each kind and case, open until what raised it says that it is over.
/// Kept in memory: what is still wrong after a restart is raised again by whoever meets it. Never throws, costs next to nothing, may be called from any thread.
/// </summary>
public interface IOperationalAlerts
{
    /// <summary>Something is wrong, perhaps still.</summary>
    /// <param name="kind">One of <see cref="OperationalKind"/>.</param>
    /// <param name="caseId">The case it is confined to; null for the whole process.</param>
    /// <param name="detail">A code, such as a rule's id; never text of a case.</param>
    /// <param name="cause">Only its type is kept: messages may quote what was in a case.</param>
    void Raise(string kind, string? caseId = null, string? detail = null, Exception? cause = null);

    /// <summary>It is over.</summary>
    void Clear(string kind, string? caseId = null);

    /// <summary>What is open, the longest first.</summary>
    IReadOnlyList<OperationalAlert> Open { get; }
}

/// <summary>An open operational alert.</summary>
/// <param name="Kind">One of <see cref="OperationalKind"/>.</param>
/// <param name="Case">The case it is confined to; null for the whole process.</param>
/// <param name="Detail">A code, such as a rule's id.</param>
/// <param name="Since">When it was first raised, by the real clock.</param>
/// <param name="Last">When it was last raised.</param>
/// <param name="Count">How often it was raised.</param>
/// <param name="Error">Type of the last error.</param>
[GenerateSerializer, Immutable, Alias("cluster.operational-alert")]
public sealed record OperationalAlert(
    [property: Id(0)] string Kind,
    [property: Id(1)] string? Case,
    [property: Id(2)] string? Detail,
    [property: Id(3)] DateTimeOffset Since,
    [property: Id(4)] DateTimeOffset Last,
    [property: Id(5)] long Count,
    [property: Id(6)] string? Error);

/// <summary>The kinds of operational alerts.</summary>
public static class OperationalKind
{
    /// <summary>The store does not answer.</summary>
    public const string StoreAway = "store-away";

    /// <summary>What the store holds is damaged.</summary>
    public const string StoreDamaged = "store-damaged";

    /// <summary>What other grains must learn of cases cannot be sent again.</summary>
    public const string RecoveryFailing = "recovery-failing";

    /// <summary>Cases that are due cannot be woken.</summary>
    public const string WakesFailing = "wakes-failing";

    /// <summary>Events of a case cannot be written.</summary>
    public const string CaseUnwritable = "case-unwritable";

    /// <summary>A case cannot be assessed: its events are recorded, and what they mean is not known.</summary>
    public const string CaseUnassessed = "case-unassessed";

    /// <summary>Stored events of a case cannot be read, and are left out of its assessment.</summary>
    public const string CaseUnreadable = "case-unreadable";

    /// <summary>A case has so many events that it is assessed apart from the others, at a slower pace.</summary>
    public const string CaseLarge = "case-large";

    /// <summary>A rule fails on a case and is silent there.</summary>
    public const string RuleFailed = "rule-failed";

    /// <summary>A snapshot cannot be read; the journal is read instead.</summary>
    public const string SnapshotUnreadable = "snapshot-unreadable";
}
