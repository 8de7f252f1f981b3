using YamlDotNet.RepresentationModel;

namespace Cluster.Cases.Rules.Cards;

/// <summary>A field of a card as a condition names it.</summary>
internal readonly record struct CardName(bool Whole, CardField Field);

/// <summary>Finds the fields of cards that a condition names.</summary>
internal static class CardNames
{
    /// <summary>Facts that are read from cards, with the fields they are read from.</summary>
    private static readonly Dictionary<string, string[]> Facts = new(StringComparer.Ordinal)
    {
        ["person.birthDate"] = ["出生日期"],
        ["person.crimeDate"] = ["作案日期", "案发日期"],
        ["person.ageAtCrime"] = ["出生日期", "作案日期", "案发日期"],
        ["person.ageAtPriorCrime"] = ["出生日期", "前罪作案日期"],
        ["person.concluded"] = ["审结日期", "审结处理结果"],
        ["case.concluded"] = ["审结日期", "审结处理结果"],
    };

    /// <summary>In the order in which they are named, each once.</summary>
    public static IEnumerable<CardName> In(Yaml yaml) => Scalars(yaml.Node).SelectMany(Named).Distinct();

    private static IEnumerable<CardName> Named(string text)
    {
        if (Facts.TryGetValue(text, out var fields)) return fields.Select(f => new CardName(false, CardFields.Find(f)!));
        var whole = text.StartsWith("whole.", StringComparison.Ordinal);
        if (!whole && !text.StartsWith("card.", StringComparison.Ordinal)) return [];
        var name = text[(text.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return ChargeFields.Of(name) is { } charges
            ? charges.Select(f => new CardName(whole, f))
            : CardFields.Find(name) is { } field ? [new CardName(whole, field)] : [];
    }

    private static IEnumerable<string> Scalars(YamlNode node) => node switch
    {
        YamlScalarNode { Value: { } value } => [value],
        YamlSequenceNode list => list.Children.SelectMany(Scalars),
        YamlMappingNode map => map.Children.SelectMany(pair => Scalars(pair.Key).Concat(Scalars(pair.Value))),
        _ => [],
    };
}
