using System.Collections.Frozen;

namespace Cluster.Cases.Rules.Cards;

/// <summary>
/// The fields without which a check cannot find anything: from a hundred checks it tells at a glance the few that a case is for. Each need is
/// met by any of its fields; all needs must be. Whatever is not understood needs nothing.
/// </summary>
internal static class CardNeeds
{
    /// <summary>Operators that no absent field meets.</summary>
    private static readonly FrozenSet<string> Positive = FrozenSet.Create(
        StringComparer.Ordinal,
        "is", "in", "contains", "startsWith", "greaterThan", "atLeast", "lessThan", "after", "before",
        "identityNumber", "codesDate", "provinceCode", "creditCode", "phone", "properName", "hides", "differsFrom", "spreadOver");

    /// <summary>Operators that every absent field meets.</summary>
    private static readonly FrozenSet<string> Lenient = FrozenSet.Create(StringComparer.Ordinal, "birthOf", "sexOf", "fitsCase", "monthsAfter");

    /// <param name="names">All fields it names: without any of them it has nothing to look at. Empty if it names none.</param>
    public static FieldSet[] Of(CardField[] names, Yaml wrong, Yaml? when, Yaml? after)
    {
        var needs = new List<FieldSet>();
        if (names.Length > 0) needs.Add(FieldSet.Of(names));
        Read(wrong, needs);
        if (when is { } gate) Read(gate, needs);
        if (after is { IsMap: true } day) Field(day.Need("field").Text, needs);
        return [.. needs];
    }

    private static void Read(Yaml yaml, List<FieldSet> needs)
    {
        if (yaml.IsList)
        {
            foreach (var part in yaml.Items) Read(part, needs);
            return;
        }

        var (key, value) = yaml.Entries.First();
        switch (key)
        {
            case "all" or "anySuspect":
                Read(value, needs);
                break;
            case "any":
                Any(value, needs);
                break;
            case "field" when yaml.Entries.Skip(1).Any(e => IsPositive(e.Key, e.Value)):
                Field(value.Text, needs);
                break;
            case "not" when value.IsMap && value.Get("field") is { } inner && value.Entries.Skip(1).All(e => Lenient.Contains(e.Key)):
                Field(inner.Text, needs);
                break;
            case "charges":
                Charges(value.Text, needs);
                break;
            case "outsideBand":
                Charges(value.Need("charges").Text, needs);
                needs.Add(All(value));
                break;
            case "order" or "moreThanRounds":
                needs.Add(All(value));
                break;
        }
    }

    /// <summary>Each alternative has a need of its own; any of these is needed.</summary>
    private static void Any(Yaml alternatives, List<FieldSet> needs)
    {
        var any = default(FieldSet);
        foreach (var alternative in alternatives.Items)
        {
            var own = new List<FieldSet>();
            Read(alternative, own);
            if (own.Count == 0) return;
            any.Add(own[0]);
        }

        needs.Add(any);
    }

    private static bool IsPositive(string name, Yaml value) => name switch
    {
        "present" => value.True,
        "blank" => !value.True,
        _ => Positive.Contains(name),
    };

    private static void Field(string name, List<FieldSet> needs)
    {
        if (name is "person.crimeDate" or "person.ageAtCrime") needs.Add(Named("作案日期", "案发日期"));
        else if (name is "person.ageAtPriorCrime") needs.Add(Named("前罪作案日期"));
        else if (name.StartsWith("card.", StringComparison.Ordinal) || name.StartsWith("whole.", StringComparison.Ordinal)) needs.Add(Named(name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]));
    }

    /// <summary>The latest charges may be those of the acceptance.</summary>
    private static void Charges(string name, List<FieldSet> needs)
    {
        var group = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
        if (group != "latest" && ChargeFields.Of(group) is { } fields) needs.Add(FieldSet.Of(fields));
    }

    private static FieldSet All(Yaml yaml) => FieldSet.Of(CardNames.In(yaml).Select(n => n.Field));

    private static FieldSet Named(params string[] names) => FieldSet.Of(names.Select(n => CardFields.Find(n)!));
}
