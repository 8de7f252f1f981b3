using System.Text.Json;
using System.Text.RegularExpressions;
using Cluster.Cases.Events;
using Cluster.Cases.Rules;
using Cluster.Law;

namespace Cluster.Fuzz.Grammar;

/// <summary>The words of the product itself: its event schema, steps, card fields, charges, limits and rules.</summary>
internal static partial class Vocabulary
{
    private const string Prefix = "Cluster.Cases.Catalogue.";

    public static IReadOnlyList<EventShape> Types { get; } = [.. EventTypeDescription.All.Where(t => !t.IsOwn).Select(t => new EventShape(t.Type, FieldShape.Tree(t.Fields)))];

    public static IReadOnlyDictionary<string, EventShape> ByName { get; } = Types.ToDictionary(t => t.Type);

    public static string[] Steps { get; } = [.. StepCodes.All.Keys.Order(StringComparer.Ordinal)];

    public static string[] Limits { get; } = [.. Statutes.Default.All.Select(l => l.Id).Distinct()];

    /// <summary>Names and kinds of the fields of a case card.</summary>
    public static (string Name, string Kind)[] CardFields { get; } =
        [.. CardLine().Matches(Read("card-fields.yaml")).Select(m => (m.Groups[1].Value, m.Groups[2].Value))];

    public static string[] Charges { get; } = ReadCharges();

    /// <summary>Rules as the catalogue writes them, each a list of one.</summary>
    public static string[] Rules { get; } =
        [.. Files("Rules.").SelectMany(file => RuleStart().Split(file).Skip(1)).Select(rule => "- id:" + rule)];

    /// <summary>Chinese words that rules and documents look for.</summary>
    public static string[] Words { get; } =
        [.. Files("Documents.").Concat(Rules).SelectMany(text => ChineseWord().Matches(text)).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Files(string folder) => typeof(EventTypes).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Prefix + folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(n => Read(n[Prefix.Length..]));

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(EventTypes).Assembly.GetManifestResourceStream(Prefix + name)!);
        return reader.ReadToEnd();
    }

    private static string[] ReadCharges()
    {
        using JsonDocument document = JsonDocument.Parse(Read("charges.json"));
        return [.. document.RootElement.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Array)
            .SelectMany(p => p.Value.EnumerateArray()).Where(c => c.ValueKind == JsonValueKind.Array).Select(c => c[0].GetString()!)];
    }

    [GeneratedRegex(@"^([^#\s:][^:]*): (\w+)", RegexOptions.Multiline)]
    private static partial Regex CardLine();

    [GeneratedRegex(@"^- id:", RegexOptions.Multiline)]
    private static partial Regex RuleStart();

    [GeneratedRegex(@"[\u4e00-\u9fff]{2,14}")]
    private static partial Regex ChineseWord();
}

/// <summary>An event type and the fields of its data.</summary>
internal sealed record EventShape(string Type, IReadOnlyList<FieldShape> Fields);

/// <summary>A field with those inside it.</summary>
internal sealed record FieldShape(string Name, string Type, bool Required, IReadOnlyList<string>? Values, List<FieldShape> Inner)
{
    /// <summary>From dotted names, where what holds comes before what is held.</summary>
    public static IReadOnlyList<FieldShape> Tree(IReadOnlyList<FieldDescription> fields)
    {
        var top = new List<FieldShape>();
        var known = new Dictionary<string, FieldShape>();
        foreach (FieldDescription field in fields)
        {
            int dot = field.Name.LastIndexOf('.');
            var shape = new FieldShape(field.Name[(dot + 1)..], field.Type, field.Required, field.Values, []);
            known[field.Name] = shape;
            (dot < 0 ? top : known[field.Name[..dot]].Inner).Add(shape);
        }
        return top;
    }
}
