using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Cases.Assessment;
using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Alerts;

/// <summary>
/// Who may do what about an alert. Monitoring is the case-management office's (R 664-665): it gives notices and refers, and it closes and dismisses, which on
/// objection the chief prosecutor decides. Who handles the case, or heads the department that does, answers. Everybody it concerns may take note.
/// </summary>
internal static class ActRights
{
    private static readonly string[] Monitoring = [Role.Monitor], Deciding = [Role.Monitor, Role.Leader], Handling = [Role.Handler, Role.Head];

    /// <summary>Roles that may do something about alerts.</summary>
    public static string[] Anybody { get; } = [.. Handling, .. Deciding];

    /// <summary>The roles that an act needs one of.</summary>
    public static string[] RolesOf(string act) => act switch
    {
        AlertActs.Notice or AlertActs.Refer => Monitoring,
        AlertActs.Close or AlertActs.Dismiss => Deciding,
        AlertActs.Reply => Handling,
        _ => Anybody,
    };

    /// <summary>What the audit log calls an act.</summary>
    public static string AuditNameOf(string act) => act switch
    {
        AlertActs.Acknowledge => AuditAction.AlertAcknowledged,
        AlertActs.Dismiss => AuditAction.AlertDismissed,
        AlertActs.Notice => AuditAction.AlertNoticed,
        AlertActs.Reply => AuditAction.AlertReplied,
        AlertActs.Close => AuditAction.AlertClosed,
        _ => AuditAction.AlertReferred,
    };

    /// <summary>Why a caller may not do something about an alert; null if they may. One that they do not see is as one that does not exist.</summary>
    public static Problem? Refusal(Caller caller, string act, AlertRow? alert)
    {
        if (alert is null || !caller.Rights.CanSee(ScopeOf(alert))) return Problem.Of(404);
        if (!caller.Rights.Reaches(RolesOf(act), ScopeOf(alert)))
            return Problem.Of(403, "forbidden", $"On this alert that needs the role {string.Join(" or ", RolesOf(act))}.");
        return act is not (AlertActs.Acknowledge or AlertActs.Reply) && caller.Session.Account.Prosecutor is { } own && own == alert.Prosecutor ? OwnCase : null;
    }

    public static CaseScope ScopeOf(AlertRow alert) => new(alert.Procuratorate, alert.Department, alert.Prosecutor);

    public static Problem OwnCase { get; } = Problem.Of(403, "own-case", "Nobody supervises their own case: another monitor or a leader decides on it.");
}
