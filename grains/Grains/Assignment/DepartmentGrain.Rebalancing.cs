using Cluster.Cases.Assignment;
using Cluster.Cases.Assignment.Rebalancing;
using Cluster.Contracts;
using Cluster.Law;

namespace Cluster.Grains.Assignment;

public sealed partial class DepartmentGrain
{
    /// <summary>Reasons of a draw that bind no person: who decides may choose somebody who has much to do already, or whose turn it is not.</summary>
    private static readonly HashSet<string> OfDrawsOnly = new(["linked-to-another", "not-their-turn", "over-cap", "lacks-specialty"], StringComparer.Ordinal);

    // Cases are asked in so many at once.
    private const int AskedAtOnce = 32;

    public Task<string?> Obstacle(AssignmentRequest request, string prosecutor) => Task.FromResult(
        _roster.ContainsKey(prosecutor) ? ObstaclesOf(request).GetValueOrDefault(prosecutor) : "not-of-this-department");

    public async Task<byte[]?> Rebalance(RebalancingRequest request)
    {
        if (_definition is null) return null;
        var now = _clock.GetUtcNow();
        var open = _cases.Open.Where(c => c.Open && c.Prosecutor is not null).OrderBy(c => c.Case, StringComparer.Ordinal).ToList();
        var facts = new Dictionary<string, HandoverFacts>(StringComparer.Ordinal);
        foreach (var some in open.Chunk(AskedAtOnce))
        {
            foreach (var (summary, answer) in some.Zip(await Task.WhenAll(some.Select(c => GrainFactory.GetGrain<ICaseGrain>(c.Case).ForHandover()))))
            {
                if (answer is not null) facts[summary.Case] = answer;
            }
        }

        // Whatever happened meanwhile is in the next proposal; accepting checks who handles each case then.
        var away = request.Away.ToDictionary(a => a.Prosecutor, a => LegalTime.EndOf(a.Until), StringComparer.Ordinal);
        var day = request.From is { } from && from > Today ? from : Today;
        // As it would be then: who is away on that day takes nothing, and what is near its deadline is told from it.
        var asOf = day > Today ? LegalTime.StartOf(day) : now;
        var carriers = _roster.Values
            .Select(p => new Carrier(p.Id, CarryingCapacity(p), request.Leaving.Contains(p.Id), Takes(p, day) && !away.ContainsKey(p.Id)))
            .Concat(open.Select(c => c.Prosecutor!).Distinct().Where(p => !_roster.ContainsKey(p)).Select(p => new Carrier(p, 1, Leaves: true)))
            .ToList();
        var cases = open.Where(c => facts.ContainsKey(c.Case)).Select(c => Carried(c, facts[c.Case], request, asOf, away) with { Barred = [.. ObstaclesOf(facts[c.Case].About, day).Keys] }).ToList();
        var proposal = Rebalancer.Propose(new RebalancingInput(carriers, cases, request.MostMoves));
        return UnitJson.Write(RebalancingAnswer.Of(Id, now, carriers, cases, facts, proposal));
    }

    private static CarriedCase Carried(CaseSummary summary, HandoverFacts facts, RebalancingRequest request, DateTimeOffset now, Dictionary<string, DateTimeOffset> away)
    {
        var near = facts.NextDue is { } due && due < now.AddDays(request.KeepDays);
        var reason = near ? "near-deadline" : facts.Begun && !request.Begun ? "interrogated" : null;
        var must = away.TryGetValue(summary.Prosecutor!, out var until) && facts.NextDue < until;
        return new CarriedCase(summary.Case, summary.Prosecutor!, summary.Weight, HandoverCost.Default.Of(summary.Weight, facts.Begun), reason, [], must);
    }

    private static bool Takes(ProsecutorDefinition p, DateOnly today) =>
        p.Qualified && p.OnDuty && p.Capacity > 0 && !(p.Since > today) && !p.Absences.Any(a => a.From <= today && today <= a.Until);

    private Dictionary<string, string> ObstaclesOf(AssignmentRequest request, DateOnly? day = null) =>
        Draw.Explain(Input(request, day ?? Today, 1, [])).Excluded.Where(e => !OfDrawsOnly.Contains(e.Reason)).ToDictionary(e => e.Prosecutor, e => e.Reason, StringComparer.Ordinal);
}
