using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary><c>condition</c>: something holds when A happens that must not.</summary>
internal sealed class ConditionTemplate(Trigger[] acts, bool perSuspect, bool anyEvent, Predicate when) : IRuleTemplate
{
    public IEnumerable<Trigger> Evidence => [];

    public EventSet Grounds(Catalogue catalogue)
    {
        var set = anyEvent ? EventSet.Any : default;
        set.Add(acts);
        return set;
    }

    public void Look(Rule rule, Looking at)
    {
        if (anyEvent)
        {
            foreach (var e in at.State.Events) Check(rule, at, e, null, 0);
            return;
        }

        foreach (var trigger in acts)
        {
            var number = 0;
            foreach (var e in at.State.Of(trigger.Ordinal))
            {
                number++;
                if (!perSuspect)
                {
                    if (trigger.Matches(new Scope(at.State, at.Calendar, e))) Check(rule, at, e, null, number);
                    continue;
                }

                foreach (var suspect in at.State.Suspects)
                {
                    if (Trigger.Concerns(e, suspect) && trigger.Matches(new Scope(at.State, at.Calendar, e, suspect))) Check(rule, at, e, suspect, number);
                }
            }
        }
    }

    private void Check(Rule rule, Looking at, CaseEvent e, SuspectState? suspect, int number)
    {
        if (!rule.InForceOn(LegalTime.DateOf(e.Time)) || !when(new Scope(at.State, at.Calendar, e, suspect))) return;
        at.Findings.Add(new Finding
        {
            Rule = rule,
            Subject = suspect?.Number ?? "case",
            Instance = number == 0 ? $"{e.Source}#{e.Id}" : number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Steps = [new LevelStep(rule.Level, e.Time)],
            Evidence = [e],
        });
    }
}

/// <summary><c>at-most</c>: A may happen at most n times, in the case or in one round of a limit.</summary>
internal sealed class AtMostTemplate(Trigger act, int most, string? roundsOf, string? alreadyField) : IRuleTemplate
{
    public IEnumerable<Trigger> Evidence => [];

    public EventSet Grounds(Catalogue catalogue)
    {
        var set = default(EventSet);
        set.Add(act);
        return set;
    }

    public void Look(Rule rule, Looking at)
    {
        var events = at.State.Of(act.Ordinal);
        if (events.Length == 0) return;
        var already = alreadyField is null ? 0 : (int)(at.State.Accepted?.Data[alreadyField].Number ?? 0);
        if (roundsOf is null)
        {
            Count(rule, at, events, already, DateTimeOffset.MinValue, null, null);
            return;
        }

        foreach (var round in at.State.Clocks)
        {
            if (round.Binding.Id == roundsOf) Count(rule, at, events, 0, round.Start, round.EndedAt, round.Instance);
        }
    }

    private void Count(Rule rule, Looking at, ReadOnlySpan<CaseEvent> events, int already, DateTimeOffset from, DateTimeOffset? until, string? round)
    {
        var count = already;
        foreach (var e in events)
        {
            if (e.Time < from || e.Time > until || !act.Matches(new Scope(at.State, at.Calendar, e))) continue;
            count++;
            if (count <= most || !rule.InForceOn(LegalTime.DateOf(e.Time))) continue;
            at.Findings.Add(new Finding
            {
                Rule = rule,
                Subject = "case",
                Instance = new RunName(round, count.ToString(System.Globalization.CultureInfo.InvariantCulture), 0).ToString(),
                Steps = [new LevelStep(rule.Level, e.Time)],
                Evidence = [e],
            });
        }
    }
}
