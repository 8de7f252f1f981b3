namespace Cluster.Fuzz.Grammar;

/// <summary>Makes events that the schema allows, about the cases of one episode.</summary>
internal sealed class EventGrammar(Dice dice, string mark)
{
    private static readonly string[] Suspects = ["1", "1", "1", "2", "2", "3", "9"];

    private int next;

    /// <summary>Events made so far, as source and id.</summary>
    public List<(string Source, string Id)> Made { get; } = [];

    /// <summary>Cases the events may name.</summary>
    public required string[] Subjects { get; init; }

    /// <summary>Whether cases are given to a department that draws, and name each other: then the system adds events of its own.</summary>
    public bool Draws { get; init; }

    public Table Event(string? type = null, string? subject = null)
    {
        EventShape shape = type is null ? dice.One(Vocabulary.Types) : Vocabulary.ByName[type];
        return Envelope(shape.Type, Data(shape), subject ?? dice.One(Subjects));
    }

    /// <summary>The acceptance that most histories begin with.</summary>
    public Table Accepted(string subject)
    {
        string type = dice.Percent(60) ? dice.One("PRO", "ARR") : dice.One(Vocabulary.ByName["case.accepted"].Fields.First(f => f.Name == "caseType").Values!.ToArray());
        Table data = Object(Vocabulary.ByName["case.accepted"].Fields, 25);
        data.Set("caseType", Node.Text(type));
        return Envelope("case.accepted", data, subject);
    }

    public Table Envelope(string type, Node data, string subject)
    {
        string source = dice.Percent(90) ? "/" + mark : $"https://例.example/{mark}?x=%20#y", id = $"{mark}-{next++}";
        Made.Add((source, id));
        Table envelope = new Table().With("specversion", "1.0").With("id", id).With("source", source).With("type", type).With("subject", subject).With("time", Values.InstantText(dice));
        if (dice.Percent(10)) envelope.With("recordedtime", Values.InstantText(dice));
        if (dice.Percent(50)) envelope.With("datacontenttype", "application/json");
        if (dice.Percent(3)) envelope.With("traceparent", "00-" + mark);
        return envelope.With("data", data);
    }

    public Table Data(EventShape shape) => Object(shape.Fields, dice.One(5, 30, 60, 95));

    private Table Object(IReadOnlyList<FieldShape> fields, int chance)
    {
        var table = new Table();
        foreach (FieldShape field in fields)
        {
            if (field.Required || dice.Percent(chance)) table.With(field.Name, Value(field, chance));
        }
        if (dice.Percent(4)) table.With(dice.One("额外", "extra", "a.b", "", "procuratorate", "suspect"), new Leaf(dice.One("1", "\"x\"", "{}", "[1]", "true", "null")));
        return table;
    }

    private Node Value(FieldShape field, int chance) => field.Type switch
    {
        "choice" => Node.Text(dice.One(field.Values!)),
        "number" => Node.Number(dice.Percent(90) ? dice.Below(3) : dice.Below(2_000_000)),
        "bool" => Node.Bool(dice.Percent(50)),
        "date" => Node.Text(Values.DateText(dice)),
        "instant" => Node.Text(Values.InstantText(dice)),
        "when" => Node.Text(dice.Percent(50) ? Values.DateText(dice) : Values.InstantText(dice)),
        "scalar" => dice.Below(3) switch { 0 => Node.Number(dice.Below(100_000)), 1 => Node.Bool(dice.Percent(50)), _ => Node.Text(TextOf(field.Name)) },
        "tally" => dice.Percent(50) ? Node.Number(dice.Below(5)) : Node.Texts(Enumerable.Repeat("甲", dice.Below(4))),
        "object" when field.Name == "data" => Data(dice.One(Vocabulary.Types)),
        "object" => Object(field.Inner, chance),
        "list" => List(field, chance),
        "card" => Card(),
        _ => Node.Text(TextOf(field.Name)),
    };

    private Node List(FieldShape field, int chance)
    {
        int count = dice.Percent(95) ? dice.Below(4) : dice.Below(40);
        if (field.Name == "suspects" && field.Inner.Count > 0)
            return new Row([.. Enumerable.Range(1, Math.Max(1, count)).Select(Node (i) => Suspect(field, chance, i))]);
        return new Row([.. Enumerable.Range(0, count).Select(Node (_) =>
            field.Inner.Count == 0 || dice.Percent(20) ? Node.Text(TextOf(field.Name)) : Object(field.Inner, chance))]);
    }

    private Table Suspect(FieldShape field, int chance, int number)
    {
        Table suspect = Object(field.Inner, chance);
        suspect.Set("suspect", Node.Text(number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return suspect;
    }

    private Table Card()
    {
        var card = new Table();
        for (int i = dice.Between(1, dice.Percent(95) ? 8 : 120); i > 0; i--)
        {
            (string name, string kind) = dice.One(Vocabulary.CardFields);
            if (card[name] is null) card.With(name, CardValue(kind));
        }
        return card;
    }

    private Node CardValue(string kind)
    {
        if (dice.Percent(8)) return Node.Text(Values.OddText(dice));
        if (dice.Percent(5)) return Node.Texts(Enumerable.Range(0, dice.Below(4)).Select(_ => dice.One(Vocabulary.Words)));
        return kind switch
        {
            "date" => Node.Text(dice.Percent(80) ? Values.DateText(dice) : Values.InstantText(dice)),
            "number" => dice.Percent(50) ? Node.Number(dice.Below(100_000)) : Node.Text(dice.One("0", "3", "-2", "1.5", "12万", "三", "99999999999999999999")),
            "term" => dice.Percent(40) ? Node.Number(dice.Between(-1, 400)) : Node.Text(dice.One("有期徒刑三年", "拘役六个月", "无期徒刑", "死刑", "死刑缓期二年执行", "三年至五年", "管制", "免予刑事处罚", "有期徒刑九百九十九年", "有期徒刑零个月")),
            "bool" => Node.Text(dice.One("是", "否", "true", "1", "")),
            "charge" => Node.Text(dice.One(Vocabulary.Charges)),
            "identity" => Node.Text(dice.One("11010119900307425X", "110101199003074258", "42282619991332001X", Values.Secret)),
            "name" or "address" => Node.Text(Values.Person(dice)),
            _ => Node.Text(dice.One(Vocabulary.Words)),
        };
    }

    private string TextOf(string name)
    {
        switch (name)
        {
            case "suspect" or "suspects":
                return dice.One(Suspects);
            case "procuratorate":
                return dice.Percent(80) ? "422826" : dice.One("4228", "999999", "-" + mark);
            case "department":
                return Draws && dice.Percent(90) ? "422826-1" : "d-" + mark;
            case "prosecutor" or "by" or "approvedBy" or "prosecutors" or "originalProsecutor" or "arrestProsecutor":
                return dice.One("p1", "p2", "p3", "p-" + mark);
            case "other" or "previousCase" or "case":
                return Draws ? dice.One(Subjects) : "y-" + mark;
            case "source" or "id":
                return Target(name);
            case "step":
                return dice.Percent(95) ? dice.One(Vocabulary.Steps) : Values.OddText(dice);
            case "charges" or "article":
                return dice.One(Vocabulary.Charges);
            case "name" or "idNumber" or "place" or "relation" or "account" or "guarantor" or "facts" or "reason" or "ground" or "about":
                return dice.Percent(30) ? dice.One(Vocabulary.Charges) : Values.Person(dice);
            default:
                return dice.Percent(85) ? dice.One(Vocabulary.Words) : dice.Percent(50) ? Values.Person(dice) : Values.OddText(dice);
        }
    }

    // Of corrections and voids: an event made before, the one about to be made, one that comes later or never.
    private string Target(string name)
    {
        if (name == "source") return "/" + mark;
        return $"{mark}-{(dice.Percent(80) ? dice.Below(next + 1) : dice.Below(next + 20))}";
    }
}
