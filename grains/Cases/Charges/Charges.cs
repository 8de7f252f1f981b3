using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Cluster.Cases.Events;

namespace Cluster.Cases;

/// <summary>The charges of the official lists, past ones too.</summary>
public sealed class Charges
{
    private readonly FrozenDictionary<string, Charge> _byName;

    private Charges(IReadOnlyList<Charge> all, IReadOnlyList<ChargeRow> rows)
    {
        All = all;
        Rows = rows;
        _byName = all.ToFrozenDictionary(c => c.Name, StringComparer.Ordinal);
    }

    public static Charges Default { get; } =
        Load(EmbeddedFile.Text("charges.json"), EmbeddedFile.Text("charge-tiers.yaml"), EmbeddedFile.Text("charge-features.yaml"));

    /// <summary>In the order of the law.</summary>
    public IReadOnlyList<Charge> All { get; }

    /// <summary>The table of common charges, in the order of the law.</summary>
    public IReadOnlyList<ChargeRow> Rows { get; }

    /// <summary>The charge of this official name, its 罪 at the end may be missing; null if there is none.</summary>
    public Charge? Find(string name) => _byName.GetValueOrDefault(name) ?? _byName.GetValueOrDefault(name + "罪");

    private static Charges Load(string list, string table, string featureTable)
    {
        var (rows, rated) = ChargeRowReader.Read(table);
        var features = new ChargeFeatures(featureTable);
        var unknown = rated.Keys.Concat(features.All).ToHashSet(StringComparer.Ordinal);
        var charges = new List<Charge>();
        using var document = JsonDocument.Parse(list);
        var number = 0;
        foreach (var chapter in document.RootElement.EnumerateObject())
        {
            number++;
            foreach (var row in chapter.Value.EnumerateArray())
            {
                var name = row[0].GetString()!;
                unknown.Remove(name);
                rated.TryGetValue(name, out var rating);
                charges.Add(features.Mark(new Charge
                {
                    Name = name,
                    Article = row[1].GetString()!,
                    Chapter = chapter.Name,
                    ChapterNumber = number,
                    Since = Day(row[2]),
                    Until = row.GetArrayLength() > 3 ? Day(row[3]) : null,
                    Row = rating.Row,
                    Bands = rating.Bands ?? [],
                    Earlier = rating.Earlier,
                }));
            }
        }

        return unknown.Count == 0
            ? new Charges(charges, rows)
            : throw new InvalidDataException($"Not in the official list: {string.Join(", ", unknown)}");
    }

    private static DateOnly Day(JsonElement text) => DateOnly.ParseExact(text.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
