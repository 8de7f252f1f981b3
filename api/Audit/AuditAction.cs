namespace Cluster.Api.Audit;

/// <summary>What the audit log calls things. Stable: entries are kept for ever, and people filter by these.</summary>
internal static class AuditAction
{
    public const string CaseRead = "case.read";
    public const string CaseListed = "case.listed";
    public const string CaseAssessed = "case.assessed";
    public const string CaseWatched = "case.watched";
    public const string AlertListed = "alert.listed";
    public const string AlertAcknowledged = "alert.acknowledged";
    public const string AlertDismissed = "alert.dismissed";
    public const string AlertNoticed = "alert.noticed";
    public const string AlertReplied = "alert.replied";
    public const string AlertClosed = "alert.closed";
    public const string AlertReferred = "alert.referred";
    public const string AlertsActed = "alerts.acted";
    public const string NoticeRead = "notice.read";
    public const string FeedWatched = "feed.watched";
    public const string DrawPreviewed = "draw.previewed";
    public const string DrawsRead = "draws.read";
    public const string CaseReassigned = "case.reassigned";
    public const string AssignmentRead = "assignment.read";
    public const string QueueRead = "queue.read";
    public const string DepartmentFindingsRead = "department-findings.read";
    public const string FairnessRead = "fairness.read";
    public const string RebalancingProposed = "rebalancing.proposed";
    public const string RebalancingAccepted = "rebalancing.accepted";
    public const string EventsPosted = "events.posted";

    public const string Login = "login";
    public const string LoginFailed = "login.failed";
    public const string Logout = "logout";
    public const string PasswordChanged = "password.changed";

    public const string AccountChanged = "account.changed";
    public const string AccountEnded = "account.ended";
    public const string RolesChanged = "roles.changed";
    public const string SetupStarted = "setup.started";
    public const string SetupCompleted = "setup.completed";
    public const string UnitChanged = "unit.changed";

    public const string RulesRead = "rules.read";
    public const string RulesDrafted = "rules.drafted";
    public const string RulesEdited = "rules.edited";
    public const string RulesWithdrawn = "rules.withdrawn";
    public const string RulesTried = "rules.tried";
    public const string RulesPublished = "rules.published";
    public const string RulesRolledBack = "rules.rolled-back";
    public const string BacktestStarted = "backtest.started";
    public const string BacktestRead = "backtest.read";
    public const string BacktestCancelled = "backtest.cancelled";

    public const string AuditRead = "audit.read";
    public const string AuditVerified = "audit.verified";
}

/// <summary>How what an entry tells of came out.</summary>
internal static class AuditOutcome
{
    /// <summary>An act is about to be done; another entry of the same request tells how it ended, unless the server did not live to see it.</summary>
    public const string Begun = "begun";

    public const string Ok = "ok";

    /// <summary>Outside the rights of the account, or there is no such thing that it may see.</summary>
    public const string Refused = "refused";

    /// <summary>The request was wrong by itself.</summary>
    public const string Invalid = "invalid";

    /// <summary>The server failed, or the client left; of an act, nobody can know from this entry how far it got.</summary>
    public const string Failed = "failed";

    public static string Of(int status) => status switch
    {
        < 400 => Ok,
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound or StatusCodes.Status409Conflict => Refused,
        StatusCodes.Status499ClientClosedRequest or >= 500 => Failed,
        _ => Invalid,
    };
}
