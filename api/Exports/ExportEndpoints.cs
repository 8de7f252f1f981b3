using System.Globalization;
using Cluster.Api.Audit;
using Cluster.Api.Cases;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Api.Units;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Law;
using Microsoft.AspNetCore.Mvc;

namespace Cluster.Api.Exports;

/// <summary>Files for other programs (contract chapter 8), of exactly what the lists show the same account.</summary>
internal static class ExportEndpoints
{
    private const string Whole = " Every row of the filter, written while it is sent, each as it stands when it is read; a file that breaks off ends the connection. "
        + "400 `unknown-parameter`: silence about a filter would export more than was asked for. In the audit log.";

    private static readonly (string, string) Language = ("lang", "`zh` or `en`: language of heads and texts; `zh` if absent.");

    private static (string Name, string Description)[] CaseParameters { get; } = [.. CaseFilters.Parameters.Where(IsFilter)];

    private static (string Name, string Description)[] AlertParameters { get; } = [.. AlertFilters.Parameters.Where(IsFilter)];

    public static void MapExports(this IEndpointRouteBuilder api)
    {
        (string Name, string Description)[] cases = [.. CaseParameters, Language], alerts = [.. AlertParameters, Language];
        foreach (bool sheet in (bool[])[true, false])
        {
            (string extension, string type, string kind) = sheet ? ("xlsx", XlsxFile.MediaType, "as a workbook") : ("csv", CsvFile.MediaType, "as comma-separated values (RFC 4180, UTF-8 with BOM)");
            string guard = sheet ? "" : " Before a text that a spreadsheet would take for a formula stands an apostrophe.";
            api.MapGet($"/api/export/cases.{extension}", (HttpContext context, Caller caller, AuditTrail audit, ICaseIndex index, UnitDirectory units, ExportGate gate, LegalClock clock) => Cases(context, caller, audit, index, units, gate, clock, sheet))
                .ForRoles(Role.Readers).Audited(AuditAction.CaseExported, parameters: cases).WithTags("Export")
                .WithSummary($"Cases {kind}").WithDescription("The filters and rights of `GET /api/cases`." + guard + Whole)
                .TakesQuery(cases).Produces<byte[]>(200, type).Problems(400, 401, 403, 422, 429);
            api.MapGet($"/api/export/alerts.{extension}", (HttpContext context, Caller caller, AuditTrail audit, ICaseIndex index, UnitDirectory units, ExportGate gate, LegalClock clock) => Alerts(context, caller, audit, index, units, gate, clock, sheet))
                .ForRoles(Role.Readers).Audited(AuditAction.AlertExported, parameters: alerts).WithTags("Export")
                .WithSummary($"Alerts {kind}").WithDescription("The filters and rights of `GET /api/alerts`, newest first." + guard + Whole)
                .TakesQuery(alerts).Produces<byte[]>(200, type).Problems(400, 401, 403, 422, 429);
        }

        api.MapGet("/api/export/events.xes", Events).ForRoles(Role.Readers).Audited(AuditAction.EventsExported, parameters: CaseParameters).WithTags("Export")
            .WithSummary("Events as a log for process mining (XES, IEEE 1849)")
            .WithDescription("The filters and rights of `GET /api/cases`; a trace a case, with the events that count now: corrections applied, voided ones gone. `concept:name` is the type, `org:resource` by whose hand; "
                + "nothing else of what the events say." + Whole)
            .TakesQuery(CaseParameters).Produces<byte[]>(200, EventLog.MediaType).Problems(400, 401, 403, 422, 429);
    }

    private static async Task<IResult> Cases(
        HttpContext context, Caller caller, AuditTrail audit, ICaseIndex index, UnitDirectory units, ExportGate gate, LegalClock clock, bool sheet)
    {
        bool chinese = Checked(context, audit, CaseParameters, sheet ? "xlsx" : "csv");
        var filters = CaseFilters.Read(context.Request, caller.Rights);
        Table<CaseRow> table = CaseTable.Of(new UnitNames(await units.Tree(context.RequestAborted), caller.Rights), chinese);
        return File(gate, caller, clock.GetUtcNow(), "cases", sheet, table, cancellation => Pages.Cases(filters, index, cancellation));
    }

    private static async Task<IResult> Alerts(
        HttpContext context, Caller caller, AuditTrail audit, ICaseIndex index, UnitDirectory units, ExportGate gate, LegalClock clock, bool sheet)
    {
        bool chinese = Checked(context, audit, AlertParameters, sheet ? "xlsx" : "csv");
        AlertQuery query = AlertFilters.Read(context.Request, caller.Rights);
        Table<ReadAlert> table = AlertTable.Of(new UnitNames(await units.Tree(context.RequestAborted), caller.Rights), chinese);
        return File(gate, caller, clock.GetUtcNow(), "alerts", sheet, table, cancellation => Pages.Alerts(query, index, cancellation));
    }

    private static ExportAnswer Events(
        HttpContext context, Caller caller, AuditTrail audit, ICaseIndex index, [FromServices] IJournal journal, ExportGate gate, LegalClock clock)
    {
        Checked(context, audit, CaseParameters, "xes", language: false);
        var filters = CaseFilters.Read(context.Request, caller.Rights);
        DateTimeOffset now = clock.GetUtcNow();
        return new ExportAnswer(gate, caller, EventLog.MediaType, Named("events", now, "xes"), (output, cancellation) =>
            EventLog.Write(output, Pages.Cases(filters, index, cancellation), journal, now, cancellation));
    }

    private static ExportAnswer File<T>(
        ExportGate gate, Caller caller, DateTimeOffset now, string name, bool sheet, Table<T> table, Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<T>>> pages) => sheet
        ? new ExportAnswer(gate, caller, XlsxFile.MediaType, Named(name, now, "xlsx"), (output, cancellation) => XlsxFile.Write(output, table, pages(cancellation), now.ToOffset(LegalTime.Offset), cancellation))
        : new ExportAnswer(gate, caller, CsvFile.MediaType, Named(name, now, "csv"), (output, cancellation) => CsvFile.Write(output, table, pages(cancellation), cancellation));

    private static string Named(string name, DateTimeOffset now, string extension) =>
        $"{name}-{now.ToOffset(LegalTime.Offset).ToString("yyyyMMdd-HHmm", CultureInfo.InvariantCulture)}.{extension}";

    private static bool IsFilter((string Name, string Description) parameter) => parameter.Name is not ("limit" or "cursor");

    /// <summary>Refuses what no filter is called; tells whether heads are in Chinese.</summary>
    private static bool Checked(HttpContext context, AuditTrail audit, (string Name, string Description)[] known, string format, bool language = true)
    {
        audit.Note("format", format);
        foreach (string name in context.Request.Query.Keys)
        {
            if (known.All(k => k.Name != name) && !(language && name == Language.Item1))
                throw new ProblemException(Problem.Of(400, "unknown-parameter", $"This export takes {string.Join(", ", known.Select(k => k.Name).Append("lang").Take(known.Length + (language ? 1 : 0)))}.", parameter: Shortened(name)));
        }

        return !language || new Query(context.Request).OneOf("lang", "zh", "en") is not "en";
    }

    private static string Shortened(string name) => name.Length <= 64 ? name : name[..64];
}
