using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Cluster.Cases.Events;
using YamlDotNet.RepresentationModel;

namespace Cluster.Cases;

/// <summary>The charges of the official lists, past ones too.</summary>
public sealed class Charges
{
    private readonly FrozenDictionary<string, Charge> _byName;

    private Charges(IReadOnlyList<Charge> all)
    {
        All = all;
        _byName = all.ToFrozenDictionary(c => c.Name, StringComparer.Ordinal);
    }

    public static Charges Default { get; } = Load(EmbeddedFile.Text("charges.json"), EmbeddedFile.Text("charge-tiers.yaml"));

    /// <summary>In the order of the law.</summary>
    public IReadOnlyList<Charge> All { get; }

    /// <summary>The charge of this official name, its 罪 at the end may be missing; null if there is none.</summary>
    public Charge? Find(string name) => _byName.GetValueOrDefault(name) ?? _byName.GetValueOrDefault(name + "罪");

    private static Charges Load(string list, string tiers)
    {
        var rated = Ratings(tiers);
        var charges = new List<Charge>();
        using var document = JsonDocument.Parse(list);
        foreach (var chapter in document.RootElement.EnumerateObject())
        {
            foreach (var row in chapter.Value.EnumerateArray())
            {
                var name = row[0].GetString()!;
                rated.Remove(name, out var rating);
                charges.Add(new Charge(
                    name,
                    row[1].GetString()!,
                    chapter.Name,
                    Day(row[2]),
                    row.GetArrayLength() > 3 ? Day(row[3]) : null,
                    rating.Difficulty,
                    rating.Bands ?? []));
            }
        }

        return rated.Count == 0
            ? new Charges(charges)
            : throw new InvalidDataException($"Rated but not in the official list: {string.Join(", ", rated.Keys)}");
    }

    private static Dictionary<string, (DifficultyTier? Difficulty, PenaltyBand[]? Bands)> Ratings(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return ((YamlMappingNode)stream.Documents[0].RootNode).ToDictionary(
            row => ((YamlScalarNode)row.Key).Value!,
            row => ((DifficultyTier?)Difficulty(Text(row.Value, "tier")), (PenaltyBand[]?)PenaltyBands.Parse(Text(row.Value, "bands"))));
    }

    private static DifficultyTier Difficulty(string text)
    {
        var ends = text.Split('-').Select(t => int.Parse(t, CultureInfo.InvariantCulture)).ToArray();
        return new(ends[0], ends[^1]);
    }

    private static string Text(YamlNode row, string key) => ((YamlScalarNode)row[key]).Value!;

    private static DateOnly Day(JsonElement text) => DateOnly.ParseExact(text.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
