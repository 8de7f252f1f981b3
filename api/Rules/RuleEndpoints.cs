using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Api.Units;
using Cluster.Cases.Rules;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Orleans;

namespace Cluster.Api.Rules;

/// <summary>The catalogue to read: rules and limits (contract chapter 5).</summary>
internal static class RuleEndpoints
{
    private const string Prefix = "/api/rules/";

    public static void MapRules(this IEndpointRouteBuilder api)
    {
        api.MapGet("/api/rules", List).NotAudited("The catalogue, and counts; no case.").WithTags("Rules")
            .WithSummary("The catalogue of rules")
            .WithDescription("Each rule once, in the version that judges acts of today where the caller works, with all versions the caller may know of. "
                + "Counts are of alerts that the caller may see. With an ETag.")
            .Produces<RulesBody>().Produces(304).Problems(401, 403);
        api.MapGet(Prefix + "{id}", Read).NotAudited("The catalogue, and counts; no case.").WithTags("Rules")
            .WithSummary("One rule with the text of every version").TakesPath("id", "The rule.")
            .Produces<RuleBody>().Problems(401, 403, 404);
        api.MapGet("/api/limits", Limits).NotAudited("The catalogue, and counts; no case.").WithTags("Rules")
            .WithSummary("The limits of the law").WithDescription("`caseTypes` empty: it runs in cases of every type; `runs` false: in none. With an ETag.")
            .Produces<LimitsBody>().Produces(304).Problems(401, 403);
        api.MapGet("/api/catalogue", Summary).NotAudited("The catalogue, and counts; no case.").WithTags("Rules")
            .WithSummary("What the catalogue is made of").WithDescription("`version` is the last publication in force that the caller may know of; 0: the rules that ship with the product alone.")
            .Produces<CatalogueBody>().Problems(401, 403);
    }

    private static async Task<IResult> List(
        HttpContext context, Caller caller, UnitDirectory units, LiveCatalogue rules, LegalClock clock, RuleCounts counts, IRuleIndex index, IGrainFactory grains)
    {
        RuleRights rights = await RuleRights.Of(caller, units, context.RequestAborted);
        Func<string, RuleStanding> standing = await Standing(caller, rights, counts, index, grains, context.RequestAborted);
        return new JsonAnswer(CatalogueJson.Rules(rights.Listing(rules.Current.Catalogue, clock), standing), tagged: true);
    }

    private static async Task<IResult> Read(
        HttpContext context, Caller caller, UnitDirectory units, LiveCatalogue rules, LegalClock clock, RuleCounts counts, IRuleIndex index, IGrainFactory grains)
    {
        RuleRights rights = await RuleRights.Of(caller, units, context.RequestAborted);
        Func<string, RuleStanding> standing = await Standing(caller, rights, counts, index, grains, context.RequestAborted);
        byte[]? rule = CatalogueJson.Rule(rights.Listing(rules.Current.Catalogue, clock), PathSegment.After(context, Prefix), standing);
        return new JsonAnswer(rule ?? throw new ProblemException(Problem.Of(404)));
    }

    private static JsonAnswer Limits(LiveCatalogue rules) => new(CatalogueJson.Limits(rules.Current.Catalogue), tagged: true);

    private static async Task<IResult> Summary(HttpContext context, Caller caller, UnitDirectory units, LiveCatalogue rules, LegalClock clock)
    {
        RuleRights rights = await RuleRights.Of(caller, units, context.RequestAborted);
        return new JsonAnswer(CatalogueJson.Summary(rights.Listing(rules.Current.Catalogue, clock), rights.CanEdit, rights.CanPublish));
    }

    private static async Task<Func<string, RuleStanding>> Standing(
        Caller caller, RuleRights rights, RuleCounts counts, IRuleIndex index, IGrainFactory grains, CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, long> fired = await counts.Fired(caller.Rights, cancellation);
        IReadOnlyDictionary<string, RuleDecisions> decisions = await index.Decisions(caller.Rights.Visible, cancellation);
        Dictionary<string, TrialStanding> trials = rights.CanEdit ? await Trials(rights, index, grains, cancellation) : [];
        return id =>
        {
            RuleDecisions decided = decisions.GetValueOrDefault(id);
            return new RuleStanding(fired.GetValueOrDefault(id), decided.Dismissed, decided.Decided, trials.TryGetValue(id, out TrialStanding trial) ? trial : null);
        };
    }

    private static async Task<Dictionary<string, TrialStanding>> Trials(RuleRights rights, IRuleIndex index, IGrainFactory grains, CancellationToken cancellation)
    {
        DraftView[] drafts = [.. (await grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key).Drafts()).Where(d => d.State == "shadow" && rights.Sees(d))];
        if (drafts.Length == 0) return [];
        ILookup<string, TrialCount> found = (await index.Trials(cancellation)).ToLookup(t => t.Run);
        var trials = new Dictionary<string, TrialStanding>();
        // The newest trial of a rule, where there are several.
        foreach (DraftView draft in drafts.Reverse())
        {
            foreach (string rule in draft.Rules)
            {
                TrialCount? count = found[draft.Run!].FirstOrDefault(t => t.Rule == rule);
                trials[rule] = new TrialStanding(draft.Id, count?.Fired ?? 0, count?.Cases ?? 0);
            }
        }
        return trials;
    }
}
