using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Cluster.Cases.Rules;

/// <summary>One thing wrong with a catalogue file.</summary>
/// <param name="Line">From 1.</param>
public sealed record CatalogueError(string File, long Line, string Reason);

/// <summary>A catalogue file is wrong: where and why.</summary>
public sealed class CatalogueException(IReadOnlyList<CatalogueError> errors) : Exception($"{errors[0].File}({errors[0].Line}): {errors[0].Reason}")
{
    public CatalogueException(string file, long line, string reason)
        : this([new CatalogueError(file, line, reason)])
    {
    }

    /// <summary>Everything found wrong, in the order of the file; at least one.</summary>
    public IReadOnlyList<CatalogueError> Errors { get; } = errors;

    public string File => Errors[0].File;

    /// <summary>Line from 1.</summary>
    public long Line => Errors[0].Line;

    public string Reason => Errors[0].Reason;
}

/// <summary>A YAML node that knows its file and line, and refuses what it does not expect.</summary>
internal readonly struct Yaml(string file, YamlNode node)
{
    public YamlNode Node { get; } = node;

    public string File { get; } = file;

    /// <summary>Line from 1.</summary>
    public long Line => Node.Start.Line;

    /// <summary>Reads a file of our own, which may use anchors and merge keys.</summary>
    /// <exception cref="CatalogueException">It is not one YAML document.</exception>
    public static Yaml Load(string file, TextReader text) => Load(file, new MergingParser(new Parser(text)));

    /// <summary>Reads a file from outside: no anchors, no tags, no deep nesting, so that its size bounds what it can cost.</summary>
    /// <exception cref="CatalogueException">It is not one such document.</exception>
    public static Yaml LoadForeign(string file, string text) => Load(file, new ForeignParser(file, new Parser(new StringReader(text))));

    private static Yaml Load(string file, IParser parser)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(parser);
        }
        catch (YamlException e)
        {
            throw new CatalogueException(file, Math.Max(1, e.Start.Line), Plain(e.InnerException?.Message ?? e.Message));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException)
        {
            // The loader trips over some broken texts before it can say what is wrong with them.
            throw new CatalogueException(file, Math.Max(1, parser.Current?.Start.Line ?? 1), "this is not YAML");
        }

        return stream.Documents.Count == 1
            ? new Yaml(file, stream.Documents[0].RootNode)
            : throw new CatalogueException(file, 1, "one YAML document expected");
    }

    /// <summary>What an exception says to people: without the name of a parameter of ours, which the framework appends.</summary>
    internal static string Plain(string message) => message.Split(" (Parameter '")[0];

    public CatalogueException Wrong(string reason) => new(File, Node.Start.Line, reason);

    public bool IsScalar => Node is YamlScalarNode;

    public bool IsList => Node is YamlSequenceNode;

    public bool IsMap => Node is YamlMappingNode;

    public string Text => Node is YamlScalarNode { Value: { } value } ? value : throw Wrong("a text expected");

    public bool True => Text switch { "true" => true, "false" => false, var other => throw Wrong($"true or false expected, not '{other}'") };

    public int Number => int.TryParse(Text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : throw Wrong($"a number expected, not '{Text}'");

    public IEnumerable<Yaml> Items
    {
        get
        {
            var file = File;
            return Node is YamlSequenceNode list ? list.Children.Select(child => new Yaml(file, child)) : throw Wrong("a list expected");
        }
    }

    /// <summary>A list, or a single value read as a list of one.</summary>
    public IEnumerable<Yaml> OneOrMore => IsList ? Items : [this];

    public IEnumerable<(string Key, Yaml Value)> Entries
    {
        get
        {
            var file = File;
            return Node is YamlMappingNode map
                ? map.Children.Select(pair => (new Yaml(file, pair.Key).Text, new Yaml(file, pair.Value)))
                : throw Wrong("a mapping expected");
        }
    }

    public Yaml? Get(string key)
    {
        foreach (var (name, value) in Entries)
        {
            if (name == key) return value;
        }

        return null;
    }

    public Yaml Need(string key) => Get(key) ?? throw Wrong($"'{key}' is missing");

    public string? TextOf(string key) => Get(key)?.Text;

    public void Only(params ReadOnlySpan<string> allowed)
    {
        foreach (var (key, value) in Entries)
        {
            if (!allowed.Contains(key)) throw value.Wrong($"unknown key '{key}'; known: {string.Join(", ", allowed.ToArray())}");
        }
    }
}
