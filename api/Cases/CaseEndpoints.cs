using System.Text.Json;
using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Orleans;

namespace Cluster.Api.Cases;

/// <summary>Cases to read (contract chapter 5).</summary>
internal static class CaseEndpoints
{
    private const string Prefix = "/api/cases/";

    public static void MapCases(this IEndpointRouteBuilder api)
    {
        api.MapGet("/api/cases", List).ForRoles(Role.Readers).Audited(AuditAction.CaseListed, parameters: CaseFilters.Parameters).WithTags("Cases")
            .WithSummary("List cases")
            .WithDescription("Filters add up. `category`, `rule` and `status` ask for cases with an alert of that kind; `level` is the gravest open alert's. With an ETag.")
            .TakesQuery(CaseFilters.Parameters)
            .Produces<CasePage>().Produces(304).Problems(401, 403, 422);
        // Catch-all: an id may contain slashes, and not every client encodes them.
        api.MapGet(Prefix + "{**id}", Read).ForRoles(Role.Readers).Audited(AuditAction.CaseRead, "case", parameters: [("asOf", "")]).WithTags("Cases")
            .WithSummary("Read a case")
            .WithDescription("With `asOf`, only events whose time is not later count and the clock reads that instant. "
                + "A case that does not exist and one that this account does not see answer the same 404. "
                + "A case of more than 1,000 events is assessed apart from the others: its body is that of its last assessment, seconds to minutes old, and `version` says of how many events. "
                + "503 `case-unassessed`: its events are recorded, but it cannot be assessed.")
            .TakesPath("id", "The case, percent-encoded.")
            .TakesQuery(("asOf", "Instant with an offset."))
            .Produces<CaseBody>().Problems(401, 403, 404, 422, 429, 503);
    }

    private static async Task<IResult> List(HttpContext context, Caller caller, AuditTrail audit, ICaseIndex index)
    {
        var filters = CaseFilters.Read(context.Request, caller.Rights);
        Page<CaseRow> page = await filters.Find(index, context.RequestAborted);
        audit.Note("rows", page.Items.Count);
        var answer = new CasePage([.. page.Items.Select(CaseListItem.Of)], page.Next);
        return new JsonAnswer(JsonSerializer.SerializeToUtf8Bytes(answer, Json.Options), tagged: true);
    }

    private static Task<IResult> Read(HttpContext context, Caller caller, AuditTrail audit, IGrainFactory grains, LargeAnswers large)
    {
        DateTimeOffset? asOf = new Query(context.Request).Instant("asOf");
        string id = PathSegment.After(context, Prefix);
        return large.Answer(id, Case, context.RequestAborted);

        async Task<byte[]> Case()
        {
            CaseAnswer? answer = CaseId.IsPossible(id) ? await grains.GetGrain<ICaseGrain>(id).Read(asOf) : null;
            audit.Office(answer?.Scope.Procuratorate);
            return answer is not null && caller.Rights.CanSee(answer.Scope) ? answer.Json : throw new ProblemException(Problem.Of(404));
        }
    }
}
