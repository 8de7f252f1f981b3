namespace Cluster.Cases.Assessment;

/// <summary>
/// What an alert has become by what people did and by the law: a function of both, so it does not depend on the order in which events arrived.
/// </summary>
public static class AlertStatus
{
    public const string Open = "open";
    public const string Acknowledged = "acknowledged";
    public const string Noticed = "noticed";
    public const string Replied = "replied";
    public const string Closed = "closed";
    public const string Dismissed = "dismissed";

    /// <summary>Whether people are done with it.</summary>
    public static bool IsSettled(string status) => status is Closed or Dismissed;

    public static bool IsWarning(string level) => level is ['W', ..];

    /// <summary>
    /// The status of an alert. One whose finding cleared is closed by that, unless people did more than take note: a notice stays one until it is answered,
    /// and what was answered until somebody closes it.
    /// </summary>
    public static string Of(IReadOnlyList<RecordedAct> acts, DateTimeOffset raisedAt, DateTimeOffset? violatedAt, DateTimeOffset? clearedAt)
    {
        var status = OfPeople(acts, raisedAt, violatedAt);
        return clearedAt is not null && status is Open or Acknowledged ? Closed : status;
    }

    /// <summary>
    /// The status by what people did alone. What was done before the finding began was about another, which a correction has dated away; and whoever closed
    /// a warning did not close the violation that it became.
    /// </summary>
    public static string OfPeople(IReadOnlyList<RecordedAct> acts, DateTimeOffset raisedAt, DateTimeOffset? violatedAt)
    {
        var status = Open;
        DateTimeOffset? closedAt = null;
        foreach (var act in acts)
        {
            if (act.At < raisedAt) continue;
            if (act.At >= violatedAt) Reopen();
            (status, closedAt) = act.Act switch
            {
                AlertActs.Acknowledge or AlertActs.Refer when status == Open => (Acknowledged, null),
                AlertActs.Notice => (Noticed, null),
                AlertActs.Reply when status == Noticed => (Replied, null),
                AlertActs.Close => (Closed, (DateTimeOffset?)act.At),
                AlertActs.Dismiss => (Dismissed, null),
                _ => (status, closedAt),
            };
        }

        Reopen();
        return status;

        void Reopen()
        {
            if (status == Closed && closedAt < violatedAt) (status, closedAt) = (Open, null);
        }
    }

    /// <summary>Whether a notice was given that nobody has taken back; it may be answered, and answered again.</summary>
    public static bool IsUnderNotice(IReadOnlyList<RecordedAct> acts) => LastNotice(acts, AlertActs.Close, AlertActs.Dismiss) is not null;

    /// <summary>The gravest notice that still waits for its answer; null if none does.</summary>
    public static string? WaitingNotice(IReadOnlyList<RecordedAct> acts) => LastNotice(acts, AlertActs.Close, AlertActs.Dismiss, AlertActs.Reply)?.Text("kind");

    private static RecordedAct? LastNotice(IReadOnlyList<RecordedAct> acts, params ReadOnlySpan<string> ends)
    {
        for (var i = acts.Count - 1; i >= 0 && !ends.Contains(acts[i].Act); i--)
        {
            if (acts[i].Act == AlertActs.Notice) return acts[i];
        }

        return null;
    }
}
