using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>Who a finding of a condition is about.</summary>
internal enum About
{
    Case,

    /// <summary>Each suspect the event concerns.</summary>
    Suspect,

    /// <summary>The suspect the event names, the case if it names none.</summary>
    Named,
}

/// <summary><c>condition</c>: something holds when A happens that must not.</summary>
/// <param name="until">What ends it; empty for an act done wrongly, which stays so until a person closes it.</param>
/// <param name="evidence">What would have made A right, where the condition is that it did not happen.</param>
internal sealed class ConditionTemplate(Trigger[] acts, About about, bool anyEvent, Predicate when, Trigger[] until, Trigger[] evidence) : IRuleTemplate
{
    public IEnumerable<Trigger> Evidence => evidence;

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
            foreach (var e in at.State.Events) Check(rule, at, null, e, null, 0);
            return;
        }

        foreach (var trigger in acts)
        {
            var number = 0;
            foreach (var e in at.State.Of(trigger.Ordinal))
            {
                number++;
                switch (about)
                {
                    case About.Case:
                        Check(rule, at, trigger, e, null, number);
                        break;
                    case About.Named:
                        Check(rule, at, trigger, e, at.State.Suspect(e.Data["suspect"].Text), number);
                        break;
                    default:
                        foreach (var suspect in at.State.Suspects)
                        {
                            if (Trigger.Concerns(e, suspect)) Check(rule, at, trigger, e, suspect, number);
                        }

                        break;
                }
            }
        }
    }

    private void Check(Rule rule, Looking at, Trigger? trigger, CaseEvent e, SuspectState? suspect, int number)
    {
        var scope = new Scope(at.State, at.Calendar, e, suspect);
        if (!(trigger is null || IsFirstMatch(trigger, scope)) || !rule.InForceOn(LegalTime.DateOf(e.Time)) || !when(scope)) return;
        var ending = until.Length == 0 ? null : FirstAfter(at, e, suspect);
        at.Findings.Add(new Finding
        {
            Rule = rule,
            Subject = suspect?.Number ?? "case",
            Instance = Instance(trigger, e, number),
            Steps = [new LevelStep(rule.Level, e.Time)],
            ClearedAt = ending?.Time,
            Evidence = ending is null ? [e] : [e, ending],
        });
    }

    /// <summary>Whether an act matches, and no act before it did: what breaks a rule in two ways breaks it once.</summary>
    private bool IsFirstMatch(Trigger trigger, in Scope scope)
    {
        foreach (var earlier in acts)
        {
            if (earlier == trigger) break;
            if (earlier.Ordinal == trigger.Ordinal && earlier.Matches(scope)) return false;
        }

        return trigger.Matches(scope);
    }

    /// <summary>Events of the first type go by their number alone, others with their type: so no two bear the same name, and what comes later renames nothing.</summary>
    private string Instance(Trigger? trigger, CaseEvent e, int number)
    {
        if (trigger is null) return $"{e.Source}#{e.Id}";
        var ordinal = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return trigger.Ordinal == acts[0].Ordinal ? ordinal : $"{e.Type}/{ordinal}";
    }

    private CaseEvent? FirstAfter(Looking at, CaseEvent act, SuspectState? suspect)
    {
        CaseEvent? first = null;
        foreach (var trigger in until)
        {
            foreach (var e in at.State.Of(trigger.Ordinal))
            {
                if (e.Time < act.Time || e == act || e.Time >= first?.Time) continue;
                if ((suspect is null || Trigger.Concerns(e, suspect)) && trigger.Matches(new Scope(at.State, at.Calendar, e, suspect))) first = e;
            }
        }

        return first;
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
