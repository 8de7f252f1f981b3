using Cluster.Cases.Events;
using Cluster.Cases.Rules;

namespace Cluster.Cases.Assessment;

/// <summary>
/// The case cards (案卡) after a number of fillings: one of the whole case, one of each suspect; the latest value of each field counts.
/// A view on the fillings, nothing is copied.
/// </summary>
/// <param name="state">The case.</param>
/// <param name="count">How many fillings count, in time order.</param>
internal readonly struct CaseCards(CaseState state, int count)
{
    private static readonly int Filling = CaseState.OrdinalOf("card.filled");

    /// <summary>A field of the card of a suspect, of the whole case for null. Keys start with <c>fields.</c> and are interned.</summary>
    public FieldValue Value(string? suspect, string key)
    {
        var trace = EventData.Trace(key);
        if ((state.CardFields & trace) == 0) return default;
        var fillings = state.Of(Filling);
        for (var i = count - 1; i >= 0; i--)
        {
            var data = fillings[i].Data;
            if ((data.Holds & trace) != 0 && state.FilledFor(i) == suspect && data[key] is { IsPresent: true } value) return value;
        }

        return default;
    }

    /// <summary>Whether the latest value of any date of a card, but the birth date, lies outside of a span.</summary>
    public bool AnyDate(string? suspect, DateOnly earliest, DateOnly latest)
    {
        var fillings = state.Of(Filling);
        for (var i = 0; i < count; i++)
        {
            if (state.FilledFor(i) != suspect) continue;
            foreach (var (key, value) in fillings[i].Data)
            {
                if (!key.EndsWith("日期", StringComparison.Ordinal) || !key.StartsWith("fields.", StringComparison.Ordinal) || key == "fields.出生日期") continue;
                if (PredicateReader.DateOf(value) is { } date && (date > latest || date < earliest) && Value(suspect, key) == value) return true;
            }
        }

        return false;
    }
}
