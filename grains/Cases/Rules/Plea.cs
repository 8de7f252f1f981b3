using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Cases.Rules.Cards;

namespace Cluster.Cases.Rules;

/// <summary>认罪认罚: whether a suspect pleaded, by the signed paper or by the card.</summary>
internal static class Plea
{
    private static readonly CardField Field = CardFields.Find("认罪认罚")!;

    public static CaseEvent? SignedBy(CaseState state, SuspectState? suspect, DateTimeOffset instant)
    {
        CaseEvent? found = null;
        foreach (var e in state.Of("plea.signed"))
        {
            if (e.Time <= instant && (suspect is null || e.Data["suspect"].Text == suspect.Number)) found = e;
        }

        return found;
    }

    public static bool OnCard(CaseState state, SuspectState? suspect)
    {
        if (suspect is not null && state.Cards.Value(suspect.Number, Field) is { IsPresent: true } own) return Field.Read(own).Text == "是";
        return state.Suspects.Count == 1 && Field.Read(state.Cards.Value(null, Field)).Text == "是";
    }

    /// <summary>Whether the card of a suspect says that he did not plead.</summary>
    public static bool Refused(CaseState state, SuspectState suspect) => Field.Read(state.Cards.Value(suspect.Number, Field)).Text == "否";
}
