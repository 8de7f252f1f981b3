using Cluster.Cases.Assessment;

namespace Cluster.Cases.Rules.Facts;

/// <summary>The defenders on record of a suspect, by the acceptance and by their registration.</summary>
internal static class Defenders
{
    private static readonly int Registered = CaseState.OrdinalOf("defender.registered");

    /// <summary>Whether the suspect has a defender of a kind at the instant the facts are read at.</summary>
    public static bool Any(in Scope scope, Func<string?, bool> ofKind)
    {
        if (scope.Suspect is not { } suspect) return false;
        var entry = suspect.Entry;
        if (entry is not null && (entry["defender.kind"].IsPresent || entry["defender.name"].IsPresent) && ofKind(entry["defender.kind"].Text)) return true;
        foreach (var e in scope.State.Of(Registered))
        {
            if (e.Time > scope.Instant) break;
            if (e.Data["suspect"].Text == suspect.Number && ofKind(e.Data["kind"].Text)) return true;
        }

        return false;
    }

    /// <summary>A lawyer who defends: a relative is no lawyer, a duty lawyer no defender.</summary>
    public static bool IsLawyer(string? kind) =>
        kind is not ("duty" or "值班律师" or "relative" or "近亲属" or "亲友" or "guardian" or "监护人");

    public static bool IsLegalAid(string? kind) => kind is "legal-aid" or "法律援助" or "法律援助律师" or "援助律师";
}
