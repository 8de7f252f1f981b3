using System.Globalization;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>Compiles structured YAML conditions to delegates, once, at load.</summary>
internal static class PredicateReader
{
    private static readonly string[] Operators =
    [
        "is", "isNot", "in", "notIn", "present", "blank", "contains", "startsWith", "greaterThan", "atLeast", "lessThan", "after", "before",
        "identityNumber", "birthOf", "sexOf",
    ];

    public static Predicate Read(Yaml yaml)
    {
        if (yaml.IsList) return All([.. yaml.Items.Select(Read)]);
        var entries = yaml.Entries.ToArray();
        if (entries.Length == 0) throw yaml.Wrong("an empty condition");
        if (entries[0].Key == "field") return Leaf(yaml, entries);
        if (entries.Length != 1) throw yaml.Wrong("a condition is one of all, any, not, anySuspect, noSuspect, inOrder, anyCardDate, or starts with 'field'");
        var (key, value) = entries[0];
        return key switch
        {
            "all" => All([.. value.Items.Select(Read)]),
            "any" => Any([.. value.Items.Select(Read)]),
            "not" => Not(Read(value)),
            "anySuspect" => AnySuspect(Read(value)),
            "noSuspect" => Not(AnySuspect(Read(value))),
            "inOrder" => CardPredicates.InOrder([.. value.Items.Select(Field)]),
            "anyCardDate" => CardPredicates.AnyDate(value),
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
        foreach (var (key, value) in entries.AsSpan(1)) parts.Add(Operator(field, key, value));
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
                var date = DateOperand(value);
                var after = name == "after";
                return (in Scope s) => DateOf(field(s)) is { } mine && date(s) is { } other && (after ? mine > other : mine < other);
            case "identityNumber":
                var valid = value.True;
                return (in Scope s) => field(s).Text is { Length: > 0 } number && IdentityNumber.IsValid(number) == valid;
            case "birthOf":
                var birth = Field(value);
                return (in Scope s) => IdentityNumber.BirthDate(field(s).Text) is not { } coded || DateOf(birth(s)) is not { } stated || coded == stated;
            case "sexOf":
                var sex = Field(value);
                return (in Scope s) => IdentityNumber.Sex(field(s).Text) is not { } coded || sex(s).Text is not ("男" or "女") || coded == sex(s).Text;
            default:
                throw value.Wrong($"unknown operator '{name}'; known: {string.Join(", ", Operators)}");
        }
    }

    private static Predicate Compare(Operand field, string name, Yaml value)
    {
        if (!double.TryParse(value.Text, CultureInfo.InvariantCulture, out var bound)) throw value.Wrong($"a number expected, not '{value.Text}'");
        return name switch
        {
            "greaterThan" => (in Scope s) => NumberOf(field(s)) > bound,
            "atLeast" => (in Scope s) => NumberOf(field(s)) >= bound,
            _ => (in Scope s) => NumberOf(field(s)) < bound,
        };
    }

    private delegate DateOnly? DateReading(in Scope scope);

    /// <summary>A date, a field, or a field plus a period, rolled to a working day where asked.</summary>
    private static DateReading DateOperand(Yaml value)
    {
        if (value.IsScalar)
        {
            if (!DateOnly.TryParseExact(value.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var fixedDate))
            {
                throw value.Wrong($"a date YYYY-MM-DD expected, not '{value.Text}'");
            }

            return (in Scope _) => fixedDate;
        }

        value.Only("field", "plus", "roll");
        var field = Field(value.Need("field"));
        var roll = value.Get("roll")?.True ?? false;
        Period? plus = value.Get("plus") is { } p ? PeriodOf(p) : null;
        return (in Scope s) =>
        {
            if (DateOf(field(s)) is not { } date) return null;
            if (plus is { } period) date = period.AddTo(date);
            return roll ? s.Calendar.RollForward(date) : date;
        };
    }

    public static Period PeriodOf(Yaml value) =>
        Period.TryParse(value.Text, out var period) ? period : throw value.Wrong($"a period such as 24h, 7d, 3wd, 1m expected, not '{value.Text}'");

    /// <summary>The date of a value; card dates are texts YYYY-MM-DD.</summary>
    internal static DateOnly? DateOf(FieldValue value) => value.Kind == FieldKind.Text
        ? DateOnly.TryParseExact(value.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null
        : value.Date;

    private static double NumberOf(FieldValue value) => value.Kind switch
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
