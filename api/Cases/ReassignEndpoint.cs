using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Contracts;
using Orleans;

namespace Cluster.Api.Cases;

/// <summary>A person gives a case to another prosecutor (contract chapter 7).</summary>
internal static class ReassignEndpoint
{
    private const string Prefix = "/api/cases/", Suffix = "/reassign";
    private const int LongestText = 200;

    public static void MapReassign(this IEndpointRouteBuilder api) =>
        api.MapPost(Prefix + "{id}" + Suffix, Reassign).ForRoles(Role.Assigners).AuditedAct(AuditAction.CaseReassigned, "case").WithTags("Assignment")
            .WithSummary("Give a case to another prosecutor of its department").TakesPath("id", "The case, percent-encoded.")
            .WithDescription("Needs a reason and who approved it; both stay in the case's history. With `Idempotency-Key` a repeated request does nothing again. "
                + "422 with the reason a draw would give where that prosecutor must not have the case (recused, absent, not qualified, not of this department). 409 `not-open` for a case that is over.")
            .Accepts<ReassignRequest>("application/json").Produces<ReassignAnswer>().Problems(400, 401, 403, 404, 409, 413, 415, 422, 503);

    private static async Task<IResult> Reassign(HttpContext context, Caller caller, AuditTrail audit, IGrainFactory grains)
    {
        string id = PathSegment.After(context, Prefix, Suffix);
        ReassignRequest request = await RequestBody.Read<ReassignRequest>(context);
        string to = Field.Text(request.Prosecutor, "/prosecutor", LongestText), reason = Field.Text(request.Reason, "/reason", LongestText), approver = Field.Text(request.ApprovedBy, "/approvedBy", LongestText);
        string key = IdempotencyKey.Of(context, caller.User);
        ICaseGrain grain = grains.GetGrain<ICaseGrain>(id);
        CaseAnswer? answer = CaseId.IsPossible(id) ? await grain.Read(null) : null;
        audit.Office(answer?.Scope.Procuratorate);
        if (answer is null || !caller.Rights.CanSee(answer.Scope)) throw new ProblemException(Problem.Of(404));
        audit.Note("to", to);

        Reassigned done = await grain.Reassign(new Reassignment(key, null, to, reason, approver, caller.User));
        return done.Status switch
        {
            ReassignStatus.NotOpen => throw new ProblemException(Problem.Of(409, ReassignStatus.NotOpen, "The case is over, or was never accepted.")),
            ReassignStatus.Refused => throw Field.Wrong($"This prosecutor cannot have the case: {done.Obstacle}.", "/prosecutor"),
            _ => TypedResults.Json(new ReassignAnswer(id, done.Status, done.Prosecutor!, done.Version), Json.Options),
        };
    }
}

/// <summary>Who is to have the case.</summary>
/// <param name="Prosecutor">Prosecutor id, of the department of the case.</param>
/// <param name="Reason">Why.</param>
/// <param name="ApprovedBy">Who approved it.</param>
internal sealed record ReassignRequest(string? Prosecutor, string? Reason, string? ApprovedBy);

/// <summary>What became of it.</summary>
/// <param name="Case">The case.</param>
/// <param name="Status">reassigned, or unchanged where that prosecutor had it already.</param>
/// <param name="Prosecutor">Who handles it now.</param>
/// <param name="Version">The case's version.</param>
internal sealed record ReassignAnswer(string Case, string Status, string Prosecutor, long Version);
