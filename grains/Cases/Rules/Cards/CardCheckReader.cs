using Cluster.Cases.Events;

namespace Cluster.Cases.Rules.Cards;

/// <summary>Reads the <c>field</c> template: one check, or a list of <c>checks</c>.</summary>
internal static class CardCheckReader
{
    public static FieldTemplate Read(Yaml yaml)
    {
        yaml.Only("checks", "per", "when", "wrong", "after", "endOfDay", "level", "yields", "also");
        CardCheck[] checks = yaml.Get("checks") is { } several ? [.. several.Items.Select(ReadOne)] : [ReadOne(yaml)];
        return new FieldTemplate(checks, CatalogueReader.Texts(yaml.Get("yields")), Trigger.ReadList(yaml.Get("also")));
    }

    private static CardCheck ReadOne(Yaml yaml)
    {
        yaml.Only("per", "when", "wrong", "after", "endOfDay", "level", "yields", "also");
        var wrong = yaml.Need("wrong");
        string[] keys = [.. CardNames.In(yaml).Select(n => n.Field.Key).Distinct()];
        return new CardCheck
        {
            Per = yaml.TextOf("per") switch
            {
                null or "suspect" => CardScope.Suspect,
                "case" => CardScope.Case,
                "each" => CardScope.Each,
                _ => throw yaml.Need("per").Wrong("per is suspect, case or each"),
            },
            Wrong = PredicateReader.Read(wrong),
            When = PredicateReader.ReadOptional(yaml.Get("when")),
            After = yaml.Get("after") is { } after ? PredicateReader.ReadDate(after) : null,
            EndOfDay = yaml.Get("endOfDay")?.True ?? false,
            Level = yaml.TextOf("level"),
            Keys = keys,
            Seen = keys.Length == 0 ? ulong.MaxValue : keys.Aggregate(0UL, (seen, key) => seen | EventData.Trace(key)),
            Fields = WrongFields.Of(wrong, yaml.Get("after")),
        };
    }
}
