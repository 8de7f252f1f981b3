using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Cases.Rules.Cards;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>
/// <c>field</c>: the cards contradict themselves, or lack what they must say by now. Looked at after every filling, and after the events it
/// asks for; a later filling that mends it clears it.
/// </summary>
/// <param name="yields">Rules that find the same in the events of the case; they look first.</param>
/// <param name="also">Events after which the cards are looked at again.</param>
internal sealed class FieldTemplate(CardCheck[] checks, string[] yields, Trigger[] also) : IRuleTemplate
{
    private static readonly int Card = CaseState.OrdinalOf("card.filled");

    public IEnumerable<Trigger> Evidence => also;

    public IReadOnlyList<string> Yields => yields;

    public EventSet Grounds(Catalogue catalogue)
    {
        var set = default(EventSet);
        set.AddType(Card);
        set.Add(also);
        return set;
    }

    public bool YieldsTo(string rule) => Array.IndexOf(yields, rule) >= 0;

    public void Look(Rule rule, Looking at)
    {
        var spans = new List<CardSpan>();
        Gather(rule, at.State, at.Calendar, spans);
        foreach (var span in spans) span.Report(at);
    }

    /// <summary>Finds every stretch in which a card was or will be wrong. It asks the events and not the time, so the answer holds as long as the events do.</summary>
    public void Gather(Rule rule, CaseState state, HolidayCalendar calendar, List<CardSpan> into)
    {
        for (var i = 0; i < checks.Length; i++)
        {
            var check = checks[i];
            if (!check.MayBeWrong(state.Filled.All)) continue;
            var number = checks.Length == 1 ? 0 : i + 1;
            // In a case of one suspect the two cards are one, and it is his.
            if (check.Per == CardScope.Case || (check.Per == CardScope.Each && state.Suspects.Count != 1)) Walk(rule, state, calendar, check, number, null, into);
            if (check.Per == CardScope.Case) continue;
            foreach (var suspect in state.Suspects) Walk(rule, state, calendar, check, number, suspect, into);
        }
    }

    private void Walk(Rule rule, CaseState state, HolidayCalendar calendar, CardCheck check, int number, SuspectState? suspect, List<CardSpan> into)
    {
        var walk = new CardWalk(rule, state, calendar, check, number, suspect, into);
        // A suspect whose own card nobody has begun is not looked at, unless he is the only one.
        var begun = suspect is null || also.Length > 0 || state.Suspects.Count == 1;
        var fillings = state.Of(Card);
        var filled = 0;
        if (also.Length == 0)
        {
            while (filled < fillings.Length) Fill(ref walk, state, fillings[filled], filled++, check.Seen, suspect, ref begun);
        }
        else
        {
            foreach (var e in state.Events)
            {
                if (filled < fillings.Length && ReferenceEquals(e, fillings[filled])) Fill(ref walk, state, e, filled++, ulong.MaxValue, suspect, ref begun);
                else if (Asked(state, calendar, e, suspect)) walk.See(e, filled);
            }
        }

        walk.Finish();
    }

    /// <param name="seen">Only a filling of these fields can change what a check says, or the first of a suspect's own.</param>
    private static void Fill(ref CardWalk walk, CaseState state, CaseEvent e, int filling, ulong seen, SuspectState? suspect, ref bool begun)
    {
        var whose = state.FilledFor(filling);
        if (suspect is not null && whose is not null && whose != suspect.Number) return;
        var first = !begun && whose is not null;
        begun |= first;
        if (begun && (first || (e.Data.Holds & seen) != 0)) walk.See(e, filling + 1);
    }

    private bool Asked(CaseState state, HolidayCalendar calendar, CaseEvent e, SuspectState? suspect)
    {
        foreach (var trigger in also)
        {
            if (trigger.Type != e.Type || (suspect is not null && !Trigger.Concerns(e, suspect))) continue;
            if (trigger.Matches(new Scope(state, calendar, e, suspect))) return true;
        }

        return false;
    }
}
