using System.Text;
using Cluster.Fuzz.Grammar;

namespace Cluster.Fuzz.Episodes;

/// <summary>Files of rules: those of the catalogue, cut, crossed and broken.</summary>
internal static class YamlEpisodes
{
    private static readonly string[] Tricks =
    [
        "&a [*a]", "*a", "&x\n", "!!python/object:os.system", "!<tag:yaml.org,2002:int> 1", "<<: *b", "? ", "- - - - - - - -", "|\n", ">-\n", "\t", "\0", "---\n", "...\n", "%YAML 9.9\n---\n", "{{{{{{{{", "[[[[[[[[", "'", "\"", "\"\\u12\"", "\"\\ud800\"", "~", "null", "0x1F", "1_000", "1e999", ".nan", ".inf",
        "2026-02-30", "(a+)+$", "^(\\w+\\s?)*$", "#", ": ", "-", "{a: b", "a: b: c", "\u0085", "\u2028", "\ufeff", "\r", "99999999999999999999", "-1", "", " ", "true", "[]", "{}", "{zh: 中, en: e}", "99999d", "0d", "-3d", "1wd", "3h", "event.date", "case.accepted", "nothing.known", "fields.不存在", "suspect", "item", "L1", "L9", "W1",
    ];

    private static readonly string[] Types = ["application/yaml", "text/yaml", "text/plain", "application/x-yaml"];

    public static List<Step> Make(Dice dice, string mark)
    {
        var steps = new List<Step>();
        var mutator = new Mutator(dice, mark);
        for (int i = dice.Between(3, 12); i > 0; i--)
        {
            string yaml = Text(dice, mark);
            bool draft = dice.Percent(10);
            string target = draft ? "/api/rules/drafts" : "/api/rules/validate";
            bool json = dice.Percent(15);
            string sent = json ? Json(dice, mutator, yaml) : yaml;
            steps.Add(new Step
            {
                Method = "POST",
                Target = target,
                Template = target,
                ContentType = json ? "application/json" : dice.One(Types),
                Body = dice.Percent(10) ? mutator.Damage(sent) : Encoding.UTF8.GetBytes(sent),
                As = dice.Percent(95) ? "admin" : dice.One("monitor", "leader", "handler", null),
            });
        }
        return steps;
    }

    private static string Json(Dice dice, Mutator mutator, string yaml)
    {
        Node body = new Table().With("yaml", Node.Text(yaml)).With("note", dice.Percent(50) ? "因为" : Values.OddText(dice));
        return (dice.Percent(40) ? mutator.Change(body) : body).ToString();
    }

    private static string Text(Dice dice, string mark)
    {
        if (dice.Percent(3)) return Bomb(dice);
        string rule = dice.One(Vocabulary.Rules);
        if (dice.Percent(70)) rule = rule.Replace("- id: ", $"- id: X{mark}", StringComparison.Ordinal);
        List<string> lines = [.. rule.Split('\n')];
        for (int i = dice.Percent(20) ? 0 : dice.Between(1, 4); i > 0 && lines.Count > 0; i--) Break(dice, lines);
        if (dice.Percent(10)) lines.AddRange(dice.One(Vocabulary.Rules).Split('\n'));
        return string.Join('\n', lines);
    }

    private static void Break(Dice dice, List<string> lines)
    {
        int at = dice.Below(lines.Count);
        string line = lines[at];
        int colon = line.IndexOf(": ", StringComparison.Ordinal);
        switch (dice.Below(9))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(at, line);
                break;
            case 2:
                lines[at] = "  " + line;
                break;
            case 3 when line.StartsWith("  ", StringComparison.Ordinal):
                lines[at] = line[2..];
                break;
            case 4:
                int cut = dice.Below(line.Length + 1);
                lines[at] = line[..cut] + dice.One(Tricks) + line[cut..];
                break;
            case 5:
                // A line of another rule: its template, its example, its condition.
                lines.Insert(at, dice.One(dice.One(Vocabulary.Rules).Split('\n')));
                break;
            case 6:
                lines[at] = line.Replace(dice.One("zh", "en", "is", "field", "on", "when", "per", "limits", "then", "given", "at"), dice.One("zh", "not", "any", "all", "field", "on", "when", "per", "limits", "x"), StringComparison.Ordinal);
                break;
            case 7:
                lines[at] = line.Replace(dice.One("1", "2", "3", "5", "d"), dice.One("0", "-1", "999999999999", "x", "m"), StringComparison.Ordinal);
                break;
            default:
                lines[at] = colon < 0 ? line + dice.One(Tricks) : line[..(colon + 2)] + (dice.Percent(50) ? dice.One(Tricks) : Values.OddText(dice));
                break;
        }
    }

    private static string Bomb(Dice dice) => dice.Below(8) switch
    {
        0 => "a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: [*c,*c,*c,*c]",
        1 => new string('[', dice.One(31, 33, 1_000, 100_000)),
        2 => string.Concat(Enumerable.Repeat("- ", dice.One(31, 33, 1_000, 50_000))) + "x",
        3 => "- id: " + new string('中', dice.One(200, 300_000)),
        4 => string.Concat(Enumerable.Repeat("- id: a\n", dice.One(1_000, 1_001, 20_000))),
        5 => "- {" + string.Join(", ", Enumerable.Range(0, dice.One(100, 20_000)).Select(i => $"k{i}: v")) + "}",
        6 => new string(' ', dice.One(100, 1_048_576, 1_048_577)),
        _ => string.Concat(Enumerable.Range(0, dice.One(10, 3_000)).Select(i => new string(' ', i % 2_000) + "a:\n")),
    };
}
