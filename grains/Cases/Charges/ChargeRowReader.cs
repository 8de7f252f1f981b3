using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Cluster.Cases;

/// <summary>Reads the table of common charges.</summary>
internal static class ChargeRowReader
{
    /// <summary>A charge as its row has it.</summary>
    public readonly record struct Rated(ChargeRow Row, PenaltyBand[] Bands, EarlierBands? Earlier);

    /// <summary>The rows in order, and what they say of each charge by its name.</summary>
    public static (IReadOnlyList<ChargeRow> Rows, Dictionary<string, Rated> ByName) Read(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var rows = new List<ChargeRow>();
        var byName = new Dictionary<string, Rated>(StringComparer.Ordinal);
        foreach (var (key, value) in (YamlMappingNode)stream.Documents[0].RootNode)
        {
            var node = (YamlMappingNode)value;
            var bands = Bands(node["charges"]);
            var row = new ChargeRow(Text(key), [.. bands.Select(b => b.Name)], Difficulty(Text(node["tier"])), Child(node, "note") is { } note ? Text(note) : null);
            rows.Add(row);
            foreach (var (name, current) in bands) byName.Add(name, new Rated(row, current, null));
            if (Child(node, "until") is not YamlMappingNode until) continue;
            foreach (var (day, earlier) in until)
            {
                var ended = DateOnly.ParseExact(Text(day), "yyyy-MM-dd", CultureInfo.InvariantCulture);
                foreach (var (name, before) in Bands(earlier)) byName[name] = byName[name] with { Earlier = new EarlierBands(ended, before) };
            }
        }

        return (rows, byName);
    }

    private static List<(string Name, PenaltyBand[] Bands)> Bands(YamlNode node) =>
        [.. ((YamlMappingNode)node).Select(p => (Text(p.Key), PenaltyBands.Parse(Text(p.Value))))];

    private static DifficultyTier Difficulty(string text)
    {
        var ends = text.Split('-').Select(t => int.Parse(t, CultureInfo.InvariantCulture)).ToArray();
        return new(ends[0], ends[^1]);
    }

    private static YamlNode? Child(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;
}
