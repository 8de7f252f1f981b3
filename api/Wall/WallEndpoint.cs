using System.Text.Json;
using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Law;

namespace Cluster.Api.Wall;

/// <summary>What a wall shows beside its feed (beyond the contract).</summary>
internal static class WallEndpoint
{
    private const int MostDays = 31, UsualDays = 7;

    private static readonly (string, string)[] Parameters =
        [("procuratorate", "Unit code."), ("under", "Unit code: that procuratorate and those below it."), ("department", "Department id."), ("days", $"How many days, 1 to {MostDays}; {UsualDays} if absent.")];

    private static readonly string[] Watchers = [.. Role.Overseers, Role.Kiosk];

    public static void MapWall(this IEndpointRouteBuilder api)
    {
        api.MapGet("/api/wall/deadlines", Deadlines).ForRoles(Watchers)
            .Audited(AuditAction.CaseListed, parameters: Parameters).WithTags("Live")
            .WithSummary("The deadlines that come next")
            .WithDescription($"Open cases whose earliest running deadline expires within some days, the soonest first, at most {Query.LargestPage}; `more` tells whether there are others. "
                + "A deadline that has already been missed is not among them. For the role `kiosk` names are masked.")
            .TakesQuery(Parameters).Produces<UpcomingAnswer>().Problems(401, 403, 422);
        api.MapGet("/api/wall/flow", Flow).ForRoles(Watchers).NotAudited("Counts; no case.").WithTags("Live")
            .WithSummary("Cases accepted and closed a day")
            .WithDescription("One entry a day, today the last. Accepted by `receivedOn`, closed by the date of what ended the case; of cases closed by an older version of this program nothing is known.")
            .TakesQuery(Parameters).Produces<FlowAnswer>().Problems(401, 403, 422);
    }

    private static async Task<IResult> Deadlines(HttpContext context, Caller caller, AuditTrail audit, ICaseIndex index, LegalClock clock)
    {
        var query = new Query(context.Request);
        DateTimeOffset now = clock.GetUtcNow(), until = now.AddDays(query.Number("days", 1, MostDays) ?? UsualDays);
        var asked = new CaseQuery(caller.Rights.VisibleUnder(query.Text("under")))
        {
            Procuratorate = query.Text("procuratorate"),
            Department = query.Text("department"),
            Open = true,
            DueAfter = now,
            DueBefore = until,
            Limit = Query.LargestPage,
        };
        Page<CaseRow> page = await index.Cases(asked, context.RequestAborted);
        audit.Note("rows", page.Items.Count);
        bool masked = caller.Rights.Masked;
        var answer = new UpcomingAnswer(
            LegalTime.OfUtcTicks(now.UtcTicks), LegalTime.OfUtcTicks(until.UtcTicks), [.. page.Items.Select(row => Upcoming.Of(row, masked))], page.Next is not null);
        return new JsonAnswer(JsonSerializer.SerializeToUtf8Bytes(answer, Json.Options), tagged: false);
    }

    private static async Task<IResult> Flow(HttpContext context, Caller caller, ICaseIndex index, LegalClock clock)
    {
        var query = new Query(context.Request);
        DateOnly today = LegalTime.DateOf(clock.GetUtcNow()), from = today.AddDays(1 - (query.Number("days", 1, MostDays) ?? UsualDays));
        IReadOnlyList<CaseFlow> flow = await index.Flow(
            caller.Rights.VisibleUnder(query.Text("under")), from, today, query.Text("procuratorate"), query.Text("department"), context.RequestAborted);
        ILookup<DateOnly, CaseFlow> byDay = flow.ToLookup(day => day.Date);
        IEnumerable<FlowDay> days = Enumerable.Range(0, today.DayNumber - from.DayNumber + 1).Select(from.AddDays)
            .Select(date => new FlowDay(date, byDay[date].Sum(day => day.Accepted), byDay[date].Sum(day => day.Closed)));
        return new JsonAnswer(JsonSerializer.SerializeToUtf8Bytes(new FlowAnswer([.. days]), Json.Options));
    }
}

/// <summary>Cases accepted and closed.</summary>
/// <param name="Days">A day each, in order; today is the last.</param>
internal sealed record FlowAnswer(IReadOnlyList<FlowDay> Days);

/// <summary>A day's cases.</summary>
/// <param name="Date">Legal date.</param>
/// <param name="Accepted">Cases received on it.</param>
/// <param name="Closed">Cases closed on it.</param>
internal sealed record FlowDay(DateOnly Date, long Accepted, long Closed);

/// <summary>The deadlines that come next.</summary>
/// <param name="From">Now, by the legal clock.</param>
/// <param name="Until">The end of what was asked for.</param>
/// <param name="Items">A deadline a case, the soonest first.</param>
/// <param name="More">Whether there are others that do not fit.</param>
internal sealed record UpcomingAnswer(DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<Upcoming> Items, bool More);

/// <summary>The next deadline of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Name">Its name.</param>
/// <param name="Limit">Limit id.</param>
/// <param name="DueOn">Due date, or instant.</param>
/// <param name="DueAt">The instant from which it is missed.</param>
/// <param name="Light">Gravest level of the case's open alerts; null if none.</param>
/// <param name="Custody">Whether a suspect is in custody.</param>
/// <param name="Procuratorate">Unit code.</param>
/// <param name="Department">Department id.</param>
/// <param name="Prosecutor">Prosecutor id.</param>
internal sealed record Upcoming(
    string Case, string? Name, string Limit, string DueOn, DateTimeOffset DueAt, string? Light, bool Custody, string? Procuratorate, string? Department, string? Prosecutor)
{
    public static Upcoming Of(CaseRow row, bool masked) => new(
        row.Id, masked && row.Name is { } name ? MaskedName.OfCase(name) : row.Name, row.NextLimit!, row.NextDueOn!, row.NextDueAt!.Value, row.Light, row.Custody,
        row.Procuratorate, row.Department, row.Prosecutor);
}
