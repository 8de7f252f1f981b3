using System.Text;
using Cluster.Fuzz.Grammar;

namespace Cluster.Fuzz.Episodes;

/// <summary>Events of a few cases in all three content types, many of them broken.</summary>
internal static class EventEpisodes
{
    public const string One = "application/cloudevents+json", Batch = "application/cloudevents-batch+json", Lines = "application/x-ndjson";

    private static readonly string?[] OddTypes =
    [
        null, "", "application/json", "text/plain", "application/cloudevents+json; charset=utf-16", "application/cloudevents+json;charset=\"UTF-8\"", "APPLICATION/CLOUDEVENTS+JSON", "application/cloudevents+json; charset=gbk",
        "multipart/form-data; boundary=x", "application/cloudevents", "application/cloudevents+json, application/x-ndjson", "application/cloudevents-batch+json;;;", "*/*", "application/x-ndjson; charset=utf-8", "\u00e4/\u00e4", ";", "/", "application/cloudevents+xml",
    ];

    public static List<Step> Make(Dice dice, string mark)
    {
        bool draws = dice.Percent(20);
        var grammar = new EventGrammar(dice, mark) { Subjects = Subjects(dice, mark), Draws = draws };
        var mutator = new Mutator(dice, mark);
        var steps = new List<Step>();
        for (int i = dice.Between(1, 7); i > 0; i--)
        {
            if (steps.Count > 0 && dice.Percent(8)) steps.Add(dice.One(steps));
            else steps.Add(Send(dice, grammar, mutator));
        }
        if (dice.Percent(20)) steps.Add(Read(dice, grammar));
        return steps;
    }

    /// <summary>Case ids that are a test for whoever writes, reads, encodes and routes them.</summary>
    public static string[] Subjects(Dice dice, string mark)
    {
        string[] subjects = new string[dice.Between(1, 3)];
        for (int i = 0; i < subjects.Length; i++)
        {
            subjects[i] = dice.Below(12) switch
            {
                < 5 => $"{mark}{(char)('a' + i)}",
                < 8 => $"咸检起诉受[2026]{mark}{i}号",
                8 => dice.One("a/b/", "%2F", "a%", " ", "+", "?", "#", "&x=", "../", "./", "//", "\\", ";", ":", "@", "'", "\"", "<", "~", "*", "%00", "{id}", "e\u0301", "𠮷", "\u202e", "\u2028") + mark + i,
                9 => mark + i + dice.One("/", "//", "/..", "/.", " ", ".", "?", "#", "%", "%2F", "%2e%2e", "/workload", "\\"),
                10 => mark + i + new string('中', 128 - mark.Length - 1),
                _ => mark + i + new StringBuilder().Insert(0, "𠮷", 128 - mark.Length - 1),
            };
        }
        return subjects;
    }

    public static Step Post(string? contentType, byte[] body, string? account = "admin") =>
        new() { Method = "POST", Target = "/api/events", Template = "/api/events", ContentType = contentType, Body = body, As = account };

    public static Step PostBatch(params IEnumerable<Node> events) => Post(Batch, Encoding.UTF8.GetBytes(new Row([.. events]).ToString()));

    private static Step Send(Dice dice, EventGrammar grammar, Mutator mutator)
    {
        var events = new List<Node>();
        // A large request is for the reader: nearly every event in it is broken somewhere.
        bool large = dice.Percent(14);
        int broken = large ? 93 : dice.One(0, 20, 60);
        for (int i = large ? dice.Between(100, 400) : dice.Percent(65) ? dice.Between(1, 4) : dice.Between(1, 30); i > 0; i--)
        {
            Node e = grammar.Made.Count == 0 && dice.Percent(90) ? grammar.Accepted(grammar.Subjects[0])
                : dice.Percent(15) ? grammar.Accepted(dice.One(grammar.Subjects)) : grammar.Event();
            events.Add(dice.Percent(broken) ? mutator.Change(e) : e);
            if (dice.Percent(4)) events.Add(dice.One(events));
        }
        (string type, string text) = dice.Below(10) switch
        {
            < 3 => (One, events[0].ToString()),
            < 7 => (Batch, new Row(events).ToString()),
            _ => (Lines, Stream(dice, events)),
        };
        byte[] body = dice.Percent(6) ? mutator.Damage(text) : Encoding.UTF8.GetBytes(text);
        return Post(dice.Percent(4) ? dice.One(OddTypes) : type, body, Account(dice));
    }

    private static string Stream(Dice dice, List<Node> events)
    {
        var text = new StringBuilder();
        string end = dice.One("\n", "\n", "\r\n", "\n\n", "\r\n \t\r\n");
        foreach (Node e in events)
        {
            if (dice.Percent(1)) text.Append(dice.One("", "[]", "null", "{}", "\"\"", "garbage", "{\"id\":\"x\"}", "\u2028", Values.Deep(dice))).Append(end);
            if (dice.Percent(0.3)) text.Append(' ', dice.One(300 * 1024, 300 * 1024 + 1, 700_000)).Append(end);
            text.Append(e).Append(end);
        }
        if (dice.Percent(20)) text.Length -= Math.Min(text.Length, dice.Between(1, 40));
        return text.ToString();
    }

    private static string? Account(Dice dice) => dice.Percent(88) ? "admin" : dice.Percent(50) ? "sender" : dice.One(null, "monitor", "auditor", "handler", "no such token", "");

    private static Step Read(Dice dice, EventGrammar grammar) => new()
    {
        Target = "/api/cases/" + Uri.EscapeDataString(dice.One(grammar.Subjects)) + (dice.Percent(50) ? "?asOf=" + Uri.EscapeDataString(Values.OddTime(dice)) : ""),
        Template = "/api/cases/{id}",
        As = dice.One("admin", "handler", "monitor", "superior", "sender", "auditor", null),
    };
}
