using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Cluster.Cases.Rules;

/// <summary>Reads the examples of rules: named beginnings (<c>given</c>) and what happens then, as [time, type, data].</summary>
internal sealed class ExampleReader
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, Yaml> _beginnings;

    public ExampleReader(Yaml beginnings) => _beginnings = beginnings.Entries.ToDictionary(e => e.Key, e => e.Value);

    public RuleExample[] Read(Yaml? yaml) => yaml is { } list ? [.. list.Items.Select(ReadOne)] : [];

    private RuleExample ReadOne(Yaml yaml)
    {
        yaml.Only("title", "given", "then", "at", "level", "instance", "cleared");
        var events = new List<string>();
        if (yaml.Get("given") is { } given)
        {
            if (!_beginnings.TryGetValue(given.Text, out var beginning)) throw given.Wrong($"unknown beginning '{given.Text}'");
            foreach (var e in beginning.Items) events.Add(Event(e, events.Count));
        }

        foreach (var e in yaml.Get("then")?.Items ?? []) events.Add(Event(e, events.Count));
        return new RuleExample(
            yaml.TextOf("title") ?? "", TimeOf(yaml.Need("at")), [.. events], yaml.TextOf("level"), yaml.TextOf("instance"), yaml.Get("cleared")?.True)
        { Line = yaml.Line };
    }

    private static string Event(Yaml yaml, int number)
    {
        var parts = yaml.Items.ToArray();
        if (parts.Length is < 2 or > 4) throw yaml.Wrong("an event is [time, type, data, recordedtime]");
        var json = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = $"x-{number + 1}",
            ["source"] = "/example",
            ["type"] = parts[1].Text,
            ["subject"] = "example",
            ["time"] = TimeOf(parts[0]).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            ["data"] = parts.Length > 2 ? ToJson(parts[2]) : new JsonObject(),
        };
        if (parts.Length > 3) json["recordedtime"] = TimeOf(parts[3]).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        return json.ToJsonString(Plain);
    }

    /// <summary>A day means 09:00 of it; all times are Asia/Shanghai.</summary>
    private static DateTimeOffset TimeOf(Yaml yaml)
    {
        var text = yaml.Text.Length == 10 ? yaml.Text + "T09:00" : yaml.Text;
        return DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(local, Law.LegalTime.Offset)
            : throw yaml.Wrong($"a time such as 2026-02-09 or 2026-02-09T10:30 expected, not '{yaml.Text}'");
    }

    private static JsonNode? ToJson(Yaml yaml) => yaml.Node switch
    {
        YamlMappingNode => new JsonObject(yaml.Entries.Select(e => KeyValuePair.Create(e.Key, ToJson(e.Value)))),
        YamlSequenceNode => new JsonArray([.. yaml.Items.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => Scalar(plain.Value ?? ""),
        YamlScalarNode text => JsonValue.Create(text.Value),
        _ => null,
    };

    private static JsonNode? Scalar(string text) => text switch
    {
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        "null" or "" => null,
        _ => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : JsonValue.Create(text),
    };
}
