using Cluster.Cases.Assessment;

namespace Cluster.Cases.Rules;

/// <summary><c>unaccepted</c>: events came for a case that nobody reported as accepted.</summary>
internal sealed class UnacceptedTemplate : IRuleTemplate
{
    public IEnumerable<Trigger> Evidence => [];

    public void Look(Rule rule, Looking at)
    {
        if (at.State.Accepted is not null || at.State.Events.Length == 0) return;
        at.Findings.Add(new Finding
        {
            Rule = rule,
            Subject = "case",
            Instance = "1",
            Steps = [new LevelStep(rule.Level, at.State.Events[0].Time)],
            Evidence = [at.State.Events[0]],
        });
    }
}
