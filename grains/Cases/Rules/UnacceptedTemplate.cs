using Cluster.Cases.Assessment;

namespace Cluster.Cases.Rules;

/// <summary><c>unaccepted</c>: events came for a case that nobody reported as accepted.</summary>
internal sealed class UnacceptedTemplate : IRuleTemplate
{
    public IEnumerable<Trigger> Evidence => [];

    public EventSet Grounds(Catalogue catalogue) => EventSet.Any;

    public void Look(Rule rule, Looking at)
    {
        if (at.State.Accepted is not null) return;
        var reported = Array.Find(at.State.Events, e => !CaseOwnership.IsOwn(e));
        if (reported is null) return;
        at.Findings.Add(new Finding
        {
            Rule = rule,
            Subject = "case",
            Instance = "1",
            Steps = [new LevelStep(rule.Level, reported.Time)],
            Evidence = [reported],
        });
    }
}
