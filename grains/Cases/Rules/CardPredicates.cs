using System.Globalization;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>Conditions over several fields of a card at once.</summary>
internal static class CardPredicates
{
    /// <summary>True when the dates that are filled in strictly rise in the order listed.</summary>
    public static Predicate InOrder(Operand[] fields) => (in Scope s) =>
    {
        DateOnly? last = null;
        foreach (var field in fields)
        {
            if (PredicateReader.DateOf(field(s)) is not { } date) continue;
            if (last is { } previous && date < previous) return false;
            last = date;
        }

        return true;
    };

    /// <summary>True when any date of the card, but the birth date, lies after the filling, or before a day.</summary>
    public static Predicate AnyDate(Yaml yaml)
    {
        yaml.Only("inFutureOrBefore");
        var first = yaml.Need("inFutureOrBefore");
        if (!DateOnly.TryParseExact(first.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var earliest))
        {
            throw first.Wrong("a date YYYY-MM-DD expected");
        }

        return (in Scope s) =>
        {
            var today = LegalTime.DateOf(s.Instant);
            return s.Cards.Any(s.Suspect?.Number, (key, value) => key.EndsWith("日期", StringComparison.Ordinal) && key != "fields.出生日期"
                && PredicateReader.DateOf(value) is { } date && (date > today || date < earliest));
        };
    }
}
