using System.Text;
using System.Text.Json;
using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Api.Units;
using Cluster.Cases.Rules;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Orleans;

namespace Cluster.Api.Rules;

/// <summary>Rules that offices write: drafts, trials in the shadow, publication by a second person, rollback.</summary>
internal static class DraftEndpoints
{
    public const string Prefix = "/api/rules/drafts/";

    // Escaped as JSON a megabyte of Chinese may be twice as long, and more.
    private const long LargestJson = 4L << 20;
    private const int LongestText = 2_000;

    private static readonly string[] Writers = [Role.Monitor, Role.Leader];

    public static void MapDrafts(this IEndpointRouteBuilder api)
    {
        api.MapPost("/api/rules/validate", Validate).ForRoles(Writers).NotAudited("Stores nothing and reads no case.").WithTags("Rules")
            .WithSummary("Check a file of rules, storing nothing")
            .WithDescription("The whole file is refused for anything wrong in it, with `errors`: file, line and reason. Its examples are run. Takes JSON, or the bare YAML as application/yaml or text/plain.")
            .Accepts<DraftRequest>("application/json", "application/yaml", "application/x-yaml", "text/yaml", "text/plain").Produces<ValidBody>().Problems(400, 401, 403, 413, 415, 422);
        api.MapGet("/api/rules/drafts", List).ForRoles(Writers).NotAudited("Rules, without the cases they were tried on.").WithTags("Rules")
            .WithSummary("List drafts, newest first").WithDescription("Those of the caller's procuratorate and the ones below, without the findings of their backtests.")
            .Produces<DraftsBody>().Problems(401, 403);
        api.MapPost("/api/rules/drafts", Draft).ForRoles(Writers).AuditedAct(AuditAction.RulesDrafted).WithTags("Rules")
            .WithSummary("Draft rules for the caller's procuratorate and those below")
            .WithDescription("An account that sees everything drafts for all. Takes JSON, or the bare YAML as application/yaml or text/plain.")
            .Accepts<DraftRequest>("application/json", "application/yaml", "application/x-yaml", "text/yaml", "text/plain").Produces<DraftBody>(201).Problems(400, 401, 403, 413, 415, 422);
        api.MapGet(Prefix + "{id}", Read).ForRoles(Writers).Audited(AuditAction.RulesRead, onlyOfTarget: true).WithTags("Rules")
            .WithSummary("Read a draft").TakesPath("id", "The draft.").Produces<DraftBody>().Problems(401, 403, 404);
        api.MapPut(Prefix + "{id}", Edit).ForRoles(Writers).AuditedAct(AuditAction.RulesEdited, "draft").WithTags("Rules")
            .WithSummary("Change a draft that is not published").TakesPath("id", "The draft.").WithDescription("A trial in the shadow ends, for it was of another text.")
            .Accepts<DraftRequest>("application/json", "application/yaml", "application/x-yaml", "text/yaml", "text/plain").Produces<DraftBody>().Problems(400, 401, 403, 404, 409, 413, 415, 422);
        api.MapDelete(Prefix + "{id}", Withdraw).ForRoles(Writers).AuditedAct(AuditAction.RulesWithdrawn, "draft").WithTags("Rules")
            .WithSummary("Withdraw a draft that is not published").TakesPath("id", "The draft.").Produces<DraftBody>().Problems(401, 403, 404, 409);
        api.MapPost(Prefix + "{id}/shadow", Shadow).ForRoles(Writers).AuditedAct(AuditAction.RulesTried, "draft").WithTags("Rules")
            .WithSummary("Begin or end a trial in the shadow").TakesPath("id", "The draft.")
            .WithDescription("The rules look at every open case and whatever comes; what they find is counted and shown to nobody.")
            .Accepts<ShadowRequest>("application/json").Produces<DraftBody>().Problems(400, 401, 403, 404, 409, 413, 415, 422);
        api.MapPost(Prefix + "{id}/publish", Publish).ForRoles(Role.Leader).AuditedAct(AuditAction.RulesPublished, "draft").WithTags("Rules")
            .WithSummary("Put the rules of a draft in force").TakesPath("id", "The draft.")
            .WithDescription("From `effectiveFrom`, today or later: acts before are judged by the version before. 409 `same-person` for whoever wrote on the draft. Every open case is assessed again.")
            .Accepts<PublishRequest>("application/json").Produces<DraftBody>().Problems(400, 401, 403, 404, 409, 413, 415, 422);
        api.MapPost(Prefix + "{id}/rollback", RollBack).ForRoles(Role.Leader).AuditedAct(AuditAction.RulesRolledBack, "draft").WithTags("Rules")
            .WithSummary("Take a publication back").TakesPath("id", "The draft.")
            .WithDescription("As if it had never been: the version before is in force again, also for acts in between. 409 `same-person` for whoever wrote on the draft.")
            .Accepts<RollbackRequest>("application/json").Produces<DraftBody>().Problems(400, 401, 403, 404, 409, 413, 415, 422);
    }

    /// <summary>The draft of an address, if the caller may see it.</summary>
    public static async Task<DraftView> Find(HttpContext context, Caller caller, UnitDirectory units, IGrainFactory grains, string suffix = "")
    {
        RuleRights rights = await RuleRights.Of(caller, units, context.RequestAborted);
        string id = PathSegment.After(context, Prefix, suffix);
        DraftView? draft = await Grain(grains).Find(id);
        AuditTrail.Of(context).Office(draft?.Procuratorate);
        return draft is not null && rights.Sees(draft) ? draft : throw new ProblemException(Problem.Of(404));
    }

    private static ICatalogueGrain Grain(IGrainFactory grains) => grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key);

    private static async Task<IResult> Validate(HttpContext context, IGrainFactory grains)
    {
        (string yaml, _) = await ReadText(context);
        DraftOutcome outcome = Done(await Grain(grains).Validate(yaml));
        return TypedResults.Json(new ValidBody(true, outcome.Rules), Json.Options);
    }

    private static async Task<IResult> List(HttpContext context, Caller caller, UnitDirectory units, IGrainFactory grains, IRuleIndex index)
    {
        RuleRights rights = await RuleRights.Of(caller, units, context.RequestAborted);
        IReadOnlyList<TrialCount> trials = await index.Trials(context.RequestAborted);
        DraftView[] drafts = [.. (await Grain(grains).Drafts()).Where(rights.Sees)];
        return TypedResults.Json(new DraftsBody([.. drafts.Select(d => DraftBody.Of(d with { Backtest = d.Backtest is { } report ? report with { Cases = [] } : null }, trials, caller.Rights))]), Json.Options);
    }

    private static async Task<IResult> Read(HttpContext context, Caller caller, AuditTrail audit, UnitDirectory units, IGrainFactory grains, IRuleIndex index)
    {
        DraftView draft = await Find(context, caller, units, grains);
        if (draft.Backtest is { Cases.Length: > 0 }) audit.On("draft", draft.Id);
        return await Answer(draft, caller, index);
    }

    private static async Task<IResult> Draft(HttpContext context, Caller caller, AuditTrail audit, UnitDirectory units, IGrainFactory grains, IRuleIndex index)
    {
        RuleRights rights = await RuleRights.Of(caller, units, context.RequestAborted);
        string? scope = rights.Scope();
        (string yaml, string? note) = await ReadText(context);
        DraftOutcome outcome = Done(await Grain(grains).Draft(new DraftText(yaml, note, scope, caller.User)));
        audit.On("draft", outcome.Draft!.Id);
        audit.Office(scope);
        return await Answer(outcome.Draft, caller, index, 201);
    }

    private static async Task<IResult> Edit(HttpContext context, Caller caller, UnitDirectory units, IGrainFactory grains, IRuleIndex index)
    {
        DraftView draft = await Find(context, caller, units, grains);
        (string yaml, string? note) = await ReadText(context);
        DraftOutcome outcome = Done(await Grain(grains).Edit(draft.Id, new DraftText(yaml, note, draft.Procuratorate, caller.User)));
        return await Answer(outcome.Draft!, caller, index);
    }

    private static async Task<IResult> Withdraw(HttpContext context, Caller caller, UnitDirectory units, IGrainFactory grains, IRuleIndex index)
    {
        DraftView draft = await Find(context, caller, units, grains);
        return await Answer(Done(await Grain(grains).Withdraw(draft.Id, caller.User)).Draft!, caller, index);
    }

    private static async Task<IResult> Shadow(HttpContext context, Caller caller, AuditTrail audit, UnitDirectory units, IGrainFactory grains, IRuleIndex index)
    {
        DraftView draft = await Find(context, caller, units, grains, "/shadow");
        ShadowRequest request = await RequestBody.Read<ShadowRequest>(context);
        bool on = request.On ?? throw Field.Wrong("This field is required.", "/on");
        audit.Note("on", on ? "true" : "false");
        return await Answer(Done(await Grain(grains).Try(draft.Id, on, caller.User)).Draft!, caller, index);
    }

    private static async Task<IResult> Publish(HttpContext context, Caller caller, AuditTrail audit, UnitDirectory units, IGrainFactory grains, IRuleIndex index)
    {
        DraftView draft = await Find(context, caller, units, grains, "/publish");
        PublishRequest request = await RequestBody.Read<PublishRequest>(context);
        DateOnly from = Field.Date(Field.Text(request.EffectiveFrom, "/effectiveFrom", 10), "/effectiveFrom");
        audit.Note("effectiveFrom", from.Text());
        return await Answer(Done(await Grain(grains).Publish(draft.Id, from, caller.User)).Draft!, caller, index);
    }

    private static async Task<IResult> RollBack(HttpContext context, Caller caller, UnitDirectory units, IGrainFactory grains, IRuleIndex index)
    {
        DraftView draft = await Find(context, caller, units, grains, "/rollback");
        RollbackRequest request = await RequestBody.Read<RollbackRequest>(context);
        string reason = Prose(request.Reason, "/reason") ?? throw Field.Wrong("This field is required.", "/reason");
        return await Answer(Done(await Grain(grains).RollBack(draft.Id, reason, caller.User)).Draft!, caller, index);
    }

    private static async Task<IResult> Answer(DraftView draft, Caller caller, IRuleIndex index, int status = 200) =>
        TypedResults.Json(DraftBody.Of(draft, await index.Trials(), caller.Rights), Json.Options, statusCode: status);

    private static async Task<(string Yaml, string? Note)> ReadText(HttpContext context)
    {
        if (RequestBody.MediaType(context.Request) is "text/plain" or "application/yaml" or "application/x-yaml" or "text/yaml")
            return (await RequestBody.ReadText(context, OfficeRules.MostBytes), null);
        RequestBody.Require(context.Request, "application/json");
        using JsonDocument document = await RequestBody.ReadJson(context, LargestJson);
        DraftRequest request = RequestBody.Shape<DraftRequest>(document.RootElement);
        string yaml = request.Yaml ?? throw Field.Wrong("This field is required.", "/yaml");
        if (Encoding.UTF8.GetByteCount(yaml) > OfficeRules.MostBytes) throw new ProblemException(Problem.Of(413, "too-large", "At most 1 MiB of YAML.", "/yaml"));
        return (yaml, Prose(request.Note, "/note"));
    }

    private static string? Prose(string? text, string pointer) =>
        string.IsNullOrWhiteSpace(text) ? null
        : text.Length <= LongestText && !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r')) ? text
        : throw Field.Wrong($"A text of at most {LongestText} characters without control characters.", pointer);

    private static DraftOutcome Done(DraftOutcome outcome) => outcome.Refusal switch
    {
        null => outcome,
        "invalid" => throw new ProblemException(Problem.Of(422, "invalid-rules", outcome.Detail) with
        {
            Errors = [.. outcome.Errors.Select(e => new PlaceInFile(e.File, e.Line, e.Reason))],
        }),
        "not-found" => throw new ProblemException(Problem.Of(404)),
        "effective-date" => throw new ProblemException(Problem.Of(422, outcome.Refusal, outcome.Detail, "/effectiveFrom")),
        { } refusal => throw new ProblemException(Problem.Of(409, refusal, outcome.Detail)),
    };
}
