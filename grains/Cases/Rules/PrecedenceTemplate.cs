using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>
/// <c>precedence</c>: B needs an earlier A. With limits and leads it also warns while there is still time:
/// before the limit that B must keep runs out, if A is still missing.
/// </summary>
internal sealed class PrecedenceTemplate(Trigger[] acts, Trigger[] needs, Predicate? when, bool perSuspect, bool sameDay, bool each, string[] limits) : IRuleTemplate
{
    public IEnumerable<Trigger> Evidence => needs;

    public EventSet Grounds(Catalogue catalogue)
    {
        var set = catalogue.GroundsOf(limits);
        set.Add(acts);
        return set;
    }

    public void Look(Rule rule, Looking at)
    {
        if (!perSuspect)
        {
            Look(rule, at, null);
            return;
        }

        foreach (var suspect in at.State.Suspects) Look(rule, at, suspect);
    }

    private void Look(Rule rule, Looking at, SuspectState? suspect)
    {
        if (each)
        {
            CaseEvent? before = null;
            var number = 0;
            foreach (var e in at.State.Events)
            {
                if (!IsAct(at, suspect, e)) continue;
                Judge(rule, at, suspect, e, before, ++number);
                before = e;
            }

            return;
        }

        Judge(rule, at, suspect, FirstAct(at, suspect), null, 1);
    }

    private void Judge(Rule rule, Looking at, SuspectState? suspect, CaseEvent? act, CaseEvent? before, int number)
    {
        if (act is null && limits.Length == 0) return;
        if (!(when?.Invoke(new Scope(at.State, at.Calendar, act, suspect)) ?? true)) return;
        if (act is null)
        {
            // What is still to be done will be judged by the law of its day.
            at.ChangesAt(LegalTime.StartOf(rule.EffectiveFrom));
            if (rule.EffectiveUntil is { } last) at.ChangesAt(LegalTime.EndOf(last));
        }

        if (!rule.InForceOn(LegalTime.DateOf(act?.Time ?? at.State.Now))) return;
        var satisfied = Satisfied(at, suspect, act, before);
        List<LevelStep>? steps = null;
        ClockInstance? clock = null;
        if (limits.Length > 0 && rule.Leads.Length > 0)
        {
            clock = LastClock(at.State, suspect);
            if (clock is not null) Warn(rule, at, clock, act, satisfied, ref steps);
        }

        if (act is not null && satisfied is null)
        {
            if (steps is not null && steps[^1].At >= act.Time) steps.Clear();
            (steps ??= new List<LevelStep>(1)).Add(new LevelStep(rule.Level, act.Time));
        }

        if (steps is null) return;
        at.Findings.Add(new Finding
        {
            Rule = rule,
            Subject = suspect?.Number ?? "case",
            Instance = number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Steps = [.. steps],
            ClearedAt = satisfied,
            Clock = clock,
            Evidence = act is not null ? [act] : [clock!.Trigger],
        });
    }

    private ClockInstance? LastClock(CaseState state, SuspectState? suspect)
    {
        for (var i = state.Clocks.Count - 1; i >= 0; i--)
        {
            var clock = state.Clocks[i];
            if (Array.IndexOf(limits, clock.Binding.Id) >= 0 && (clock.Suspect is null || clock.Suspect == suspect)) return clock;
        }

        return null;
    }

    private static void Warn(Rule rule, Looking at, ClockInstance clock, CaseEvent? act, DateTimeOffset? satisfied, ref List<LevelStep>? steps)
    {
        for (var i = 0; i < rule.Leads.Length; i++)
        {
            var due = at.LeadAt(clock.Due, clock.Clock, rule.Leads[i]);
            if (due < clock.AppliesFrom) due = clock.AppliesFrom;
            if (act?.Time <= due || satisfied <= due || clock.EndedAt <= due) return;
            if (due > at.State.Now) at.ChangesAt(due);
            else (steps ??= []).Add(new LevelStep(Looking.WarningLevel(i, rule.Leads.Length), due));
        }
    }

    private bool IsAct(Looking at, SuspectState? suspect, CaseEvent e)
    {
        foreach (var trigger in acts)
        {
            if (trigger.Ordinal == e.Ordinal && (suspect is null || Trigger.Concerns(e, suspect)) && trigger.Matches(new Scope(at.State, at.Calendar, e, suspect))) return true;
        }

        return false;
    }

    private CaseEvent? FirstAct(Looking at, SuspectState? suspect)
    {
        CaseEvent? first = null;
        foreach (var trigger in acts)
        {
            foreach (var e in at.State.Of(trigger.Ordinal))
            {
                if (first is not null && e.Time >= first.Time) break;
                if (suspect is not null && !Trigger.Concerns(e, suspect)) continue;
                if (!trigger.Matches(new Scope(at.State, at.Calendar, e, suspect))) continue;
                first = e;
                break;
            }
        }

        return first;
    }

    /// <summary>When the first thing needed was there, not later than the act (the day of the act counts where only days are told).</summary>
    private DateTimeOffset? Satisfied(Looking at, SuspectState? suspect, CaseEvent? act, CaseEvent? before)
    {
        var until = act is null ? DateTimeOffset.MaxValue : sameDay ? LegalTime.EndOf(LegalTime.DateOf(act.Time)) : act.Time.AddTicks(1);
        DateTimeOffset? found = null;
        foreach (var trigger in needs)
        {
            foreach (var e in at.State.Of(trigger.Ordinal))
            {
                if (e.Time >= until || e.Time >= found) break;
                if (before is not null && (e.Time < before.Time || e == before)) continue;
                if (suspect is not null && !Trigger.Concerns(e, suspect)) continue;
                if (trigger.Matches(new Scope(at.State, at.Calendar, e, suspect))) found = e.Time;
            }
        }

        return found;
    }
}
