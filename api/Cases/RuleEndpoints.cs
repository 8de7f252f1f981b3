using System.Collections.Concurrent;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Api.Units;
using Cluster.Cases.Assessment;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Cases;

/// <summary>The catalogue of rules (contract chapter 5).</summary>
internal static class RuleEndpoints
{
    public static void MapRules(this IEndpointRouteBuilder api) =>
        api.MapGet("/api/rules", List).WithTags("Rules")
            .WithSummary("The catalogue of rules").WithDescription("How often a rule fired counts the alerts that the caller may see.")
            .Produces<RulesBody>().Problems(401, 403);

    private static async Task<IResult> List(HttpContext context, Caller caller, RuleCounts counts) =>
        new JsonAnswer(CaseJson.Rules(await counts.Fired(caller.Rights, context.RequestAborted)), tagged: true);
}

/// <summary>How often each rule fired, as far as a caller may know: a count tells of cases too.</summary>
internal sealed class RuleCounts(ICaseIndex index, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    // One entry for each set of units somebody sees; far fewer than accounts.
    private const int MostRemembered = 1_000;

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, IReadOnlyDictionary<string, long> Fired)> remembered = new();

    public async Task<IReadOnlyDictionary<string, long>> Fired(Rights rights, CancellationToken cancellation)
    {
        if (rights.Everything) return await index.Fired(cancellation);
        if (remembered.TryGetValue(rights.Key, out var last) && clock.GetUtcNow() - last.At < Fresh) return last.Fired;

        var fired = new Dictionary<string, long>();
        var query = new AlertQuery(rights.Visible) { Limit = Query.LargestPage };
        do
        {
            Page<AlertRow> page = await index.Alerts(query, cancellation);
            foreach (AlertRow alert in page.Items) fired[alert.Rule] = fired.GetValueOrDefault(alert.Rule) + 1;
            query = query with { Cursor = page.Next };
        }
        while (query.Cursor is not null);
        if (remembered.Count >= MostRemembered) remembered.Clear();
        remembered[rights.Key] = (clock.GetUtcNow(), fired);
        return fired;
    }
}
