using System.Text;

namespace Cluster.Fuzz.Grammar;

/// <summary>Breaks what the grammar made: single places of a tree, and bytes of a text.</summary>
internal sealed class Mutator(Dice dice, string mark)
{
    private static readonly string[] Garbage = [",", ",,", "}", "]", "{", "[", "\"", "/*x*/", "//x\n", "\0", "\ufeff", "\u00a0", "NaN", "\\", "\\u", "\r", "\n", "\n\n", "'", ";", "0", "-", "e", " "];

    private static readonly byte[][] BadUtf8 = [[0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFF], [0xC3], [0xE4, 0xB8], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBB, 0xBF], [0]];

    /// <summary>Changes some places of a tree.</summary>
    public Node Change(Node node)
    {
        Node changed = node;
        for (int i = dice.Percent(70) ? 1 : dice.Between(2, 6); i > 0; i--) changed = ChangeOne(changed);
        return changed;
    }

    /// <summary>Damages a written text.</summary>
    public byte[] Damage(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int at = dice.Below(bytes.Length + 1);
        switch (dice.Below(8))
        {
            case 0:
                return bytes[..at];
            case 1:
                return bytes[at..];
            case 2:
                return [.. bytes[..at], .. dice.One(BadUtf8), .. bytes[at..]];
            case 3:
                return [.. bytes[..at], .. Encoding.UTF8.GetBytes(dice.One(Garbage)), .. bytes[at..]];
            case 4 when bytes.Length > 0:
                bytes[Math.Min(at, bytes.Length - 1)] ^= (byte)(1 << dice.Below(8));
                return bytes;
            case 5:
                return [.. "\uFEFF"u8, .. bytes];
            case 6:
                return [.. bytes, .. Encoding.UTF8.GetBytes(dice.One(Garbage))];
            default:
                return Encoding.Unicode.GetBytes(text);
        }
    }

    private Node ChangeOne(Node root)
    {
        var places = new List<(Node? Parent, int At)> { (null, 0) };
        Gather(root, places);
        (Node? parent, int at) = places[dice.Below(places.Count)];
        switch (parent)
        {
            case Table table:
                ChangeEntry(table, at);
                return root;
            case Row row:
                ChangeItem(row, at);
                return root;
            default:
                return root is Leaf || dice.Percent(3) ? Other(root) : root;
        }
    }

    private void ChangeEntry(Table table, int at)
    {
        Entry entry = table.Entries[at];
        switch (dice.Below(9))
        {
            case 0:
                table.Entries.RemoveAt(at);
                break;
            case 1:
                table.Entries.Add(entry);
                break;
            case 2:
                table.Entries.Insert(dice.Below(table.Entries.Count + 1), entry with { Value = new Leaf(Values.OddToken(dice)) });
                break;
            case 3:
                table.Entries[at] = entry with { Key = dice.Percent(30) ? dice.One("\"\\ud800\"", "\"\"", "\"\\u0000\"", "\"a.b\"") : Node.Quoted(Values.OddText(dice)) };
                break;
            case 4:
                table.Entries.Add(new Entry(Node.Quoted(dice.Percent(50) ? "额外" + dice.Below(5) : Values.OddText(dice)), Other(entry.Value)));
                break;
            default:
                table.Entries[at] = entry with { Value = Identifies(entry.Key) ? OtherIdentity(entry.Value) : Other(entry.Value) };
                break;
        }
    }

    private void ChangeItem(Row row, int at)
    {
        switch (dice.Below(5))
        {
            case 0:
                row.Items.RemoveAt(at);
                break;
            case 1:
                row.Items.Insert(at, row.Items[at].Copy());
                break;
            case 2 when dice.Percent(10):
                Node repeated = row.Items[at];
                for (int i = dice.One(50, 299, 300, 301, 1_001); i > 0; i--) row.Items.Add(repeated);
                break;
            default:
                row.Items[at] = Other(row.Items[at]);
                break;
        }
    }

    // What tells one episode's events and cases from another's keeps its mark, or one would be judged by the other's.
    private static bool Identifies(string key) => key is "\"id\"" or "\"source\"" or "\"subject\"";

    private Leaf OtherIdentity(Node before)
    {
        if (dice.Percent(20)) return new Leaf(Values.OddToken(dice));
        string odd = Values.OddText(dice);
        if (dice.Percent(50)) return Node.Text(odd.Length > mark.Length && dice.Percent(70) ? odd[..^mark.Length] + mark : odd + mark);
        return before is Leaf { Token: [_, .. var inner, _] } && !inner.Contains('\\') ? Node.Text(inner + dice.One("", "/..", "/.", " ", "?", "#", "%2F", "/", "a")) : Node.Text(mark);
    }

    private Node Other(Node before)
    {
        switch (dice.Below(12))
        {
            case 0 or 1 or 2:
                return new Leaf(Values.OddToken(dice));
            case 3 or 4 or 5:
                return Node.Text(Values.OddText(dice));
            case 6 or 7:
                return Node.Text(Values.OddTime(dice));
            case 8:
                return new Leaf(Values.Deep(dice));
            case 9:
                return new Row([before.Copy()]);
            case 10:
                return new Table().With("a", before.Copy());
            default:
                return Node.Text(Values.Long(dice));
        }
    }

    private static void Gather(Node node, List<(Node?, int)> places)
    {
        switch (node)
        {
            case Table table:
                for (int i = 0; i < table.Entries.Count; i++)
                {
                    places.Add((table, i));
                    Gather(table.Entries[i].Value, places);
                }
                break;
            case Row row:
                for (int i = 0; i < row.Items.Count; i++)
                {
                    places.Add((row, i));
                    Gather(row.Items[i], places);
                }
                break;
        }
    }
}
