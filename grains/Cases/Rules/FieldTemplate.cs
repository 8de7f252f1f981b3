using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>
/// <c>field</c>: the cards contradict themselves. Looked at after every filling; a later filling that mends it clears it.
/// </summary>
/// <param name="perSuspect">Whether the card of each suspect is checked for itself, or the cards of the case together.</param>
/// <param name="fields">The fields concerned, for the message.</param>
/// <param name="fieldsSeen">The traces of the fields the condition reads: only a filling of one of them can change what it says.</param>
internal sealed class FieldTemplate(bool perSuspect, Predicate wrong, string fields, ulong fieldsSeen) : IRuleTemplate
{
    private static readonly int Card = CaseState.OrdinalOf("card.filled");

    public IEnumerable<Trigger> Evidence => [];

    public EventSet Grounds(Catalogue catalogue)
    {
        var set = default(EventSet);
        set.AddType(Card);
        return set;
    }

    public void Look(Rule rule, Looking at)
    {
        if ((at.State.CardFields & fieldsSeen) == 0) return;
        var fillings = at.State.Of(Card);
        if (!perSuspect)
        {
            Walk(rule, at, fillings, null);
            return;
        }

        foreach (var suspect in at.State.Suspects) Walk(rule, at, fillings, suspect);
    }

    private void Walk(Rule rule, Looking at, ReadOnlySpan<CaseEvent> fillings, SuspectState? suspect)
    {
        CaseEvent? since = null;
        var number = 0;
        for (var i = 0; i < fillings.Length; i++)
        {
            var e = fillings[i];
            if ((e.Data.Holds & fieldsSeen) == 0) continue;
            if (suspect is not null && at.State.FilledFor(i) != suspect.Number) continue;
            var isWrong = wrong(new Scope(at.State, at.Calendar, e, suspect, new CaseCards(at.State, i + 1)));
            if (isWrong && since is null)
            {
                since = e;
                number++;
            }
            else if (!isWrong && since is not null)
            {
                Report(rule, at, suspect, since, e, number);
                since = null;
            }
        }

        if (since is not null) Report(rule, at, suspect, since, null, number);
    }

    private void Report(Rule rule, Looking at, SuspectState? suspect, CaseEvent since, CaseEvent? mended, int number)
    {
        if (!rule.InForceOn(LegalTime.DateOf(since.Time))) return;
        at.Findings.Add(new Finding
        {
            Rule = rule,
            Subject = suspect?.Number ?? "case",
            Instance = number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Steps = [new LevelStep(rule.Level, since.Time)],
            ClearedAt = mended?.Time,
            Evidence = mended is null ? [since] : [since, mended],
            Detail = fields,
        });
    }
}
