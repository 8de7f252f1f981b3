using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules.Cards;

/// <summary>A stretch of time in which a card was wrong, whatever the time is now.</summary>
internal sealed class CardSpan
{
    public required Rule Rule { get; init; }

    public required FieldTemplate Template { get; init; }

    public required string Level { get; init; }

    /// <summary>Whose card; null for the case.</summary>
    public required SuspectState? Suspect { get; init; }

    public required string Instance { get; init; }

    public required DateTimeOffset From { get; init; }

    /// <summary>When a later filling mended it; null if none did.</summary>
    public required DateTimeOffset? MendedAt { get; init; }

    public required CaseEvent[] Evidence { get; init; }

    public required LocalizedText? Wording { get; init; }

    /// <summary>Adds what it means now: a finding, or the instant at which it will be one.</summary>
    public void Report(Looking at)
    {
        if (From > at.State.Now)
        {
            at.ChangesAt(From);
            return;
        }

        var cleared = MendedAt;
        if (SaidElsewhere(at) is { } said)
        {
            if (said <= From) return;
            if (!(cleared <= said)) cleared = said;
        }

        at.Findings.Add(new Finding
        {
            Rule = Rule,
            Subject = Suspect?.Number ?? "case",
            Instance = Instance,
            Steps = [new LevelStep(Level, From)],
            ClearedAt = cleared,
            Evidence = Evidence,
            Detail = Wording?.Zh,
            DetailEn = Wording?.En,
        });
    }

    /// <summary>When another rule found the same in the events of the case; null if none did.</summary>
    private DateTimeOffset? SaidElsewhere(Looking at)
    {
        if (Template.Yields.Count == 0) return null;
        DateTimeOffset? first = null;
        foreach (var finding in at.Findings)
        {
            if (!Template.YieldsTo(finding.Rule.Id)) continue;
            if (Suspect is not null && finding.Subject != "case" && finding.Subject != Suspect.Number) continue;
            foreach (var step in finding.Steps)
            {
                if (step.Level[0] != 'W' && !(first <= step.At)) first = step.At;
            }
        }

        return first;
    }
}
