using Cluster.Fuzz.Grammar;
using Cluster.Fuzz.Oracles;
using Cluster.Fuzz.Serving;

namespace Cluster.Fuzz.Episodes;

/// <summary>Live connections that say what no screen would.</summary>
internal static class HubEpisodes
{
    private const string Handshake = """{"protocol":"json","version":1}""";

    private static readonly string[] Handshakes =
    [
        "", "{}", "null", "[]", """{"protocol":"messagepack","version":1}""", """{"protocol":"json","version":99}""", """{"protocol":"json","version":-1}""", """{"protocol":"json","version":"1"}""", """{"protocol":1,"version":1}""",
        """{"version":1}""", "garbage", "\ufeff" + Handshake, """{"protocol":"json","version":1,"extra":{}}""", """{"protocol":"\ud800","version":1}""", "{",
    ];

    public static List<Step> Make(Dice dice, string mark)
    {
        var frames = new List<string> { (dice.Percent(90) ? Handshake : dice.One(Handshakes)) + (dice.Percent(98) ? HubOracle.Separator : "") };
        var mutator = new Mutator(dice, mark);
        bool wild = dice.Percent(35);
        for (int i = dice.Between(10, 60); i > 0; i--) frames.Add(Frame(dice, mutator, mark, i, wild));
        return [new Step { Way = Way.Hub, Frames = frames, As = dice.Percent(85) ? "admin" : dice.One(World.Accounts) }];
    }

    private static string Frame(Dice dice, Mutator mutator, string mark, int number, bool wild)
    {
        Node call = new Table().With("type", Node.Number(1)).With("invocationId", "i" + number)
            .With("target", dice.Percent(90) ? dice.One("Watch", "Watch", "Unwatch") : dice.One("watch", "Feed", "Dispose", "OnConnectedAsync", "ToString", "", Values.OddText(dice)))
            .With("arguments", Arguments(dice, mark));
        if (!wild) return call.ToString() + HubOracle.Separator;
        if (dice.Percent(50)) call = mutator.Change(call);
        string text = call.ToString();
        switch (dice.Below(14))
        {
            case 0:
                text = dice.One("""{"type":6}""", """{"type":7}""", """{"type":2,"invocationId":"x","item":1}""", """{"type":3,"invocationId":"x","result":1}""", """{"type":4,"invocationId":"s","target":"Watch","arguments":["all",null]}""", """{"type":5,"invocationId":"x"}""", """{"type":99}""", """{"type":"1"}""", """{"type":8,"sequenceId":5}""", "{}", "null", "[]");
                break;
            case 1:
                text = System.Text.Encoding.UTF8.GetString(mutator.Damage(text));
                break;
            case 2:
                return "binary:" + text + HubOracle.Separator;
            case 3:
                return text + HubOracle.Separator + text + HubOracle.Separator;
            case 4:
                return dice.Percent(50) ? text : "" + HubOracle.Separator;
            case 5 when dice.Percent(10):
                return new Table().With("type", Node.Number(1)).With("invocationId", "big").With("target", "Watch").With("arguments", new Row([Node.Text(new string('x', dice.One(30_000, 40_000, 2_000_000))), new Leaf("null")])).ToString() + HubOracle.Separator;
        }
        return text + HubOracle.Separator;
    }

    private static Row Arguments(Dice dice, string mark)
    {
        string scope = dice.Below(10) switch
        {
            0 => "all",
            1 => "procuratorate:422826",
            2 => "department:422826-1",
            3 => "prosecutor:p1",
            4 => "case:" + mark + dice.Below(80),
            5 => dice.One("procuratorate:", "department:", "prosecutor:", "case:") + Values.OddText(dice),
            6 => dice.One("All", "all:", ":", "case", "nothing:x", "case::", "procuratorate", ""),
            7 => "case:" + new string('中', dice.One(127, 128, 129)),
            _ => dice.One("department:" + mark, "prosecutor:" + mark, "procuratorate:" + mark),
        };
        Node from = new Leaf(dice.Percent(60) ? "null" : dice.One("0", "1", "-1", "5", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1.5", "1e3", "\"1\"", "\"\"", "[]", "{}", "true", "NaN"));
        return dice.Percent(90) ? new Row([Node.Text(scope), from]) : new Row([.. Enumerable.Range(0, dice.One(0, 1, 3, 50)).Select(Node (_) => Node.Text(scope))]);
    }
}
