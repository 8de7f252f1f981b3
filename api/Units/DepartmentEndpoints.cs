using Cluster.Api.Audit;
using Cluster.Api.Cases;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Law;
using Orleans;

namespace Cluster.Api.Units;

/// <summary>Workload and assignment of a department (contract chapter 7).</summary>
internal static class DepartmentEndpoints
{
    private const string Prefix = "/api/departments/";
    private const int LongestSpan = 366;

    public static void MapDepartments(this IEndpointRouteBuilder api)
    {
        api.MapGet(Prefix + "{id}/workload", Workload).ForRoles(Role.Overseers).NotAudited("Counts; no case.").WithTags("Assignment")
            .WithSummary("The workload of a department").TakesPath("id", "Department id.")
            .WithDescription("Load is open weight ÷ capacity.").Produces<WorkloadAnswer>().Problems(401, 403, 404, 503);
        api.MapPost(Prefix + "{id}/assignments/preview", Preview).ForRoles(Role.Overseers).Audited(AuditAction.DrawPreviewed, "department").WithTags("Assignment")
            .WithSummary("Explain what a draw for a case would look like now").TakesPath("id", "Department id.")
            .WithDescription("Eligible prosecutors with loads and probabilities, and those excluded with the reason. Stores nothing.")
            .Accepts<PreviewRequest>("application/json").Produces<PreviewAnswer>().Problems(400, 401, 403, 404, 413, 415, 422, 503);
        api.MapGet(Prefix + "{id}/draws", Draws).ForRoles(Role.Overseers).Audited(AuditAction.DrawsRead, "department", parameters: [("from", ""), ("until", "")]).WithTags("Assignment")
            .WithSummary("The draws of a department, one object a day").TakesPath("id", "Department id.")
            .WithDescription($"Today if no dates are given; at most {LongestSpan} days. A finished day can be recomputed by anybody from its secret.")
            .TakesQuery(("from", "First date."), ("until", "Last date.")).Produces<IReadOnlyList<DrawDayAnswer>>().Problems(401, 403, 404, 422, 503);
    }

    private static async Task<IResult> Workload(HttpContext context, Caller caller, UnitDirectory units, IGrainFactory grains)
    {
        string id = await Department(context, caller, units, "/workload");
        return new JsonAnswer(await grains.GetGrain<IDepartmentGrain>(id).Workload() ?? throw new ProblemException(Problem.Of(404)));
    }

    private static async Task<IResult> Preview(HttpContext context, Caller caller, AuditTrail audit, UnitDirectory units, ICaseIndex index, IGrainFactory grains)
    {
        string id = await Department(context, caller, units, "/assignments/preview");
        PreviewRequest request = await RequestBody.Read<PreviewRequest>(context);
        string caseId = Field.Text(request.Case, "/case", 2 * CaseId.Longest);
        audit.On("case", caseId);
        audit.Note("department", id);
        CaseRow? row = await index.Find(caseId, context.RequestAborted);
        audit.Office(row?.Procuratorate);
        if (row is null || !caller.Rights.CanSee(new CaseScope(row.Procuratorate, row.Department, row.Prosecutor)))
            throw Field.Wrong("There is no such case that this account may see.", "/case");
        AssignmentRequest about = await grains.GetGrain<ICaseGrain>(caseId).ForAssignment() ?? throw Field.Wrong("The case has not been accepted.", "/case");
        return new JsonAnswer(await grains.GetGrain<IDepartmentGrain>(id).Preview(about));
    }

    private static async Task<IResult> Draws(HttpContext context, Caller caller, UnitDirectory units, IGrainFactory grains, LegalClock clock)
    {
        string id = await Department(context, caller, units, "/draws");
        var query = new Query(context.Request);
        DateOnly today = LegalTime.DateOf(clock.GetUtcNow());
        DateOnly? first = query.Date("from"), last = query.Date("until");
        DateOnly from = first ?? last ?? today, until = last ?? (from > today ? from : today);
        if (until < from) throw Query.Wrong("until", "'until' is not before 'from'.");
        if (until.DayNumber - from.DayNumber >= LongestSpan) throw Query.Wrong("from", $"At most {LongestSpan} days.");
        return new JsonAnswer(await grains.GetGrain<IDepartmentGrain>(id).Draws(from, until));
    }

    /// <summary>The department of an address.</summary>
    /// <exception cref="ProblemException">404: there is none that the caller oversees.</exception>
    public static async Task<string> Department(HttpContext context, Caller caller, UnitDirectory units, string suffix)
    {
        string id = PathSegment.After(context, Prefix, suffix);
        UnitTree tree = await units.Tree(context.RequestAborted);
        return tree.HasDepartment(id) && caller.Rights.SeesDepartment(id) ? id : throw new ProblemException(Problem.Of(404));
    }
}
