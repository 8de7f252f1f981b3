using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Api.Units;
using Cluster.Contracts;
using Orleans;

namespace Cluster.Api.Rules;

/// <summary>Drafts tried on everything that is stored.</summary>
internal static class BacktestEndpoints
{
    private const string Suffix = "/backtest";

    private static readonly string[] Writers = [Role.Monitor, Role.Leader];

    public static void MapBacktests(this IEndpointRouteBuilder api)
    {
        api.MapPost(DraftEndpoints.Prefix + "{id}" + Suffix, Start).ForRoles(Writers).AuditedAct(AuditAction.BacktestStarted, "draft").WithTags("Rules")
            .WithSummary("Try a draft on everything stored in its scope").TakesPath("id", "The draft.")
            .WithDescription("Compares what the rules in force find, and ever found, with what those of the draft would. One at a time: 409 `backtest-running` while another runs.")
            .Produces<BacktestBody>(202).Problems(401, 403, 404, 409);
        api.MapGet(DraftEndpoints.Prefix + "{id}" + Suffix, Read).ForRoles(Writers).Audited(AuditAction.BacktestRead, onlyOfTarget: true).WithTags("Rules")
            .WithSummary("How far a backtest is, or what it found").TakesPath("id", "The draft.")
            .WithDescription("`cases` lists at most the first 500 findings that differ, those of cases that the caller may see.")
            .Produces<BacktestBody>().Problems(401, 403, 404);
        api.MapDelete(DraftEndpoints.Prefix + "{id}" + Suffix, Cancel).ForRoles(Writers).AuditedAct(AuditAction.BacktestCancelled, "draft").WithTags("Rules")
            .WithSummary("Cancel a backtest").TakesPath("id", "The draft.").Produces<BacktestBody>().Problems(401, 403, 404);
    }

    private static IBacktestGrain Grain(IGrainFactory grains) => grains.GetGrain<IBacktestGrain>(ICatalogueGrain.Key);

    private static async Task<IResult> Start(HttpContext context, Caller caller, UnitDirectory units, IGrainFactory grains)
    {
        DraftView draft = await DraftEndpoints.Find(context, caller, units, grains, Suffix);
        if (draft.State is not ("draft" or "shadow")) throw new ProblemException(Problem.Of(409, "not-a-draft", $"The draft is {draft.State}."));
        BacktestReport report = await Grain(grains).Start(draft)
            ?? throw new ProblemException(Problem.Of(409, "backtest-running", "Another draft is being tested; wait, or cancel that."));
        return TypedResults.Json(BacktestBody.Of(report, caller.Rights), Json.Options, statusCode: 202);
    }

    private static async Task<IResult> Read(HttpContext context, Caller caller, AuditTrail audit, UnitDirectory units, IGrainFactory grains)
    {
        DraftView draft = await DraftEndpoints.Find(context, caller, units, grains, Suffix);
        BacktestReport report = await Grain(grains).Progress(draft.Id) ?? draft.Backtest ?? throw new ProblemException(Problem.Of(404, "no-backtest", "This text was not tested."));
        var body = BacktestBody.Of(report, caller.Rights);
        // Screens ask every second how far it is; what it found in cases is another thing.
        if (body.Cases.Count > 0) audit.On("draft", draft.Id);
        return TypedResults.Json(body, Json.Options);
    }

    private static async Task<IResult> Cancel(HttpContext context, Caller caller, UnitDirectory units, IGrainFactory grains)
    {
        DraftView draft = await DraftEndpoints.Find(context, caller, units, grains, Suffix);
        BacktestReport report = await Grain(grains).Cancel(draft.Id) ?? throw new ProblemException(Problem.Of(404, "no-backtest", "This draft is not being tested."));
        return TypedResults.Json(BacktestBody.Of(report, caller.Rights), Json.Options);
    }
}
