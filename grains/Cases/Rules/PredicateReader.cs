using System.Globalization;
using Cluster.Cases.Events;
using Cluster.Cases.Rules.Cards;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>Compiles structured YAML conditions to delegates, once, at load.</summary>
internal static class PredicateReader
{
    private static readonly string[] Operators =
    [
        "is", "isNot", "in", "notIn", "present", "blank", "contains", "startsWith", "greaterThan", "atLeast", "lessThan", "after", "before",
        "sameAs", .. CardOperators.Names,
    ];

    public static Predicate Read(Yaml yaml)
    {
        if (yaml.IsList) return All([.. yaml.Items.Select(Read)]);
        var entries = yaml.Entries.ToArray();
        if (entries.Length == 0) throw yaml.Wrong("an empty condition");
        if (entries[0].Key == "field") return Leaf(yaml, entries);
        var (key, value) = entries[0];
        if (CardConditions.Read(yaml, key, value) is { } cards) return cards;
        if (entries.Length != 1) throw yaml.Wrong("a condition is one of all, any, not, anySuspect, noSuspect, anyConcerned, or starts with 'field'");
        return key switch
        {
            "all" => All([.. value.Items.Select(Read)]),
            "any" => Any([.. value.Items.Select(Read)]),
            "not" => Not(Read(value)),
            "anySuspect" => AnySuspect(Read(value)),
            "noSuspect" => Not(AnySuspect(Read(value))),
            "anyConcerned" => FieldComparison.AnyConcerned(Read(value)),
            _ => throw value.Wrong($"unknown condition '{key}'"),
        };
    }

    public static Predicate? ReadOptional(Yaml? yaml) => yaml is { } y ? Read(y) : null;

    public static Operand Field(Yaml name) => CaseFields.Resolve(name.Text) ?? throw name.Wrong($"unknown field '{name.Text}'");

    private static Predicate All(Predicate[] parts) => (in Scope s) =>
    {
        foreach (var part in parts)
        {
            if (!part(s)) return false;
        }

        return true;
    };

    private static Predicate Any(Predicate[] parts) => (in Scope s) =>
    {
        foreach (var part in parts)
        {
            if (part(s)) return true;
        }

        return false;
    };

    private static bool ContainsAny(string text, string[] parts)
    {
        foreach (var part in parts)
        {
            if (text.Contains(part, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static Predicate Not(Predicate inner) => (in Scope s) => !inner(s);

    private static Predicate AnySuspect(Predicate inner) => (in Scope s) =>
    {
        foreach (var suspect in s.State.Suspects)
        {
            if (inner(s.With(suspect))) return true;
        }

        return false;
    };

    private static Predicate Leaf(Yaml yaml, (string Key, Yaml Value)[] entries)
    {
        var field = Field(entries[0].Value);
        if (entries.Length < 2) throw yaml.Wrong("an operator is missing");
        var parts = new List<Predicate>();
        foreach (var (key, value) in entries.AsSpan(1))
        {
            // A field is empty only where no other card that may stand in fills it.
            var read = key == "blank" ? CardOperands.Anywhere(entries[0].Value.Text) ?? field : field;
            parts.Add(CardOperators.Read(read, key, value) ?? Operator(read, key, value));
        }

        return parts.Count == 1 ? parts[0] : All([.. parts]);
    }

    private static Predicate Operator(Operand field, string name, Yaml value)
    {
        switch (name)
        {
            case "is":
                var wanted = value.Text;
                return (in Scope s) => Same(field(s), wanted);
            case "isNot":
                var unwanted = value.Text;
                return (in Scope s) => !Same(field(s), unwanted);
            case "in" or "notIn":
                var set = value.Items.Select(v => v.Text).ToArray();
                var member = name == "in";
                return (in Scope s) => Among(field(s), set) == member;
            case "present":
                var present = value.True;
                return (in Scope s) => field(s).IsPresent == present;
            case "blank":
                var blank = value.True;
                return (in Scope s) => IsBlank(field(s)) == blank;
            case "contains":
                var parts = value.OneOrMore.Select(v => v.Text).ToArray();
                return (in Scope s) => field(s).Text is { } text && ContainsAny(text, parts);
            case "startsWith":
                var start = value.Text;
                return (in Scope s) => field(s).Text?.StartsWith(start, StringComparison.Ordinal) ?? false;
            case "greaterThan" or "atLeast" or "lessThan":
                return Compare(field, name, value);
            case "after" or "before":
                var date = ReadDate(value);
                var after = name == "after";
                return (in Scope s) => DateOf(field(s)) is { } mine && date(s) is { } other && (after ? mine > other : mine < other);
            case "sameAs":
                return FieldComparison.SameAs(field, Field(value));
            default:
                throw value.Wrong($"unknown operator '{name}'; known: {string.Join(", ", Operators)}");
        }
    }

    private static Predicate Compare(Operand field, string name, Yaml value)
    {
        var bound = NumberOf(value);
        return name switch
        {
            "greaterThan" => (in Scope s) => NumberOf(field(s)) > bound,
            "atLeast" => (in Scope s) => NumberOf(field(s)) >= bound,
            _ => (in Scope s) => NumberOf(field(s)) < bound,
        };
    }

    /// <summary>A date, a field, or a field plus a period, rolled to a working day where asked; <c>then</c> counts on from there.</summary>
    public static DateReading ReadDate(Yaml value)
    {
        if (value.IsScalar)
        {
            if (!DateOnly.TryParseExact(value.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var fixedDate))
            {
                throw value.Wrong($"a date YYYY-MM-DD expected, not '{value.Text}'");
            }

            return (in Scope _) => fixedDate;
        }

        value.Only("field", "plus", "roll", "then");
        var field = Field(value.Need("field"));
        var roll = value.Get("roll")?.True ?? false;
        Period? plus = value.Get("plus") is { } p ? PeriodOf(p) : null;
        Period? then = value.Get("then") is { } t ? PeriodOf(t) : null;
        return (in Scope s) =>
        {
            if (DateOf(field(s)) is not { } date) return null;
            if (plus is { } period) date = period.AddTo(date);
            if (roll) date = s.Calendar.RollForward(date);
            if (then is not { } more) return date;
            date = more.AddTo(date);
            return roll ? s.Calendar.RollForward(date) : date;
        };
    }

    public static Period PeriodOf(Yaml value) =>
        Period.TryParse(value.Text, out var period) ? period : throw value.Wrong($"a period such as 24h, 7d, 3wd, 1m expected, not '{value.Text}'");

    /// <summary>A number, with decimals where it has them.</summary>
    internal static double NumberOf(Yaml value) =>
        double.TryParse(value.Text, CultureInfo.InvariantCulture, out var number) ? number : throw value.Wrong($"a number expected, not '{value.Text}'");

    /// <summary>The date of a value; card dates are texts YYYY-MM-DD.</summary>
    internal static DateOnly? DateOf(FieldValue value) => value.Kind == FieldKind.Text
        ? DateOnly.TryParseExact(value.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && Rfc3339.IsCountable(date) ? date : null
        : value.Date;

    /// <summary>A number, also written as text; NaN for anything else.</summary>
    internal static double NumberOf(FieldValue value) => value.Kind switch
    {
        FieldKind.Number => value.Number,
        FieldKind.Text when double.TryParse(value.Text, CultureInfo.InvariantCulture, out var number) => number,
        _ => double.NaN,
    };

    private static bool Same(FieldValue value, string wanted) => value.Kind switch
    {
        FieldKind.Text => value.Text == wanted,
        FieldKind.Bool => (wanted == "true" && value.True) || (wanted == "false" && !value.True),
        FieldKind.Number => double.TryParse(wanted, CultureInfo.InvariantCulture, out var number) && number == value.Number,
        FieldKind.Date => value.AsText() == wanted,
        _ => false,
    };

    private static bool Among(FieldValue value, string[] set)
    {
        foreach (var item in set)
        {
            if (Same(value, item)) return true;
        }

        return false;
    }

    private static bool IsBlank(FieldValue value) => !value.IsPresent || (value.Kind == FieldKind.Text && string.IsNullOrWhiteSpace(value.Text));
}
