using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Api.Units;
using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Alerts;

/// <summary>The notice of an alert to print and sign.</summary>
internal static class NoticeEndpoints
{
    private const string Prefix = "/api/alerts/", Suffix = "/notice.docx";

    public static void MapNotices(this IEndpointRouteBuilder api) =>
        api.MapGet(Prefix + "{id}" + Suffix, Notice).ForRoles(Role.Readers).Audited(AuditAction.NoticeRead, "alert").WithTags("Alerts")
            .WithSummary("The 流程监控通知书 of an alert as a Word document")
            .WithDescription("The last written notice that was given, numbered within its case; while none was, a draft without number and date. Units that the reader does not get to know are named by their ids.")
            .TakesPath("id", "The alert.")
            .Produces<byte[]>(200, WordDocument.MediaType).Problems(401, 403, 404, 503);

    private static async Task<IResult> Notice(HttpContext context, Caller caller, AuditTrail audit, ICaseIndex index, UnitDirectory units, LegalClock clock)
    {
        AlertRow? alert = await index.Alert(PathSegment.After(context, Prefix, Suffix), context.RequestAborted);
        audit.Office(alert?.Procuratorate);
        if (alert is null || !caller.Rights.CanSee(ActRights.ScopeOf(alert))) throw new ProblemException(Problem.Of(404));
        audit.Note("case", alert.Case);
        UnitTree tree = await units.Tree(context.RequestAborted);
        DateTimeOffset now = clock.GetUtcNow();
        byte[] document = WordDocument.Write(
            NoticeDocument.Of(
                alert, await index.Find(alert.Case, context.RequestAborted),
                (kind, id) => tree.Rows.FirstOrDefault(u => u.Kind == kind && u.Id == id) is { } unit && caller.Rights.Knows(unit) ? unit.Name : id,
                now),
            now);
        return TypedResults.File(document, WordDocument.MediaType, $"流程监控通知书-{alert.Id[..Math.Min(8, alert.Id.Length)]}.docx");
    }
}
