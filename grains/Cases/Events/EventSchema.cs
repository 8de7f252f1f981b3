using System.Globalization;
using System.Text;
using YamlDotNet.RepresentationModel;

namespace Cluster.Cases.Events;

/// <summary>Compiles Catalogue/events.yaml, whose head explains the notation.</summary>
internal sealed class EventSchema
{
    private const int DefaultTextLength = 200;

    private static readonly Dictionary<string, FieldType> Words = new()
    {
        ["count"] = FieldType.Count,
        ["bool"] = FieldType.Bool,
        ["date"] = FieldType.Date,
        ["when"] = FieldType.When,
        ["instant"] = FieldType.Instant,
        ["scalar"] = FieldType.Scalar,
        ["tally"] = FieldType.Tally,
        ["card"] = FieldType.Card,
        ["raw"] = FieldType.Raw,
    };

    private readonly Dictionary<string, YamlMappingNode> _named;

    private EventSchema(Dictionary<string, YamlMappingNode> named) => _named = named;

    public static List<EventType> Load(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var root = (YamlMappingNode)stream.Documents[0].RootNode;
        var schema = new EventSchema(((YamlMappingNode)root["shapes"]).ToDictionary(s => Text(s.Key), s => (YamlMappingNode)s.Value));
        var always = ((YamlSequenceNode)root["always"]).Select(Text).ToHashSet();
        var own = ((YamlSequenceNode)root["own"]).Select(Text).ToHashSet();

        var types = new List<EventType>();
        foreach (var (names, shape) in (YamlMappingNode)root["events"])
        {
            foreach (var name in Text(names).Split(" / "))
            {
                types.Add(new EventType(
                    string.Intern(name),
                    !always.Contains(name),
                    own.Contains(name),
                    schema.Compile((YamlMappingNode)shape, prefix: "")));
            }
        }

        return types;
    }

    private DataShape Compile(YamlMappingNode node, string prefix)
    {
        var fields = new List<FieldShape>();
        FieldShape? identity = null;
        foreach (var (key, value) in node)
        {
            var written = Text(key);
            var field = Field(written.TrimEnd('!', '#'), prefix, written[^1] is '!' or '#', value);
            fields.Add(field);
            identity = written[^1] == '#' ? field : identity;
        }

        return new DataShape(prefix, [.. fields], identity);
    }

    private FieldShape Field(string name, string prefix, bool required, YamlNode value)
    {
        var key = string.Intern(prefix + name);
        FieldShape Make(FieldType type, int min = 0, int max = 0, DataShape? shape = null, bool mixes = false, string[]? choices = null) => new()
        {
            Name = name,
            Utf8Name = Encoding.UTF8.GetBytes(name),
            Key = key,
            Type = type,
            Required = required,
            Min = min,
            Max = max,
            Shape = shape,
            MixesTexts = mixes,
            Choices = [.. (choices ?? []).Select(c => (Encoding.UTF8.GetBytes(c), FieldValue.Of(string.Intern(c))))],
        };

        switch (value)
        {
            case YamlMappingNode inline:
                return Make(FieldType.Nested, shape: Compile(inline, key + "."));
            case YamlSequenceNode list:
                var item = Text(list[0]);
                return Make(
                    FieldType.List,
                    max: DefaultTextLength,
                    shape: item == "text" ? null : Named(item, prefix: ""),
                    mixes: list.Children.Count > 1);
        }

        var word = Text(value);
        if (word.Contains('|'))
        {
            return Make(FieldType.Choice, choices: word.Split('|'));
        }

        if (word.Split("..") is [var min, var max])
        {
            return Make(FieldType.Range, Number(min), Number(max));
        }

        if (word == "text" || word.StartsWith("text(", StringComparison.Ordinal))
        {
            return Make(FieldType.Text, max: word == "text" ? DefaultTextLength : Number(word[5..^1]));
        }

        return Words.TryGetValue(word, out var type)
            ? Make(type, max: DefaultTextLength)
            : Make(FieldType.Nested, shape: Named(word, key + "."));
    }

    private DataShape Named(string name, string prefix) =>
        name == "object" ? new DataShape(prefix, [], null) : Compile(_named[name], prefix);

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
