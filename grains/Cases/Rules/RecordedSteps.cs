using Cluster.Cases.Assessment;
using Cluster.Cases.Events;

namespace Cluster.Cases.Rules;

/// <summary>Looks up what was reported with <c>step.recorded</c>.</summary>
internal static class RecordedSteps
{
    private static readonly int Step = CaseState.OrdinalOf("step.recorded");

    /// <summary>The last record of a step up to an instant, of a suspect where one is given; null if there is none.</summary>
    public static CaseEvent? Last(CaseState state, string code, DateTimeOffset until, SuspectState? suspect = null)
    {
        var steps = state.Of(Step);
        for (var i = steps.Length - 1; i >= 0; i--)
        {
            var e = steps[i];
            if (e.Time <= until && e.Data["step"].Text == code && (suspect is null || Trigger.Concerns(e, suspect))) return e;
        }

        return null;
    }

    /// <summary>Whether the step was recorded by the instant the facts are read at.</summary>
    public static FieldValue Known(in Scope scope, string code) => FieldValue.Of(Last(scope.State, code, scope.Instant, scope.Suspect) is not null);
}
