namespace Cluster.Cases.Rules;

/// <summary>The text of each rule of a file, comments inside it included.</summary>
internal sealed class RuleTexts
{
    private readonly string _text;
    private readonly Yaml[] _items;
    private readonly string[] _lines;

    public RuleTexts(string text, Yaml[] items)
    {
        _text = text;
        _items = items;
        _lines = text.Split('\n');
    }

    public string Of(int item)
    {
        var node = _items[item].Node;
        var first = (int)node.Start.Line - 1;
        if (first < 0 || first >= _lines.Length || !_lines[first].TrimStart().StartsWith("- ", StringComparison.Ordinal)) return Inline(node);
        var last = item + 1 < _items.Length ? (int)_items[item + 1].Line - 1 : _lines.Length;
        var lines = _lines[first..Math.Max(first + 1, last)].Select(l => l.TrimEnd()).ToList();
        // What stands before the next rule belongs to that.
        while (lines.Count > 1 && (lines[^1].Length == 0 || lines[^1].TrimStart()[0] == '#')) lines.RemoveAt(lines.Count - 1);
        var indent = lines[0].Length - lines[0].TrimStart().Length;
        return string.Join('\n', lines.Select(l => l.Length >= indent && l[..indent].Trim().Length == 0 ? l[indent..] : l)) + "\n";
    }

    /// <summary>A rule in brackets among others on its line.</summary>
    private string Inline(YamlDotNet.RepresentationModel.YamlNode node)
    {
        var (from, until) = ((int)node.Start.Index, (int)node.End.Index);
        return from >= 0 && until <= _text.Length && from < until ? "- " + _text[from..until].TrimEnd() + "\n" : "";
    }
}
