using System.Text;
using Cluster.Fuzz.Grammar;

namespace Cluster.Fuzz.Episodes;

/// <summary>Sets of events to assess, whole and broken, at all times.</summary>
internal static class AssessEpisodes
{
    public static List<Step> Make(Dice dice, string mark)
    {
        var grammar = new EventGrammar(dice, mark) { Subjects = [mark] };
        var mutator = new Mutator(dice, mark);
        var steps = new List<Step>();
        for (int i = dice.Between(2, 10); i > 0; i--)
        {
            var events = new List<Node>();
            if (dice.Percent(80)) events.Add(grammar.Accepted(mark));
            for (int n = dice.Percent(90) ? dice.Below(8) : dice.Below(80); n > 0; n--) events.Add(grammar.Event());
            Node body = new Table().With("events", new Row(events));
            if (dice.Percent(70)) ((Table)body).With("asOf", dice.Percent(70) ? Values.InstantText(dice) : Values.OddTime(dice));
            if (dice.Percent(10)) ((Table)body).With("case", dice.Percent(50) ? mark : Values.OddText(dice));
            if (dice.Percent(40)) body = mutator.Change(body);
            string text = body.ToString();
            steps.Add(new Step
            {
                Method = "POST",
                Target = "/api/assess",
                Template = "/api/assess",
                ContentType = dice.Percent(97) ? "application/json" : dice.One("text/json", "application/json; charset=utf-16", null),
                Body = dice.Percent(5) ? mutator.Damage(text) : Encoding.UTF8.GetBytes(text),
                As = dice.Percent(95) ? "admin" : dice.One("sender", "auditor", null),
            });
        }
        return steps;
    }
}
