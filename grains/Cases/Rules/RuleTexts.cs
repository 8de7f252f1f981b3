using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Cluster.Cases.Rules;

/// <summary>The text of each rule of a file, comments inside it included, or written out anew where it leans on other rules by aliases.</summary>
internal sealed partial class RuleTexts
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
        if (lines.Exists(l => Leaning().IsMatch(l))) return WrittenOut(node);
        var indent = lines[0].Length - lines[0].TrimStart().Length;
        return string.Join('\n', lines.Select(l => l.Length >= indent && l[..indent].Trim().Length == 0 ? l[indent..] : l)) + "\n";
    }

    /// <summary>A rule in brackets among others on its line.</summary>
    private string Inline(YamlNode node)
    {
        var (from, until) = ((int)node.Start.Index, (int)node.End.Index);
        return from >= 0 && until <= _text.Length && from < until ? "- " + _text[from..until].TrimEnd() + "\n" : "";
    }

    /// <summary>The same without anchors and aliases; comments are lost.</summary>
    private static string WrittenOut(YamlNode node)
    {
        var text = new StringWriter { NewLine = "\n" };
        IEmitter emitter = new Emitter(text, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
        Emit(emitter, node);
        emitter.Emit(new SequenceEnd());
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Emit(IEmitter emitter, YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode map:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, map.Style));
                foreach (var (key, value) in map.Children)
                {
                    Emit(emitter, key);
                    Emit(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case YamlSequenceNode list:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, list.Style));
                foreach (var item in list.Children) Emit(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case YamlScalarNode scalar:
                emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, scalar.Value ?? "", scalar.Style, isPlainImplicit: true, isQuotedImplicit: true));
                break;
        }
    }

    [GeneratedRegex(@"(^|[\s\[\{,:-])[&*][A-Za-z0-9_-]+|<<:")]
    private static partial Regex Leaning();
}
