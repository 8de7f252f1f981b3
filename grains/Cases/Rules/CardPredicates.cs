using System.Globalization;
using Cluster.Cases.Events;
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

    /// <summary>The traces of every card field that a condition names; of all fields where it looks at any of them.</summary>
    public static ulong Seen(Yaml condition)
    {
        ulong seen = 0;
        if (condition.IsScalar)
        {
            var dot = condition.Text.IndexOf('.', StringComparison.Ordinal);
            return dot > 0 && condition.Text[..dot] is "card" or "whole" ? EventData.Trace("fields." + condition.Text[(dot + 1)..]) : 0;
        }

        if (condition.IsList)
        {
            foreach (var item in condition.Items) seen |= Seen(item);
            return seen;
        }

        foreach (var (key, value) in condition.Entries) seen |= key == "anyCardDate" ? ulong.MaxValue : Seen(value);
        return seen;
    }

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
            return s.Cards.AnyDate(s.Suspect?.Number, earliest, today);
        };
    }
}
