using Cluster.Cases.Assessment;
using Cluster.Cases.Events;

namespace Cluster.Cases.Rules;

/// <summary>认罪认罚: whether a suspect pleaded, by the signed paper or by the card.</summary>
internal static class Plea
{
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
        if (suspect is not null && state.Cards.Value(suspect.Number, "fields.认罪认罚") is { IsPresent: true } own) return own.Text == "是";
        return state.Suspects.Count == 1 && state.Cards.Value(null, "fields.认罪认罚").Text == "是";
    }
}
