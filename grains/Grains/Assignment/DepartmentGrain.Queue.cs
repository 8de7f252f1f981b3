using Cluster.Cases.Assignment;
using Cluster.Contracts;
using Cluster.Law;

namespace Cluster.Grains.Assignment;

public sealed partial class DepartmentGrain
{
    // A queue that is longer than this has one reason, which the first of them tell.
    private const int MostListed = 200;

    public async Task<byte[]?> Queue()
    {
        if (_definition is null) return null;
        var waiting = _cases.Open.Where(c => c.Open && c.Prosecutor is null).OrderBy(c => c.Case, StringComparer.Ordinal).ToList();
        var listed = new List<WaitingCase>();
        foreach (var some in waiting.Take(MostListed).Chunk(AskedAtOnce))
        {
            foreach (var (summary, facts) in some.Zip(await Task.WhenAll(some.Select(c => GrainFactory.GetGrain<ICaseGrain>(c.Case).ForHandover()))))
            {
                if (facts is not null) listed.Add(Waiting(summary, facts));
            }
        }

        return UnitJson.Write(new
        {
            Department = Id,
            AsOf = _clock.GetUtcNow(),
            Total = waiting.Count,
            People = _roster.Count,
            DrawnAgainAt = LegalTime.EndOf(Today),
            Cases = listed.OrderBy(c => c.Since).ThenBy(c => c.Case, StringComparer.Ordinal),
        });
    }

    private WaitingCase Waiting(CaseSummary summary, HandoverFacts facts)
    {
        var explained = Draw.Explain(Input(facts.About, Today, 1, []));
        var why = _roster.Count == 0 ? "empty-roster" : explained.Eligible.Count == 0 ? "nobody-eligible" : "not-drawn-yet";
        return new WaitingCase(
            summary.Case, summary.CaseType, facts.AcceptedAt, summary.Weight, facts.NextDue, why, WaitingCase.TextOf(why), [.. explained.Eligible.Select(e => e.Prosecutor)],
            [.. explained.Excluded.Select(e => new ExcludedPerson(e.Prosecutor, _roster.GetValueOrDefault(e.Prosecutor)?.Name, e.Reason, ExclusionText.Of(e.Reason)))]);
    }

    /// <summary>A case that nobody has.</summary>
    /// <param name="Since">When it was accepted.</param>
    /// <param name="Why">empty-roster, nobody-eligible, or not-drawn-yet.</param>
    private sealed record WaitingCase(
        string Case, string CaseType, DateTimeOffset? Since, double Weight, DateTimeOffset? NextDue, string Why, LocalizedText Message, IReadOnlyList<string> Eligible, IReadOnlyList<ExcludedPerson> Excluded)
    {
        public static LocalizedText TextOf(string why) => why switch
        {
            "empty-roster" => new("本部门名册上没有人，登记承办人后自动分案", "Nobody is on the roster; the case is drawn as soon as somebody is"),
            "nobody-eligible" => new("名册上的人都不能承办本案，名册变动时或次日零时重新分案", "Nobody on the roster may have it; drawn again when the roster changes, or at midnight"),
            _ => new("已有人可以承办，即将重新分案", "Somebody may have it by now; it is about to be drawn again"),
        };
    }

    private sealed record ExcludedPerson(string Prosecutor, string? Name, string Reason, LocalizedText Message);
}
