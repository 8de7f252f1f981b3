using System.Text.Json;
using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Api.Units;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Orleans;

namespace Cluster.Api.Cases;

/// <summary>Who may see a case, and who looked.</summary>
internal static class AccessEndpoint
{
    private const string Prefix = "/api/cases/", Suffix = "/access";

    // Handlers learn it of the cases they handle; of a superior's office it is nobody's business who looks where.
    private static readonly string[] Readers = [Role.Handler, .. Role.Assigners];

    public static void MapAccess(this IEndpointRouteBuilder api) =>
        api.MapGet(Prefix + "{id}" + Suffix, Read).ForRoles(Readers).Audited(AuditAction.AccessRead, "case").WithTags("Cases")
            .WithSummary("Who may see a case, and who looked").TakesPath("id", "The case, percent-encoded.")
            .WithDescription($"`allowed`: the accounts that see the case as units and accounts stand now, by role. `reads`: the latest {CaseReads.Most} times somebody opened it, followed it, looked up its assignment, its course or this, "
                + "from the audit log, by the real clock. That the case was a row of a list or of a wall is not among them. Handlers read it of the cases they handle, heads of their department's, "
                + "monitors and leaders of their procuratorate's; for another case that they see 403.")
            .Produces<AccessAnswer>().Problems(401, 403, 404, 503);

    private static async Task<IResult> Read(HttpContext context, Caller caller, AuditTrail audit, IGrainFactory grains, IAccountStore accounts, UnitDirectory units, IAuditLog log)
    {
        string id = PathSegment.After(context, Prefix, Suffix);
        CaseAnswer? answer = CaseId.IsPossible(id) ? await grains.GetGrain<ICaseGrain>(id).Read(null) : null;
        audit.Office(answer?.Scope.Procuratorate);
        if (answer is null || !caller.Rights.CanSee(answer.Scope)) throw new ProblemException(Problem.Of(404));
        if (!caller.Rights.Reaches(Readers, answer.Scope)) throw new ProblemException(Problem.Of(403));

        UnitTree tree = await units.Tree(context.RequestAborted);
        IReadOnlyList<AllowedBody> allowed = CaseAudience.Of(answer.Scope, await accounts.All(context.RequestAborted), tree);
        IReadOnlyList<ReadBody> reads = await CaseReads.Of(log, id, context.RequestAborted);
        audit.Note("rows", reads.Count);
        return new JsonAnswer(JsonSerializer.SerializeToUtf8Bytes(new AccessAnswer(id, allowed, reads), Json.Options));
    }
}

/// <summary>The accounts that see a case.</summary>
internal static class CaseAudience
{
    /// <summary>What stands for the account of a fresh install, which holds every role.</summary>
    public const string EveryRole = "every-role";

    private static readonly string[] Roles = [.. Role.Readers, Role.Kiosk];

    /// <summary>By role and unit. The units of the case stand there even without an account; <see cref="Rights"/> alone decides whose is in.</summary>
    public static IReadOnlyList<AllowedBody> Of(CaseScope scope, IReadOnlyList<Account> accounts, UnitTree tree)
    {
        var users = new Dictionary<(string Role, string? Unit), SortedSet<string>>();
        void Add(string role, string? unit, string? user = null)
        {
            if (!users.TryGetValue((role, unit), out SortedSet<string>? some)) users.Add((role, unit), some = new(StringComparer.Ordinal));
            if (user is not null) some.Add(user);
        }

        if (scope.Prosecutor is not null) Add(Role.Handler, scope.Prosecutor);
        if (scope.Department is not null) Add(Role.Head, scope.Department);
        if (scope.Procuratorate is not null)
        {
            Add(Role.Monitor, scope.Procuratorate);
            Add(Role.Leader, scope.Procuratorate);
        }
        foreach (Account account in accounts)
        {
            if (new Rights(account, tree).Everything)
            {
                Add(EveryRole, null, account.User);
                continue;
            }
            foreach (string role in Roles.Where(account.Roles.Contains))
            {
                if (new Rights(account with { Roles = [role] }, tree).CanSee(scope)) Add(role, UnitOf(account, role), account.User);
            }
        }
        return [.. users.OrderBy(u => Place(u.Key.Role)).ThenBy(u => u.Key.Unit, StringComparer.Ordinal).Select(u => new AllowedBody(u.Key.Role, u.Key.Unit, [.. u.Value]))];
    }

    private static int Place(string role) => Array.IndexOf(Roles, role) is >= 0 and var place ? place : Roles.Length;

    private static string? UnitOf(Account account, string role) => role switch
    {
        Role.Handler => account.Prosecutor,
        Role.Head => account.Department,
        _ => account.Procuratorate,
    };
}

/// <summary>The times that somebody looked at a case.</summary>
internal static class CaseReads
{
    /// <summary>So many are told.</summary>
    public const int Most = 200;

    // Pages of the log looked at: what was refused and what was done to the case are not looks, but seldom many.
    private const int MostPages = 5;

    private static readonly string[] Looks = [AuditAction.CaseRead, AuditAction.CaseWatched, AuditAction.CaseAssessed, AuditAction.AssignmentRead, AuditAction.CourseRead, AuditAction.AccessRead];

    /// <summary>The latest first.</summary>
    public static async Task<IReadOnlyList<ReadBody>> Of(IAuditLog log, string caseId, CancellationToken cancellation)
    {
        var reads = new List<ReadBody>();
        string? cursor = null;
        for (int page = 0; page < MostPages; page++)
        {
            Page<AuditEntry> entries = await log.Read(new AuditQuery { Target = "case:" + caseId, Limit = Query.LargestPage, Cursor = cursor }, cancellation);
            foreach (AuditEntry entry in entries.Items)
            {
                if (entry.Act.Outcome != AuditOutcome.Ok || entry.Act.Actor is not { } user || !Looks.Contains(entry.Act.Action)) continue;
                reads.Add(new ReadBody(entry.At, user, entry.Act.Action));
                if (reads.Count == Most) return reads;
            }
            cursor = entries.Next;
            if (cursor is null) break;
        }
        return reads;
    }
}

/// <summary>Who may see a case, and who looked.</summary>
/// <param name="Case">The case.</param>
/// <param name="Allowed">Who may, by role.</param>
/// <param name="Reads">Who looked, the latest first.</param>
internal sealed record AccessAnswer(string Case, IReadOnlyList<AllowedBody> Allowed, IReadOnlyList<ReadBody> Reads);

/// <summary>Accounts that see a case for the same reason.</summary>
/// <param name="Role">A role, or `every-role` for an account that holds them all.</param>
/// <param name="Unit">Of whom: prosecutor, department or procuratorate; null for `every-role`.</param>
/// <param name="Users">Account names; empty where nobody has the role.</param>
internal sealed record AllowedBody(string Role, string? Unit, IReadOnlyList<string> Users);

/// <summary>A look at a case.</summary>
/// <param name="At">By the real clock.</param>
/// <param name="User">Account.</param>
/// <param name="Action">As the audit log calls it: `case.read`, `case.watched`, `case.assessed`, `assignment.read`, `course.read`, `access.read`.</param>
internal sealed record ReadBody(DateTimeOffset At, string User, string Action);
