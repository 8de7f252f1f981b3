using Cluster.Cases.Events;

namespace Cluster.Cases.Rules.Facts;

/// <summary>What may be published of a case, and who is told of its progress.</summary>
internal static class PublicationFacts
{
    /// <summary>Charges whose cases are secret or private by their nature (信息公开规定 4): state and trade secrets, sexual offences.</summary>
    private static readonly string[] BarredCharges = ["秘密", "情报", "间谍", "强奸", "猥亵", "性侵"];

    public static IEnumerable<KeyValuePair<string, Operand>> All { get; } = new Dictionary<string, Operand>
    {
        ["case.notForPublication"] = (in Scope s) => FieldValue.Of(Barred(s)),
        ["case.partyBound"] = (in Scope s) => FieldValue.Of(RecordedSteps.Last(s.State, "party-bound", s.Instant) is not null),
    };

    private static bool Barred(in Scope scope)
    {
        var state = scope.State;
        // 未检 also has the offences against minors, which are not published either.
        if (state.CaseType == "PRO-M" || ChargedSo(state.Accepted?.Data)) return true;
        foreach (var suspect in state.Suspects)
        {
            if ((state.ReceivedOn is { } received && suspect.IsMinorOn(received)) || ChargedSo(suspect.Entry)) return true;
        }

        return RecordedSteps.Last(state, "publication-barred", scope.Instant) is not null;
    }

    private static bool ChargedSo(EventData? data)
    {
        if (data is null) return false;
        foreach (var charge in data.Objects("charges"))
        {
            foreach (var barred in BarredCharges)
            {
                if (charge["name"].Text?.Contains(barred, StringComparison.Ordinal) ?? false) return true;
            }
        }

        return false;
    }
}
