using Cluster.Cases.Assessment;
using Cluster.Cases.Events;

namespace Cluster.Cases.Rules;

/// <summary>可能判处的刑期, in months: what was last said of a suspect, else the most that was expected of the case.</summary>
internal static class ExpectedTerm
{
    // More than a life, and what is counted from it stays within the calendar.
    private const int Longest = 1_200;

    private static readonly int Decision = CaseState.OrdinalOf("decision.made");

    /// <summary>Null where nobody said.</summary>
    public static int? Of(CaseState state, SuspectState suspect, DateTimeOffset instant)
    {
        FieldValue said = default;
        var at = DateTimeOffset.MinValue;
        foreach (var e in state.Of(Decision))
        {
            if (e.Time > instant) break;
            if (e.Data["expectedTermMonths"] is { IsPresent: true } months && Trigger.Concerns(e, suspect)) (said, at) = (months, e.Time);
        }

        if (Plea.SignedBy(state, suspect, instant) is { } plea && plea.Time > at && Proposed(plea) is { IsPresent: true } proposed) said = proposed;
        if (!said.IsPresent) said = state.Accepted?.Data["expectedTermMonths"] ?? default;
        return said.IsPresent ? (int)Math.Min(said.Number, Longest) : null;
    }

    private static FieldValue Proposed(CaseEvent plea) =>
        plea.Data["sentenceProposal.toMonths"] is { IsPresent: true } most ? most : plea.Data["sentenceProposal.fromMonths"];
}
