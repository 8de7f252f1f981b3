using System.Buffers;
using System.Text.Json;
using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Cases;

/// <summary>Alerts to read (contract chapter 5).</summary>
internal static class AlertEndpoints
{
    public static void MapAlerts(this IEndpointRouteBuilder api) =>
        api.MapGet("/api/alerts", List).ForRoles(Role.Readers).Audited(AuditAction.AlertListed, parameters: AlertFilters.Parameters).WithTags("Alerts")
            .WithSummary("List alerts, newest first").WithDescription("Filters add up. Retracted alerts are not listed. With an ETag.")
            .TakesQuery(AlertFilters.Parameters)
            .Produces<AlertPage>().Produces(304).Problems(401, 403, 422);

    private static async Task<IResult> List(HttpContext context, Caller caller, AuditTrail audit, ICaseIndex index)
    {
        AlertQuery query = AlertFilters.Read(context.Request, caller.Rights);
        try
        {
            Page<AlertRow> page = await index.Alerts(query, context.RequestAborted);
            audit.Note("rows", page.Items.Count);
            return new JsonAnswer(Write(page), tagged: true);
        }
        catch (ArgumentException e) when (e.ParamName == "cursor")
        {
            throw Query.Wrong("cursor", "This is no cursor of this list.");
        }
    }

    private static ReadOnlyMemory<byte> Write(Page<AlertRow> page)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items");
            foreach (AlertRow alert in page.Items) writer.WriteRawValue(alert.Json, skipInputValidation: true);
            writer.WriteEndArray();
            writer.WriteString("next", page.Next);
            writer.WriteEndObject();
        }
        return json.WrittenMemory;
    }
}
