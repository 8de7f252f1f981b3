using Cluster.Cases.Assignment;
using Cluster.Cases.Assignment.Rebalancing;
using Cluster.Contracts;

namespace Cluster.Grains.Assignment;

/// <summary>A proposal as people read it.</summary>
internal sealed record RebalancingAnswer(
    string Department, DateTimeOffset AsOf, Balance Before, Balance After, double Handover,
    IReadOnlyList<CarriedLoad> Loads, IReadOnlyList<MoveAnswer> Moves, IReadOnlyList<KeptCase> Kept, IReadOnlyList<KeptCase> Stranded)
{
    public static RebalancingAnswer Of(
        string department, DateTimeOffset now, IReadOnlyList<Carrier> carriers, IReadOnlyList<CarriedCase> cases, IReadOnlyDictionary<string, HandoverFacts> facts, RebalancingProposal proposal)
    {
        var to = proposal.Moves.ToDictionary(m => m.Case, m => m.To, StringComparer.Ordinal);
        var before = cases.ToLookup(c => c.Carrier, c => c.Weight);
        var after = cases.ToLookup(c => to.GetValueOrDefault(c.Id, c.Carrier), c => c.Weight);
        var loads = carriers.OrderBy(c => c.Id, StringComparer.Ordinal)
            .Select(c => new CarriedLoad(c.Id, c.Capacity, Round(before[c.Id].Sum() / c.Capacity), Round(after[c.Id].Sum() / c.Capacity), before[c.Id].Count(), after[c.Id].Count(), c.Leaves)).ToList();
        var byId = cases.ToDictionary(c => c.Id, StringComparer.Ordinal);
        var leaving = carriers.Where(c => c.Leaves).Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        return new(
            department, now,
            Balance.Of([.. loads.Where(l => !l.Leaves).Select(l => l.Before)], proposal.Before),
            Balance.Of([.. loads.Where(l => !l.Leaves).Select(l => l.After)], proposal.After),
            Round(proposal.Handover), loads,
            [.. proposal.Moves.Select(m => new MoveAnswer(m.Case, m.From, m.To, m.Weight, m.Handover, Round(m.Gain), facts[m.Case].NextDue, leaving.Contains(m.From) ? "leaves" : byId[m.Case].Must ? "away" : "balance"))],
            [.. cases.Where(c => c.Fixed is not null && !to.ContainsKey(c.Id) && !leaving.Contains(c.Carrier)).Select(c => new KeptCase(c.Id, c.Carrier, c.Fixed!))],
            [.. proposal.Stranded.Select(id => new KeptCase(id, byId[id].Carrier, "nobody-eligible"))]);
    }

    private static double Round(double value) => Math.Round(value, 2);
}

/// <summary>How even loads are.</summary>
/// <param name="Misplaced">Weight that lies with somebody who carries more than is fair.</param>
internal sealed record Balance(double Cv, double Gini, double MaxOverMean, double Misplaced)
{
    public static Balance Of(IReadOnlyList<double> loads, double misplaced)
    {
        var fairness = loads.Count == 0 ? new Fairness(0, 0, 1) : Fairness.Of(loads);
        return new(Math.Round(fairness.Cv, 4), Math.Round(fairness.Gini, 4), Math.Round(fairness.MaxOverMean, 4), Math.Round(misplaced, 2));
    }
}

/// <summary>What one carries now, and would: open weight ÷ capacity, and cases.</summary>
internal sealed record CarriedLoad(string Prosecutor, double Capacity, double Before, double After, int CasesBefore, int CasesAfter, bool Leaves);

/// <summary>A case to be moved.</summary>
/// <param name="Reason">leaves, away or balance.</param>
internal sealed record MoveAnswer(string Case, string From, string To, double Weight, double Handover, double Gain, DateTimeOffset? NextDue, string Reason);

/// <summary>A case that stays, and why: near-deadline, interrogated, nobody-eligible.</summary>
internal sealed record KeptCase(string Case, string Prosecutor, string Reason);
