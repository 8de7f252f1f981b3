using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Cases.Assessment;

namespace Cluster.Api.Alerts;

/// <summary>Acting on alerts (contract chapter 6).</summary>
internal static class ActEndpoints
{
    private const int Most = 5_000;

    // Audit entries of one request that wait together for the disk.
    private const int EntriesAtOnce = 64;

    private const string Key =
        "Of the account's own choice, remembered for ever. The same request under the same key is done once and answers the same; what was refused did nothing, and is decided anew. "
        + "Another request under it is 422 `idempotency-key-reused`.";

    private const string Description =
        " Written to the case's history and the audit log. An alert that does not exist and one that this account does not see answer the same 404. "
        + "403 `own-case`: nobody but who acknowledges or replies acts on their own case. 409 `alert-closed`: it is closed or dismissed, after which nothing follows "
        + "(but what is found anew is open again, and so is a warning that was closed and became a violation); `alert-retracted`: a correction took its ground away; "
        + "`too-many-acts`; `case-moved`.";

    public static void MapActs(this IEndpointRouteBuilder api)
    {
        Map<AcknowledgeRequest>(
            api, AlertActs.Acknowledge, optional: true, body => new ActsRequest(Note: body.Note), "Take note of an alert",
            "For the handler of the case, the head of its department, the monitors and the leaders of its office. Again by the same account, without something new to say, it changes nothing.");
        Map<DismissRequest>(
            api, AlertActs.Dismiss, optional: false, body => new ActsRequest(Reason: body.Reason), "Dismiss an alert as a false alarm",
            "For monitors and leaders. Counts against the rule, and takes back a notice that waits. The alert no longer counts as open; a cleared one can be dismissed too.");
        Map<NoticeRequest>(
            api, AlertActs.Notice, optional: false, body => new ActsRequest(Kind: body.Kind, Text: body.Text), "Give notice of an irregularity (R 665)",
            "For monitors: orally, in writing, or in writing and to the chief prosecutor. A written one is to be answered within ten days (QX-064). Also of what was put right meanwhile. "
            + "409 `notice-waiting`: one that is as grave still waits for its answer; a graver one may follow.");
        Map<ReplyRequest>(
            api, AlertActs.Reply, optional: false, body => new ActsRequest(Text: body.Text, Evidence: body.Evidence), "Answer a notice",
            "For the handler of the case and the head of its department. It may be added to. 409 `no-notice`: there is none to answer.");
        Map<CloseRequest>(
            api, AlertActs.Close, optional: true, body => new ActsRequest(Note: body.Note), "Close an alert",
            "For monitors and leaders. The finding stays what it is (`clearedAt` is of the law, `status` of people), but the alert no longer counts as open. Takes back a notice that waits.");
        Map<ReferRequest>(
            api, AlertActs.Refer, optional: false, body => new ActsRequest(To: body.To, Reason: body.Reason), "Refer an alert to others",
            "For monitors: to quality review, to inspection, or to the handling department. An open alert is acknowledged by it; otherwise the status stays.");
        api.MapPost("/api/alerts/acts", ActOnMany).ForRoles(ActRights.Anybody).AuditedAct(AuditAction.AlertsActed).WithTags("Alerts")
            .WithSummary("Act on many alerts")
            .WithDescription($"The fields are those of the act. 1 to {Most} ids; each is done or rejected by itself, with a result each in the order sent, and an entry of its own in the audit log." + Description)
            .TakesHeader(IdempotencyKey.Header, Key)
            .Accepts<ActsRequest>("application/json").Produces<ActsAnswer>().Problems(400, 401, 403, 413, 415, 422, 429, 503);
    }

    private static void Map<T>(IEndpointRouteBuilder api, string act, bool optional, Func<T, ActsRequest> fields, string summary, string description) where T : class =>
        api.MapPost($"/api/alerts/{{id}}/{act}", (HttpContext context, Caller caller, AuditTrail audit, AlertDesk desk) => ActOnOne(context, caller, audit, desk, act, optional, fields))
            .ForRoles(ActRights.RolesOf(act)).AuditedAct(ActRights.AuditNameOf(act), "alert").WithTags("Alerts")
            .WithSummary(summary).WithDescription(description + Description).TakesPath("id", "The alert.")
            .TakesHeader(IdempotencyKey.Header, Key)
            .Accepts<T>(optional, "application/json").Produces<ActAnswer>().Problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);

    private static async Task<IResult> ActOnOne<T>(
        HttpContext context, Caller caller, AuditTrail audit, AlertDesk desk, string act, bool optional, Func<T, ActsRequest> fields) where T : class
    {
        T body = optional ? await RequestBody.ReadOptional<T>(context) : await RequestBody.Read<T>(context);
        byte[] data = ActFields.Write(act, fields(body));
        string id = PathSegment.After(context, "/api/alerts/", "/" + act);
        AlertDesk.Done done = (await desk.Do(caller, new AlertDesk.Order(act, data, [id], IdempotencyKey.Sent(context)), context.RequestAborted))[0];
        audit.Office(done.Alert?.Procuratorate);
        if (done.Alert is { } alert) audit.Note("case", alert.Case);
        if (done.Row.Error is { } problem) throw new ProblemException(problem);
        return TypedResults.Json(new ActAnswer(done.Row.Id, done.Row.Status, done.Row.Act!), Json.Options);
    }

    private static async Task<IResult> ActOnMany(HttpContext context, Caller caller, AuditTrail audit, AlertDesk desk)
    {
        ActsRequest request = await RequestBody.Read<ActsRequest>(context);
        string act = Field.OneOf(request.Act, "/act", [.. AlertActs.All]);
        if (request.Ids is not { Count: > 0 and <= Most } sent) throw Field.Wrong($"1 to {Most} ids.", "/ids");
        var ids = new string[sent.Count];
        for (int i = 0; i < ids.Length; i++) ids[i] = sent[i] ?? throw Field.Wrong("An id.", $"/ids/{i}");
        byte[] data = ActFields.Write(act, request);
        audit.Note("act", act);
        if (!caller.Rights.Everything && !ActRights.RolesOf(act).Any(caller.Has)) throw new ProblemException(Problem.Of(403));

        string[] distinct = [.. ids.Distinct(StringComparer.Ordinal)];
        AlertDesk.Done[] done = await desk.Do(caller, new AlertDesk.Order(act, data, distinct, IdempotencyKey.Sent(context)), context.RequestAborted);
        string name = ActRights.AuditNameOf(act);
        await Parallel.ForEachAsync(done, new ParallelOptions { MaxDegreeOfParallelism = EntriesAtOnce }, async (one, _) =>
            await audit.Also(name, "alert", one.Row.Id, one.Alert?.Procuratorate, one.Row.Error?.Status ?? StatusCodes.Status200OK));
        audit.Note("done", done.Count(d => d.Row.Error is null));
        audit.Note("rejected", done.Count(d => d.Row.Error is not null));
        Dictionary<string, ActRow> rows = done.ToDictionary(d => d.Row.Id, d => d.Row, StringComparer.Ordinal);
        return TypedResults.Json(new ActsAnswer([.. ids.Select(id => rows[id])]), Json.Options);
    }
}
