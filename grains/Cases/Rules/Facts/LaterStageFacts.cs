using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules.Facts;

/// <summary>What follows a decision: probation and trial.</summary>
internal static class LaterStageFacts
{
    private static readonly int Step = CaseState.OrdinalOf("step.recorded");
    private static readonly int Adjourned = CaseState.OrdinalOf("court.adjourned");

    public static IEnumerable<KeyValuePair<string, Operand>> All { get; } = new Dictionary<string, Operand>
    {
        ["probation.months"] = (in Scope s) => Probation(s),
        ["trial.reopened"] = (in Scope s) => FieldValue.Of(Reopened(s)),
    };

    /// <summary>考验期 in months: as decided, or as last shortened or lengthened (R 473).</summary>
    private static FieldValue Probation(in Scope scope)
    {
        var months = scope.Event?.Data["probationMonths"] ?? default;
        foreach (var e in scope.State.Of(Step))
        {
            if (e.Data["step"].Text != "probation-changed" || (scope.Suspect is not null && !Trigger.Concerns(e, scope.Suspect))) continue;
            if (e.Data["result"] is { Kind: FieldKind.Number } changed) months = changed;
        }

        return months;
    }

    /// <summary>Whether the court sits again after a day on which it adjourned.</summary>
    private static bool Reopened(in Scope scope)
    {
        if (scope.Event is not { } sitting) return false;
        var day = LegalTime.DateOf(sitting.Time);
        foreach (var e in scope.State.Of(Adjourned))
        {
            if (LegalTime.DateOf(e.Time) < day) return true;
        }

        return false;
    }
}
