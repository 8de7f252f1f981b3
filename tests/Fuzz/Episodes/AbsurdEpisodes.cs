using Cluster.Fuzz.Grammar;

namespace Cluster.Fuzz.Episodes;

/// <summary>Histories that the schema allows and no office ever had.</summary>
internal static class AbsurdEpisodes
{
    public static List<Step> Make(Dice dice, string mark)
    {
        var grammar = new EventGrammar(dice, mark) { Subjects = [mark + "a", mark + "b"], Draws = dice.Percent(40) };
        var events = new List<Node>();
        if (dice.Percent(70)) events.Add(grammar.Accepted(mark + "a"));
        switch (dice.Below(10))
        {
            case 0:
                Amendments(dice, grammar, events);
                break;
            case 1:
                Same(dice, grammar, events);
                break;
            case 2:
                Cycle(dice, grammar, events, mark);
                break;
            case 3:
                Times(dice, grammar, events);
                break;
            case 4:
                Patches(dice, grammar, events, mark);
                break;
            case 5:
                Acceptances(dice, grammar, events, mark);
                break;
            case 6 when dice.Percent(4):
                Crowd(dice, grammar, events, mark);
                break;
            case 7:
                Cards(dice, grammar, events);
                break;
            default:
                for (int i = dice.Between(20, 80); i > 0; i--) events.Add(grammar.Event());
                break;
        }
        dice.Shuffle(events);
        var steps = new List<Step>();
        for (int at = 0; at < events.Count;)
        {
            int count = Math.Min(events.Count - at, dice.One(1, 7, 50, 400));
            steps.Add(EventEpisodes.PostBatch(events.Skip(at).Take(count)));
            at += count;
        }
        return steps;
    }

    // Corrections of corrections, voids of voids, of themselves, of each other.
    private static void Amendments(Dice dice, EventGrammar grammar, List<Node> events)
    {
        for (int i = dice.Between(2, 40); i > 0; i--) events.Add(dice.Percent(30) ? grammar.Event() : grammar.Event(dice.One("event.corrected", "event.voided")));
    }

    // One type again and again, at one moment or at many.
    private static void Same(Dice dice, EventGrammar grammar, List<Node> events)
    {
        string type = dice.One(Vocabulary.Types).Type;
        string time = Values.InstantText(dice);
        bool once = dice.Percent(50);
        for (int i = dice.Between(5, 150); i > 0; i--)
        {
            Table e = grammar.Event(type);
            if (once) e.Set("time", Node.Text(time));
            events.Add(e);
        }
    }

    // Cases that continue and join each other and themselves.
    private static void Cycle(Dice dice, EventGrammar grammar, List<Node> events, string mark)
    {
        foreach (string subject in grammar.Subjects)
        {
            Table accepted = grammar.Accepted(subject);
            var data = (Table)accepted["data"]!;
            data.Set("previousCase", Node.Text(mark + dice.One("a", "b")));
            data.Set("caseType", Node.Text(dice.One("PRO", "EXT", "RECALC", "ARR")));
            events.Add(accepted);
            Table joined = grammar.Event("case.merged", subject);
            ((Table)joined["data"]!).Set("other", Node.Text(mark + dice.One("a", "b")));
            events.Add(joined);
            for (int i = 4; i > 0; i--) events.Add(grammar.Event(dice.One("decision.made", "case.merged", "case.split", "step.recorded"), subject));
        }
    }

    private static void Times(Dice dice, EventGrammar grammar, List<Node> events)
    {
        for (int i = dice.Between(3, 30); i > 0; i--)
        {
            Table e = grammar.Event();
            e.Set("time", Node.Text(dice.One("1000-01-01T00:00:00Z", "1000-01-01T00:00:00+14:00", "1582-10-10T00:00:00+08:00", "1911-10-10T12:00:00+08:05", "1979-07-01T00:00:00+08:00", "1997-10-01T00:00:00+08:00", "2026-02-10T09:30:00+08:00", "2026-02-09T09:30:00-12:00")));
            if (dice.Percent(30)) e.Set("recordedtime", Node.Text(dice.One("1000-01-01T00:00:00Z", "8999-12-31T23:59:60-23:59", "2026-02-09T09:30:00+08:00")));
            events.Add(e);
        }
    }

    // Corrections that change, empty, nest, name twice and outgrow.
    private static void Patches(Dice dice, EventGrammar grammar, List<Node> events, string mark)
    {
        Table first = grammar.Event(dice.One("case.accepted", "card.filled", "decision.made", "measure.taken"));
        if (dice.Percent(50)) ((Table)first["data"]!).With("额外", new Leaf(dice.One("{\"a\":1,\"a\":2}", "1", "[1,{\"b\":1,\"b\":2}]", Values.Deep(dice)))).With("额外", new Leaf("2"));
        events.Add(first);
        string id = grammar.Made[^1].Id, source = grammar.Made[^1].Source;
        for (int i = dice.Between(1, 60); i > 0; i--)
        {
            Node patch = dice.Below(6) switch
            {
                0 => new Leaf("{}"),
                1 => new Leaf("{\"suspects\":null,\"procuratorate\":null,\"fields\":null,\"kind\":null}"),
                2 => new Leaf("{\"x\":1,\"x\":2}"),
                3 => new Table().With("procuratorate", dice.One("422826", "4228", "1" + mark)).With("department", "d-" + mark),
                4 => new Table().With("doc", new Leaf(Values.Deep(dice))),
                _ => grammar.Data(dice.One(Vocabulary.Types)),
            };
            events.Add(grammar.Envelope("event.corrected", new Table().With("source", source).With("id", id).With("data", patch), grammar.Subjects[0]));
        }
    }

    private static void Acceptances(Dice dice, EventGrammar grammar, List<Node> events, string mark)
    {
        for (int i = dice.Between(2, 12); i > 0; i--) events.Add(grammar.Accepted(mark + "a"));
        for (int i = dice.Between(2, 12); i > 0; i--) events.Add(grammar.Event(null, mark + "a"));
    }

    // As many suspects as one event holds.
    private static void Crowd(Dice dice, EventGrammar grammar, List<Node> events, string mark)
    {
        Table accepted = grammar.Accepted(mark + "a");
        int count = dice.One(200, 1_000, 4_000);
        ((Table)accepted["data"]!).Set("suspects", new Row([.. Enumerable.Range(1, count).Select(Node (n) =>
            new Table().With("suspect", n.ToString(System.Globalization.CultureInfo.InvariantCulture)).With("measure", new Table().With("kind", "arrest")))]));
        events.Add(accepted);
    }

    private static void Cards(Dice dice, EventGrammar grammar, List<Node> events)
    {
        for (int i = dice.Between(5, 60); i > 0; i--) events.Add(grammar.Event("card.filled"));
    }
}
