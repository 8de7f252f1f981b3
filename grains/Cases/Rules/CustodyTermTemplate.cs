using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary><c>custodyTerm</c>: days in custody come near to the term to be expected, then reach it (CUST 7(5)).</summary>
/// <param name="warnAt">Share of the term, 0 to 1, from which to warn.</param>
/// <param name="until">What ends the matter for a suspect: a judgment, a decision not to prosecute.</param>
internal sealed class CustodyTermTemplate(double warnAt, Trigger[] until) : IRuleTemplate
{
    public IEnumerable<Trigger> Evidence => [];

    public EventSet Grounds(Catalogue catalogue)
    {
        var set = default(EventSet);
        set.AddType(CaseState.OrdinalOf("case.accepted"));
        set.AddType(CaseState.OrdinalOf("measure.taken"));
        return set;
    }

    public void Look(Rule rule, Looking at)
    {
        foreach (var suspect in at.State.Suspects)
        {
            if (suspect.Measures.Length > 0 && ExpectedTerm.Of(at.State, suspect, at.State.Now) is > 0 and var months) Walk(rule, at, suspect, months);
        }
    }

    private void Walk(Rule rule, Looking at, SuspectState suspect, int months)
    {
        var over = Over(at, suspect);
        var spans = suspect.Measures;
        var served = 0;
        var number = 0;
        for (var i = 0; i < spans.Length; i++)
        {
            if (!Counts(spans[i])) continue;
            var first = i;
            while (i + 1 < spans.Length && Counts(spans[i + 1])) i++;
            DateTimeOffset? released = i + 1 < spans.Length ? spans[i + 1].From : null;
            var from = spans[first].From;
            // As if held without a break up to now: what was served before lies right before this spell.
            var since = DateOnly.FromDayNumber(Math.Max(0, LegalTime.DateOf(from).DayNumber - served));
            var term = new Period(months, PeriodUnit.Months).AddTo(since);
            var near = since.AddDays((int)Math.Ceiling(warnAt * (term.DayNumber - since.DayNumber)));
            Report(rule, at, suspect, ++number, spans[first].Event, from, over < released || released is null ? over : released, near, term);
            if (released is { } end) served += LegalTime.DateOf(end).DayNumber - LegalTime.DateOf(from).DayNumber;
        }
    }

    private static void Report(
        Rule rule, Looking at, SuspectState suspect, int number, CaseEvent start, DateTimeOffset from, DateTimeOffset? ended, DateOnly near, DateOnly term)
    {
        if (!rule.InForceOn(term)) return;
        var warned = Latest(LegalTime.StartOf(near), from);
        var reached = Latest(LegalTime.StartOf(term), from);
        if (!(ended <= warned)) at.ChangesAt(warned);
        if (!(ended <= reached)) at.ChangesAt(reached);
        if (warned > at.State.Now || ended <= warned) return;
        var violated = reached <= at.State.Now && !(ended <= reached);
        at.Findings.Add(new Finding
        {
            Rule = rule,
            Subject = suspect.Number,
            Instance = number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Steps = (violated, reached == warned) switch
            {
                (true, true) => [new LevelStep(rule.Level, reached)],
                (true, false) => [new LevelStep("W3", warned), new LevelStep(rule.Level, reached)],
                _ => [new LevelStep("W3", warned)],
            },
            ClearedAt = ended <= at.State.Now ? ended : null,
            Evidence = [start],
        });
    }

    /// <summary>When the matter ended; null while it has not.</summary>
    private DateTimeOffset? Over(Looking at, SuspectState suspect)
    {
        DateTimeOffset? first = null;
        foreach (var trigger in until)
        {
            foreach (var e in at.State.Of(trigger.Ordinal))
            {
                if (first <= e.Time) break;
                if (Trigger.Concerns(e, suspect) && trigger.Matches(new Scope(at.State, at.Calendar, e, suspect))) first = e.Time;
            }
        }

        return first;
    }

    private static DateTimeOffset Latest(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    /// <summary>A day of 留置 is set off against a day of the sentence as one in custody is.</summary>
    private static bool Counts(in MeasureSpan span) => span.Custody || span.Kind == "retention";
}
