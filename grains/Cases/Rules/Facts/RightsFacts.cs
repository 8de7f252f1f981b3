using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules.Facts;

/// <summary>Who defends a suspect, who asked to be heard, who objects, and what was decided on the suspect.</summary>
internal static class RightsFacts
{
    private static readonly int Opinion = CaseState.OrdinalOf("opinion.heard");
    private static readonly int Decision = CaseState.OrdinalOf("decision.made");

    public static IEnumerable<KeyValuePair<string, Operand>> All { get; } = new Dictionary<string, Operand>
    {
        ["suspect.sex"] = (in Scope s) => Sex(s.Suspect?.Entry),
        ["suspect.custodySince"] = (in Scope s) => FieldValue.OfDate(CustodySince(s)),
        ["suspect.entryDefender"] = (in Scope s) => s.Suspect?.Entry?["defender.kind"] ?? default,
        ["suspect.lawyer"] = (in Scope s) => FieldValue.Of(Defenders.Any(s, Defenders.IsLawyer)),
        ["suspect.legalAid"] = (in Scope s) => FieldValue.Of(Defenders.Any(s, Defenders.IsLegalAid)),
        ["suspect.hearingAsked"] = (in Scope s) => RecordedSteps.Known(s, "hearing-asked"),
        ["suspect.writtenOpinion"] = (in Scope s) => FieldValue.Of(WrittenOpinion(s)),
        ["suspect.objects"] = (in Scope s) => FieldValue.Of(Objects(s, "suspect") || Objects(s, "guardian")),
        ["suspect.notProsecutedBy"] = (in Scope s) => NotProsecutedBy(s),
        ["suspect.expertOpinion"] = (in Scope s) => RecordedSteps.Known(s, "expert-opinion-used"),
        ["case.expertOpinion"] = (in Scope s) => RecordedSteps.Known(s, "expert-opinion-used"),
    };

    private static FieldValue Sex(EventData? entry)
    {
        if (entry?["sex"] is { IsPresent: true } told) return told;
        return IdentityNumber.Sex(entry?["idNumber"].Text) is { } coded ? FieldValue.Of(coded) : default;
    }

    /// <summary>The first day of the custody that holds at the instant, arrest after detention being one custody; null at large.</summary>
    private static DateOnly? CustodySince(in Scope scope)
    {
        if (scope.Suspect is not { } suspect) return null;
        DateOnly? since = null;
        foreach (var span in suspect.Measures)
        {
            if (span.From > scope.Instant) break;
            if (!span.Custody) since = null;
            else since ??= LegalTime.DateOf(span.From);
        }

        return since;
    }

    private static bool WrittenOpinion(in Scope scope)
    {
        foreach (var e in scope.State.Of(Opinion))
        {
            if (e.Time > scope.Instant) break;
            if (e.Data["written"].True && e.Data["who"].Text is "defender" or "duty-lawyer" && Speaks(e, scope.Suspect)) return true;
        }

        return false;
    }

    /// <summary>Whether the last word of the suspect, or of the guardian, on the conditional non-prosecution is an objection.</summary>
    private static bool Objects(in Scope scope, string who)
    {
        var objects = false;
        foreach (var e in scope.State.Of(Opinion))
        {
            if (e.Time > scope.Instant) break;
            if (e.Data["objects"] is { IsPresent: true } said && e.Data["who"].Text == who && Speaks(e, scope.Suspect)) objects = said.True;
        }

        return objects;
    }

    /// <summary>The kind of the last decision not to prosecute; a conditional one is none yet.</summary>
    private static FieldValue NotProsecutedBy(in Scope scope)
    {
        FieldValue kind = default;
        if (scope.Suspect is null) return kind;
        foreach (var e in scope.State.Of(Decision))
        {
            if (e.Time > scope.Instant) break;
            if (e.Data["kind"] is { Text: { } text } decided && text != "np-conditional" && text.StartsWith("np-", StringComparison.Ordinal) && Speaks(e, scope.Suspect)) kind = decided;
        }

        return kind;
    }

    private static bool Speaks(CaseEvent e, SuspectState? suspect) => suspect is null || Trigger.Concerns(e, suspect);
}
