using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Contracts;
using Cluster.Contracts.Operations;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Operations;

/// <summary>What is wrong with the system itself.</summary>
internal static class OperationsEndpoints
{
    private const int HashBytes = 6;

    public static void MapOperations(this IEndpointRouteBuilder api)
    {
        api.MapGet("/api/ops/alerts", List).ForRoles(Role.SystemAdmin, Role.Monitor, Role.Leader).NotAudited("The state of the server; of a case, only that it cannot be dealt with.").WithTags("Operations")
            .WithSummary("List operational alerts")
            .WithDescription("What is wrong with the server itself, or with single cases that it cannot deal with as with others; not findings about cases. Open ones of every process that answers, the longest first. "
                + "`system-admin` sees all, a case only as a hash that stays the same; `monitor` and `leader` see those of the whole server and those of cases that they may see, with the case. "
                + "Kinds: store-away, store-damaged, recovery-failing, wakes-failing, case-unwritable, case-unassessed, case-unreadable, case-large, rule-failed, snapshot-unreadable.")
            .Produces<OperationalAlerts>().Problems(401, 403, 429);
        api.MapGet("/api/ops/status", Status).ForRoles(Role.SystemAdmin).NotAudited("The state of the server; nothing of any case.").WithTags("Operations")
            .WithSummary("How the system is doing")
            .WithDescription("Every process (node) of the system as it measures itself, by name: grains in memory by kind, calls and events a second, what waits, latencies in seconds over the "
                + "last minute (`p50` and `p99` null where nothing happened), live connections, and errors, of which only kind, time, number and type are known. Nothing of any case is in it.")
            .Produces<ClusterStatus>().Problems(401, 403, 429);
    }

    private static async Task<IResult> Status(IClusterStatus cluster, TimeProvider clock, CancellationToken cancellation)
    {
        IReadOnlyList<NodeStatus> nodes = await cluster.Nodes(cancellation);
        return new JsonAnswer(JsonSerializer.SerializeToUtf8Bytes(new ClusterStatus(clock.GetUtcNow(), nodes), Json.Options));
    }

    private static async Task<IResult> List(HttpContext context, Caller caller, IClusterStatus cluster, ICaseIndex cases)
    {
        bool administers = caller.Has(Role.SystemAdmin);
        var items = new List<OperationalAlertBody>();
        foreach (OperationalAlert alert in await cluster.Alerts(context.RequestAborted))
        {
            bool sees = alert.Case is { } id && await cases.Find(id, context.RequestAborted) is { } row
                && caller.Rights.CanSee(new CaseScope(row.Procuratorate, row.Department, row.Prosecutor));
            if (alert.Case is not null && !sees && !administers) continue;
            items.Add(new OperationalAlertBody(
                alert.Kind, sees ? alert.Case : null, alert.Case is { } known ? HashOf(known) : null, alert.Detail, alert.Since, alert.Last, alert.Count, alert.Error));
        }
        return new JsonAnswer(JsonSerializer.SerializeToUtf8Bytes(new OperationalAlerts(items), Json.Options));
    }

    private static string HashOf(string caseId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(caseId)).AsSpan(0, HashBytes));
}

/// <summary>How the system is doing.</summary>
/// <param name="At">When it was asked, by the real clock.</param>
/// <param name="Nodes">Its processes by name.</param>
internal sealed record ClusterStatus(DateTimeOffset At, IReadOnlyList<NodeStatus> Nodes);

/// <summary>Open operational alerts.</summary>
internal sealed record OperationalAlerts(IReadOnlyList<OperationalAlertBody> Items);

/// <summary>An operational alert.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Case">The case it is confined to, for those who may see it.</param>
/// <param name="CaseHash">Stands for the case; null where the whole server is concerned.</param>
/// <param name="Detail">A code, such as a rule's id.</param>
/// <param name="Since">When it was first raised, by the real clock.</param>
/// <param name="Last">When it was last raised.</param>
/// <param name="Count">How often.</param>
/// <param name="Error">Type of the last error.</param>
internal sealed record OperationalAlertBody(
    string Kind, string? Case, string? CaseHash, string? Detail, DateTimeOffset Since, DateTimeOffset Last, long Count, string? Error);
