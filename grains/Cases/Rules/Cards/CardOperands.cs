using Cluster.Cases.Assessment;
using Cluster.Cases.Events;

namespace Cluster.Cases.Rules.Cards;

/// <summary>How a predicate reads a field of a card.</summary>
internal static class CardOperands
{
    /// <summary><c>card.</c>: of the card being checked; of the whole case where no suspect is.</summary>
    /// <returns>Null for a field that is not registered, or not on the card of a suspect.</returns>
    public static Operand? OfSuspect(string name)
    {
        if (CardFields.Find(name) is not { On: not CardHolder.Whole } field) return null;
        return (in Scope s) => Read(s, s.Suspect, field);
    }

    /// <summary><c>whole.</c>: of the card of the whole case.</summary>
    /// <returns>Null for a field that is not registered, or not on that card.</returns>
    public static Operand? OfWhole(string name)
    {
        if (CardFields.Find(name) is not { On: not CardHolder.Suspect } field) return null;
        return (in Scope s) => Read(s, null, field);
    }

    /// <summary>What a card says; absent where it says nothing.</summary>
    public static FieldValue Read(in Scope scope, SuspectState? suspect, CardField field) =>
        field.Read(scope.Cards.Of(suspect, field.Key, field.On == CardHolder.Shared));

    /// <summary>What any card that may stand in says: of a suspect his own or that of the whole case, of the whole case any.</summary>
    public static Operand? Anywhere(string name)
    {
        var whole = name.StartsWith("whole.", StringComparison.Ordinal);
        if (!whole && !name.StartsWith("card.", StringComparison.Ordinal)) return null;
        if (CardFields.Find(name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]) is not { } field) return null;
        return (in Scope s) => s.Cards.Anywhere(whole ? null : s.Suspect, field.Key);
    }
}
