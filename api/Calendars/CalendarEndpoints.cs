using Cluster.Api.Audit;
using Cluster.Api.Cases;
using Cluster.Api.Exports;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Calendars;

/// <summary>Calendars to subscribe to (contract chapter 8).</summary>
internal static class CalendarEndpoints
{
    private const string Prefix = "/api/prosecutors/", Feed = "/deadlines.ics", Listed = "/deadlines", Access = "/calendar";

    public static void MapCalendars(this IEndpointRouteBuilder api)
    {
        api.MapGet(Prefix + "{id}" + Feed, Read).AllowAnonymous().Audited(AuditAction.CalendarRead, "prosecutor").WithTags("Calendar")
            .WithSummary("Deadlines of a prosecutor's open cases (iCalendar, RFC 5545)")
            .WithDescription("For programs that cannot log in: the address holds a `token`, which the prosecutor makes and revokes. A wrong token, a revoked one and a prosecutor without one answer the same 404. "
                + "An all-day event on the due date of each running deadline, with the number of the case and the name of the limit; an hour-limit at its instant. A limit that is met or missed is no longer in it.")
            .TakesPath("id", "The prosecutor.")
            .TakesQuery(("token", "The token."), ("lang", "`zh` or `en`: language of the limits; `zh` if absent."))
            .Produces<byte[]>(200, DeadlineCalendar.MediaType).Problems(404, 422, 429);
        api.MapGet(Prefix + "{id}" + Listed, List).ForRoles(Role.Handler).Audited(AuditAction.DeadlinesRead, "prosecutor").WithTags("Calendar")
            .WithSummary("Running deadlines of the own open cases, soonest first").TakesPath("id", "The prosecutor of this account; 404 for any other.")
            .Produces<DeadlinesBody>().Problems(401, 403, 404, 429);
        api.MapGet(Prefix + "{id}" + Access, State).ForRoles(Role.Handler).NotAudited("Whether the own calendar has an address.").WithTags("Calendar")
            .WithSummary("Whether the own calendar can be subscribed to").TakesPath("id", "The prosecutor of this account; 404 for any other.")
            .Produces<CalendarState>().Problems(401, 403, 404);
        api.MapPost(Prefix + "{id}" + Access, Create).ForRoles(Role.Handler).AuditedAct(AuditAction.CalendarOpened, "prosecutor").WithTags("Calendar")
            .WithSummary("Make an address for the own calendar")
            .WithDescription("In place of the one before, which is good no more. Its token is told this once and nowhere kept: whoever has the address reads the calendar.")
            .TakesPath("id", "The prosecutor of this account; 404 for any other.")
            .Produces<CalendarAddress>().Problems(401, 403, 404);
        api.MapDelete(Prefix + "{id}" + Access, Revoke).ForRoles(Role.Handler).AuditedAct(AuditAction.CalendarClosed, "prosecutor").WithTags("Calendar")
            .WithSummary("Revoke the address of the own calendar").TakesPath("id", "The prosecutor of this account; 404 for any other.")
            .Produces(204).Problems(401, 403, 404);
    }

    private static async Task<IResult> Read(HttpContext context, AuditTrail audit, CalendarTokens tokens, OwnDeadlines deadlines, ExportGate gate)
    {
        string prosecutor = PathSegment.After(context, Prefix, Feed);
        // Like no token at all, whatever is the matter with it.
        string? token = context.Request.Query["token"] is [{ Length: > 0 } only] ? only : null;
        Account owner = await tokens.Owner(prosecutor, token, context.RequestAborted) ?? throw new ProblemException(Problem.Of(404));
        audit.By(owner);
        bool chinese = new Query(context.Request).OneOf("lang", "zh", "en") is not "en";

        using IDisposable place = await gate.Enter(context.RequestAborted);
        IReadOnlyList<CalendarEntry> entries = await deadlines.Of(prosecutor, context.RequestAborted);
        audit.Note("entries", entries.Count);
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Bytes(DeadlineCalendar.Write(entries, chinese), DeadlineCalendar.MediaType);
    }

    private static async Task<IResult> List(HttpContext context, Caller caller, AuditTrail audit, OwnDeadlines deadlines, ExportGate gate)
    {
        string prosecutor = Own(context, caller, Listed);
        using IDisposable place = await gate.Enter(context.RequestAborted);
        IReadOnlyList<CalendarEntry> entries = await deadlines.Of(prosecutor, context.RequestAborted);
        audit.Note("entries", entries.Count);
        return TypedResults.Json(new DeadlinesBody([.. entries.Select(e => new OwnDeadlineBody(e.Case, e.CaseName, e.Id, e.Subject, new BilingualText(e.Zh, e.En), e.DueOn))]), Json.Options);
    }

    private static async Task<IResult> State(HttpContext context, Caller caller, CalendarTokens tokens)
    {
        DateTimeOffset? created = await tokens.CreatedAt(Own(context, caller, Access), context.RequestAborted);
        return TypedResults.Json(new CalendarState(created is not null, created), Json.Options);
    }

    private static async Task<IResult> Create(HttpContext context, Caller caller, CalendarTokens tokens)
    {
        string prosecutor = Own(context, caller, Access), token = await tokens.Create(prosecutor, caller.User);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(new CalendarAddress(token, $"{Prefix}{Uri.EscapeDataString(prosecutor)}{Feed}?token={token}"), Json.Options);
    }

    private static async Task<IResult> Revoke(HttpContext context, Caller caller, CalendarTokens tokens)
    {
        await tokens.Revoke(Own(context, caller, Access));
        return TypedResults.NoContent();
    }

    private static string Own(HttpContext context, Caller caller, string suffix)
    {
        string prosecutor = PathSegment.After(context, Prefix, suffix);
        return CalendarTokens.IsOwn(caller.Session.Account, prosecutor) ? prosecutor : throw new ProblemException(Problem.Of(404));
    }
}

/// <summary>Whether a calendar can be subscribed to.</summary>
/// <param name="Open">Whether there is a token that is good.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record CalendarState(bool Open, DateTimeOffset? CreatedAt);

/// <summary>The address of a calendar.</summary>
/// <param name="Token">Told this once.</param>
/// <param name="Path">Path and query of the address; the host is the one that was asked.</param>
internal sealed record CalendarAddress(string Token, string Path);

/// <summary>Running deadlines.</summary>
internal sealed record DeadlinesBody(IReadOnlyList<OwnDeadlineBody> Items);

/// <summary>A running deadline of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="CaseName">Its name.</param>
/// <param name="Id">The limit.</param>
/// <param name="Subject">`case`, or the number of the suspect whose limit it is.</param>
/// <param name="Name">What the limit is called.</param>
/// <param name="DueOn">A date, or an instant for a limit counted in hours.</param>
internal sealed record OwnDeadlineBody(string Case, string? CaseName, string Id, string Subject, BilingualText Name, string DueOn);
