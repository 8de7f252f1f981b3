using System.Text.Json.Nodes;
using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Contracts;
using Cluster.Law;
using Orleans;

namespace Cluster.Api.Units;

/// <summary>What a department and its monitors see of assignment over time.</summary>
internal static class RecordEndpoints
{
    private const string Prefix = "/api/departments/";
    private const int LongestSpan = 366, StandardSpan = 90, AtOnce = 8, Week = 7;

    private static readonly string[] Kinds = ["assigned", "designated", "reassigned"];

    public static void MapAssignmentRecords(this IEndpointRouteBuilder api)
    {
        api.MapGet(Prefix + "{id}/queue", Queue).ForRoles(Role.Overseers).Audited(AuditAction.QueueRead, "department").WithTags("Assignment")
            .WithSummary("The cases that wait for a prosecutor").TakesPath("id", "Department id.")
            .WithDescription("Since when, and why nobody may have them, person by person. When the roster changes they are drawn for again at once, else at midnight.")
            .Produces<QueueAnswer>().Problems(401, 403, 404, 503);
        api.MapGet(Prefix + "{id}/findings", Findings).ForRoles(Role.Overseers).Audited(AuditAction.DepartmentFindingsRead, "department").WithTags("Assignment")
            .WithSummary("What the rules about a department and a period found in it").TakesPath("id", "Department id.")
            .WithDescription("The share of designated cases (FA-002), people taken out of the rotation without a reason (FA-005), imbalance of load (FA-006), the leaders' share (FA-008). "
                + "Intervals of legal time, derived from the histories of the cases and the roster alone; thresholds are those of the rule in `/api/rules`. What is open is also part of the workload, live too.")
            .Produces<DepartmentFindingsAnswer>().Problems(401, 403, 404, 503);
        api.MapGet("/api/departments/findings", Open).ForRoles(Role.Overseers).NotAudited("Counts and shares of departments; no case.").WithTags("Assignment")
            .WithSummary("What is wrong now in any department that the caller oversees")
            .WithDescription("Of the procuratorate, if one is given. The cases behind a finding are told by its department.")
            .TakesQuery(("procuratorate", "Unit code.")).Produces<IReadOnlyList<DepartmentFindingAnswer>>().Problems(401, 403, 422, 503);
        api.MapGet(Prefix + "{id}/fairness", Fairness).ForRoles(Role.Overseers).Audited(AuditAction.FairnessRead, "department", parameters: [("from", ""), ("until", "")]).WithTags("Assignment")
            .WithSummary("Fairness of assignment over time").TakesPath("id", "Department id.")
            .WithDescription($"How even loads were at the end of each day, or week, and how cases were given, from what is recorded of each case and of the roster; the last {StandardSpan} days if no dates are given, at most {LongestSpan}. "
                + "Before the roster first tells of somebody who had a case already, they count as it first tells. Trends, no ranks. A pair is listed when it met in at least 4 cases, twice as many as without regard to "
                + "whose they are, and Fisher's exact test, corrected for the number of pairs looked at, gives less than 5 %; cases linked to another one by law are left out.")
            .TakesQuery(("from", "First date."), ("until", "Last date."), ("step", "day or week; week if absent and the period is longer than 92 days.")).Produces<FairnessOverTimeAnswer>().Problems(401, 403, 404, 422, 503);
        api.MapGet(Prefix + "{id}/fairness/cases", Given).ForRoles(Role.Overseers).Audited(AuditAction.FairnessRead, "department", parameters: [("from", ""), ("until", ""), ("kind", "")]).WithTags("Assignment")
            .WithSummary("The cases behind a number of the fairness over time").TakesPath("id", "Department id.")
            .WithDescription("Cases first assigned, designated, or reassigned in a time.")
            .TakesQuery(("from", "First date."), ("until", "Last date."), ("kind", "assigned, designated or reassigned; assigned if absent.")).Produces<GivenAnswer>().Problems(401, 403, 404, 422, 503);
    }

    private static async Task<IResult> Queue(HttpContext context, Caller caller, UnitDirectory units, IGrainFactory grains)
    {
        string id = await DepartmentEndpoints.Department(context, caller, units, "/queue");
        return Answer(await grains.GetGrain<IDepartmentGrain>(id).Queue());
    }

    private static async Task<IResult> Findings(HttpContext context, Caller caller, UnitDirectory units, IGrainFactory grains)
    {
        string id = await DepartmentEndpoints.Department(context, caller, units, "/findings");
        return Answer(await grains.GetGrain<IAssignmentRecordGrain>(id).Findings());
    }

    private static async Task<IResult> Open(HttpContext context, Caller caller, UnitDirectory units, IGrainFactory grains)
    {
        string? office = new Query(context.Request).Text("procuratorate");
        UnitTree tree = await units.Tree(context.RequestAborted);
        string[] departments = [.. tree.Rows.Where(r => r.Kind == UnitTree.Department && (office is null || r.Parent == office) && caller.Rights.SeesDepartment(r.Id)).Select(r => r.Id)];
        var all = new JsonArray();
        foreach (string[] some in departments.Chunk(AtOnce))
        {
            foreach (byte[]? workload in await Task.WhenAll(some.Select(d => grains.GetGrain<IDepartmentGrain>(d).Workload())))
            {
                if (workload is null || JsonNode.Parse(workload)!["findings"] is not JsonArray findings) continue;
                foreach (JsonNode? finding in findings) all.Add(finding!.DeepClone());
            }
        }
        return TypedResults.Json(all, Json.Options);
    }

    private static async Task<IResult> Fairness(HttpContext context, Caller caller, UnitDirectory units, IGrainFactory grains, LegalClock clock)
    {
        string id = await DepartmentEndpoints.Department(context, caller, units, "/fairness");
        var query = new Query(context.Request);
        (DateOnly from, DateOnly until) = Span(query, clock);
        int days = query.Text("step") switch
        {
            null => until.DayNumber - from.DayNumber > 92 ? Week : 1,
            "day" => 1,
            "week" => Week,
            _ => throw Query.Wrong("step", "'step' is day or week."),
        };
        return Answer(await grains.GetGrain<IAssignmentRecordGrain>(id).Fairness(from, until, days));
    }

    private static async Task<IResult> Given(HttpContext context, Caller caller, UnitDirectory units, IGrainFactory grains, LegalClock clock)
    {
        string id = await DepartmentEndpoints.Department(context, caller, units, "/fairness/cases");
        var query = new Query(context.Request);
        (DateOnly from, DateOnly until) = Span(query, clock);
        string kind = query.Text("kind") ?? Kinds[0];
        if (!Kinds.Contains(kind)) throw Query.Wrong("kind", "'kind' is assigned, designated or reassigned.");
        return Answer(await grains.GetGrain<IAssignmentRecordGrain>(id).Given(from, until, kind));
    }

    private static (DateOnly From, DateOnly Until) Span(Query query, LegalClock clock)
    {
        DateOnly until = query.Date("until") ?? LegalTime.DateOf(clock.GetUtcNow());
        DateOnly from = query.Date("from") ?? until.AddDays(1 - StandardSpan);
        if (until < from) throw Query.Wrong("until", "'until' is not before 'from'.");
        if (until.DayNumber - from.DayNumber >= LongestSpan) throw Query.Wrong("from", $"At most {LongestSpan} days.");
        return (from, until);
    }

    private static JsonAnswer Answer(byte[]? body) => new(body ?? throw new ProblemException(Problem.Of(404)));
}
