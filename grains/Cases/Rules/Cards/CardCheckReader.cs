using Cluster.Cases.Events;

namespace Cluster.Cases.Rules.Cards;

/// <summary>Reads the <c>field</c> template: one check, or a list of <c>checks</c>.</summary>
internal static class CardCheckReader
{
    public static FieldTemplate Read(Yaml yaml)
    {
        yaml.Only("checks", "per", "when", "wrong", "after", "endOfDay", "level", "yields", "also");
        var also = Trigger.ReadList(yaml.Get("also"));
        CardCheck[] checks = yaml.Get("checks") is { } several ? [.. several.Items.Select(c => ReadOne(c, also.Length > 0))] : [ReadOne(yaml, also.Length > 0)];
        return new FieldTemplate(checks, CatalogueReader.Texts(yaml.Get("yields")), also);
    }

    /// <param name="alsoEvents">Whether it looks at more than cards, and so may find something where none of its fields was filled in.</param>
    private static CardCheck ReadOne(Yaml yaml, bool alsoEvents)
    {
        yaml.Only("per", "when", "wrong", "after", "endOfDay", "level", "yields", "also");
        var wrong = yaml.Need("wrong");
        CardField[] names = [.. CardNames.In(yaml).Select(n => n.Field).Distinct()];
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
            Names = names,
            Needs = CardNeeds.Of(alsoEvents ? [] : names, wrong, yaml.Get("when"), yaml.Get("after")),
            Seen = names.Length == 0 ? ulong.MaxValue : names.Aggregate(0UL, (seen, field) => seen | EventData.Trace(field.Key)),
            Fields = WrongFields.Of(wrong, yaml.Get("after")),
        };
    }
}
