using Cluster.Cases.Events;

namespace Cluster.Cases.Rules.Cards;

/// <summary>Operators for what only cards hold: numbers with check digits, names, document numbers.</summary>
internal static class CardOperators
{
    public static readonly string[] Names =
    [
        "identityNumber", "birthOf", "sexOf", "codesDate", "provinceCode", "creditCode", "phone", "properName", "hides", "differsFrom", "fitsCase", "monthsAfter", "spreadOver",
    ];

    /// <summary>Null for an operator that is none of these.</summary>
    public static Predicate? Read(Operand field, string name, Yaml value)
    {
        switch (name)
        {
            case "identityNumber":
                var valid = value.True;
                return (in Scope s) => Judged(field(s)) is { } number && IdentityNumber.IsValid(number) == valid;
            case "codesDate":
                var codes = value.True;
                return (in Scope s) => Judged(field(s)) is { Length: 18 } number
                    && (IdentityNumber.BirthDate(number) is { } birth && birth <= Law.LegalTime.DateOf(s.Instant) && birth.Year >= 1880) == codes;
            case "provinceCode":
                var known = value.True;
                return (in Scope s) => field(s).Text is { Length: 15 or 18 } number && ProvinceCode.MayBegin(number) == known;
            case "birthOf":
                var birthDate = PredicateReader.Field(value);
                return (in Scope s) => IdentityNumber.BirthDate(field(s).Text) is not { } coded || PredicateReader.DateOf(birthDate(s)) is not { } stated || coded == stated;
            case "sexOf":
                var sex = PredicateReader.Field(value);
                return (in Scope s) => IdentityNumber.Sex(field(s).Text) is not { } coded || sex(s).Text is not ("男" or "女") || coded == sex(s).Text;
            case "creditCode":
                var right = value.True;
                return (in Scope s) => Judged(field(s)) is { } code && CreditCode.IsValid(code) == right;
            case "phone":
                var possible = value.True;
                return (in Scope s) => field(s).AsText() is { Length: > 0 } phone && PhoneNumber.IsPossible(phone.Trim()) == possible;
            case "properName":
                var proper = value.True;
                return (in Scope s) => field(s).Text?.Trim() is { Length: > 0 } who && PersonName.IsProper(who) == proper;
            case "hides":
                var full = PredicateReader.Field(value);
                return (in Scope s) => field(s).Text is { } shown && full(s).Text is { Length: > 0 } real && PersonName.IsHidden(shown, real);
            case "differsFrom":
                var other = PredicateReader.Field(value);
                return (in Scope s) => Differ(field(s), other(s));
            case "fitsCase":
                var number = PredicateReader.Field(value);
                return (in Scope s) => NumberOrigin.FitsCase(field(s).Text, number(s).Text);
            case "monthsAfter":
                return MonthsAfter(field, value);
            case "spreadOver":
                return SpreadOver(field, value);
            default:
                return null;
        }
    }

    /// <summary>A number to be judged: filled in, not masked, not one of the old fifteen signs, which have no check digit.</summary>
    private static string? Judged(FieldValue value) =>
        value.AsText().Trim() is { Length: > 0 and not 15 } text && !text.Contains('*', StringComparison.Ordinal) ? text : null;

    /// <summary>Both are filled in, and not the same.</summary>
    private static bool Differ(FieldValue left, FieldValue right)
    {
        if (!left.IsPresent || !right.IsPresent) return false;
        if (PredicateReader.DateOf(left) is { } day && PredicateReader.DateOf(right) is { } other) return day != other;
        var (a, b) = (PredicateReader.NumberOf(left), PredicateReader.NumberOf(right));
        if (!double.IsNaN(a) && !double.IsNaN(b)) return a != b;
        return left.AsText().Trim() is { Length: > 0 } one && right.AsText().Trim() is { Length: > 0 } two && one != two;
    }

    /// <summary>A day is so many months after another; the day before that one is the same to most who fill it in.</summary>
    private static Predicate MonthsAfter(Operand end, Yaml value)
    {
        value.Only("start", "months");
        var start = PredicateReader.Field(value.Need("start"));
        var months = PredicateReader.Field(value.Need("months"));
        return (in Scope s) =>
        {
            if (PredicateReader.DateOf(end(s)) is not { } last || PredicateReader.DateOf(start(s)) is not { } first) return true;
            var count = PredicateReader.NumberOf(months(s));
            if (double.IsNaN(count) || count is < 0 or > 120) return true;
            var due = first.AddMonths((int)count);
            return last == due || last == due.AddDays(-1);
        };
    }

    /// <summary>The range of a proposal is wider than a part of its upper end.</summary>
    private static Predicate SpreadOver(Operand upper, Yaml value)
    {
        value.Only("lower", "percent");
        var lower = PredicateReader.Field(value.Need("lower"));
        var percent = value.Need("percent").Number;
        return (in Scope s) =>
        {
            var (from, until) = (PredicateReader.NumberOf(lower(s)), PredicateReader.NumberOf(upper(s)));
            return until > 0 && from >= 0 && (until - from) * 100 > until * percent;
        };
    }
}
