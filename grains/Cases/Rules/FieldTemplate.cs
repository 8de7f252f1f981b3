using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Cases.Rules.Cards;

namespace Cluster.Cases.Rules;

/// <summary>
/// <c>field</c>: the cards contradict themselves, or lack what they must say by now. Looked at after every filling, and after the events it
/// asks for; a later filling that mends it clears it.
/// </summary>
/// <param name="yields">Rules that find the same in the events of the case; they look first.</param>
/// <param name="also">Events after which the cards are looked at again.</param>
internal sealed class FieldTemplate(CardCheck[] checks, string[] yields, Trigger[] also) : IRuleTemplate
{
    private const string Filling = "card.filled";
    private static readonly int Card = CaseState.OrdinalOf(Filling);

    public IEnumerable<Trigger> Evidence => also;

    /// <summary>Whether other rules must have looked before.</summary>
    public bool IsLast => yields.Length > 0;

    public void Look(Rule rule, Looking at)
    {
        if (also.Length == 0 && at.State.Of(Card).Length == 0) return;
        for (var i = 0; i < checks.Length; i++)
        {
            var check = checks[i];
            if (also.Length == 0 && check.Keys.Length > 0 && !at.State.CardEntries.HasAny(check.Keys)) continue;
            var prefix = checks.Length == 1 ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{i + 1}/");
            // In a case of one suspect the two cards are one, and it is his.
            if (check.Per == CardScope.Case || (check.Per == CardScope.Each && at.State.Suspects.Count != 1)) Walk(rule, at, check, prefix, null);
            if (check.Per == CardScope.Case) continue;
            foreach (var suspect in at.State.Suspects) Walk(rule, at, check, prefix, suspect);
        }
    }

    private void Walk(Rule rule, Looking at, CardCheck check, string prefix, SuspectState? suspect)
    {
        var walk = new CardWalk(rule, at, check, prefix, suspect, yields);
        var state = at.State;
        // A suspect whose own card nobody has begun is not looked at, unless he is the only one.
        var begun = suspect is null || state.Suspects.Count == 1;
        var fillings = 0;
        if (also.Length == 0)
        {
            foreach (var e in state.Of(Card)) Fill(e);
        }
        else
        {
            begun = true;
            foreach (var e in state.Events)
            {
                if (e.Type == Filling) Fill(e);
                else if (Asked(at, e, suspect)) walk.See(e, fillings);
            }
        }

        walk.Finish();

        void Fill(CaseEvent e)
        {
            var filled = state.FilledFor(fillings++);
            if (suspect is not null && filled is not null && filled != suspect.Number) return;
            begun |= filled is not null;
            if (begun) walk.See(e, fillings);
        }
    }

    private bool Asked(Looking at, CaseEvent e, SuspectState? suspect)
    {
        foreach (var trigger in also)
        {
            if (trigger.Type != e.Type || (suspect is not null && !Trigger.Concerns(e, suspect))) continue;
            if (trigger.Matches(new Scope(at.State, at.Calendar, e, suspect))) return true;
        }

        return false;
    }
}
