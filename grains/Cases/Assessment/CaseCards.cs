using Cluster.Cases.Events;

namespace Cluster.Cases.Assessment;

/// <summary>A condition on the latest value of a field of a card.</summary>
internal delegate bool CardFieldTest(string key, FieldValue value, DateOnly today);

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

    /// <summary>
    /// What is known of a suspect: his card, else the card of the whole case if the field is shared. In a case of one suspect the two cards are
    /// read as one.
    /// </summary>
    public FieldValue Of(SuspectState? suspect, string key, bool shared)
    {
        var single = state.Suspects.Count == 1;
        if (suspect is null) return Value(null, key) is { IsPresent: true } whole ? whole : single ? Value(state.Suspects[0].Number, key) : default;
        var own = Value(suspect.Number, key);
        return own.IsPresent || !(single || shared) ? own : Value(null, key);
    }

    /// <summary>What fills a field that would else be empty: of a suspect his card or that of the whole case, of the whole case the card of anybody.</summary>
    public FieldValue Anywhere(SuspectState? suspect, string key)
    {
        var own = Value(suspect?.Number, key);
        if (IsFilled(own)) return own;
        if (suspect is not null) return Value(null, key);
        foreach (var one in state.Suspects)
        {
            if (Value(one.Number, key) is { IsPresent: true } his && IsFilled(his)) return his;
        }

        return own;
    }

    /// <summary>Whether the latest value of any field of a card meets a condition.</summary>
    public bool Any(string? suspect, CardFieldTest test, DateOnly today)
    {
        var fillings = state.Of(Filling);
        for (var i = 0; i < count; i++)
        {
            if (state.FilledFor(i) != suspect) continue;
            foreach (var (key, value) in fillings[i].Data)
            {
                if (key.StartsWith("fields.", StringComparison.Ordinal) && test(key, value, today) && Value(suspect, key) == value) return true;
            }
        }

        return false;
    }

    private static bool IsFilled(FieldValue value) => value.IsPresent && !(value.Kind == FieldKind.Text && string.IsNullOrWhiteSpace(value.Text));
}
