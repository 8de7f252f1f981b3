using Cluster.Cases.Assessment;

namespace Cluster.Cases.Rules;

/// <summary>The state of a document in a case.</summary>
/// <param name="State"><c>present</c>, <c>missing</c>, or <c>not-yet</c> while its node has not come.</param>
internal readonly record struct DocumentState(string Code, bool Required, string State);

/// <summary>The documents of a case type, with those an office must have.</summary>
internal sealed class DocumentChecklist((CaseDocument Document, bool Required)[] documents)
{
    /// <summary>What the nodes of a case ask for: everything whose node came, and what must still come.</summary>
    public IEnumerable<DocumentState> Of(Looking at)
    {
        var clocks = new List<ClockInstance>();
        var open = !Decided(at.State);
        foreach (var (document, required) in documents)
        {
            clocks.Clear();
            document.Binding.Run(at.State, at.Calendar, clocks);
            if (clocks.Count > 0) yield return new DocumentState(document.Code, required, clocks.TrueForAll(c => c.EndedAt <= at.State.Now) ? "present" : "missing");
            else if (required && open) yield return new DocumentState(document.Code, true, "not-yet");
        }
    }

    /// <summary>Whether everybody is decided on, so that nodes not come so far mostly never will.</summary>
    private static bool Decided(CaseState state)
    {
        var decisions = state.Of(Decision);
        if (decisions.Length == 0) return false;
        foreach (var suspect in state.Suspects)
        {
            var decided = false;
            foreach (var e in decisions) decided |= Trigger.Concerns(e, suspect);
            if (!decided) return false;
        }

        return true;
    }

    private static readonly int Decision = CaseState.OrdinalOf("decision.made");
}
