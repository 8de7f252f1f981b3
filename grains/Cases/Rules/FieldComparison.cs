namespace Cluster.Cases.Rules;

/// <summary>Conditions that compare fields with each other, or ask of everybody an event speaks of.</summary>
internal static class FieldComparison
{
    /// <summary>True when both are there and say the same.</summary>
    public static Predicate SameAs(Operand field, Operand other) => (in Scope s) =>
    {
        var mine = field(s);
        return mine.IsPresent && mine == other(s);
    };

    /// <summary>True when it holds of a suspect that the event speaks of: a decision may be about some only.</summary>
    public static Predicate AnyConcerned(Predicate inner) => (in Scope s) =>
    {
        foreach (var suspect in s.State.Suspects)
        {
            if ((s.Event is null || Trigger.Concerns(s.Event, suspect)) && inner(s.With(suspect))) return true;
        }

        return false;
    };
}
