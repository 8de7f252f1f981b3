using Orleans;

namespace Cluster.Contracts;

/// <summary>What somebody does about an alert of a case (contract chapter 6).</summary>
/// <param name="Id">Of the event that will record it: the same act sent again has the same.</param>
/// <param name="Alert">The alert.</param>
/// <param name="Act">acknowledge, dismiss, notice, reply, close or refer.</param>
/// <param name="By">The account.</param>
/// <param name="Prosecutor">The prosecutor whose account it is; null if it is nobody's.</param>
/// <param name="Seen">Whose the alert was when it was found that the account may do this.</param>
/// <param name="Data">The fields of the act, a JSON object in UTF-8.</param>
[GenerateSerializer, Immutable, Alias("cluster.alert-act")]
public sealed record AlertAct(
    [property: Id(0)] string Id,
    [property: Id(1)] string Alert,
    [property: Id(2)] string Act,
    [property: Id(3)] string By,
    [property: Id(4)] string? Prosecutor,
    [property: Id(5)] CaseScope Seen,
    [property: Id(6)] byte[] Data);

/// <summary>What became of an act.</summary>
/// <param name="Result">Whether it is done, or why not.</param>
/// <param name="Status">The status it gave the alert; null where it is not done.</param>
/// <param name="Act">The act as the alert shows it, JSON in UTF-8; null where it is not done.</param>
[GenerateSerializer, Immutable, Alias("cluster.act-outcome")]
public sealed record ActOutcome(
    [property: Id(0)] ActResult Result,
    [property: Id(1)] string? Status = null,
    [property: Id(2)] byte[]? Act = null);

/// <summary>Whether an act is done, or why not.</summary>
public enum ActResult
{
    /// <summary>Done, now or before.</summary>
    Done,

    /// <summary>The case has no such alert.</summary>
    Unknown,

    /// <summary>The case has changed hands since the account's rights were looked at.</summary>
    Moved,

    /// <summary>Nobody supervises their own case.</summary>
    OwnCase,

    /// <summary>The alert is closed or dismissed.</summary>
    Settled,

    /// <summary>A correction has taken the ground of the alert away.</summary>
    Retracted,

    /// <summary>There is no notice to answer.</summary>
    NoNotice,

    /// <summary>A notice that is as grave still waits for its answer.</summary>
    NoticeWaiting,

    /// <summary>More has been done about the alert than anybody can read.</summary>
    TooMany,

    /// <summary>Another act has this id.</summary>
    IdTaken,
}
