using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Cases.Rules.Cards;
using Cluster.Law;

namespace Cluster.Cases.Rules.Facts;

/// <summary>What the checks of cards ask for: of a person as the cards tell it, and of the events that speak of the same.</summary>
internal static class CardFacts
{
    private static readonly int Step = CaseState.OrdinalOf("step.recorded");
    private static readonly int Property = CaseState.OrdinalOf("property.received");
    private static readonly int Assigned = CaseState.OrdinalOf("case.assigned");
    private static readonly int Reassigned = CaseState.OrdinalOf("case.reassigned");
    private static readonly int Transferred = CaseState.OrdinalOf("custody.transferred");
    private static readonly int Measure = CaseState.OrdinalOf("measure.taken");
    private static readonly int LegalAid = CaseState.OrdinalOf("legal-aid.notified");
    private static readonly int Reviewed = CaseState.OrdinalOf("custody.reviewed");
    private static readonly CardField Concluded = CardFields.Find("审结日期")!;
    private static readonly CardField Prosecuted = CardFields.Find("提起公诉日期")!;
    private static readonly CardField Result = CardFields.Find("审结处理结果")!;

    public static IEnumerable<KeyValuePair<string, Operand>> All { get; } = new Dictionary<string, Operand>
    {
        ["case.suspects"] = (in Scope s) => FieldValue.Of((double)s.State.Suspects.Count),
        ["case.concluded"] = (in Scope s) => FieldValue.Of(IsConcluded(s, null)),
        ["case.duplicateFound"] = (in Scope s) => FieldValue.Of(DuplicateFound(s)),
        ["case.hasProperty"] = (in Scope s) => FieldValue.Of(HasProperty(s)),
        ["assigned.status"] = (in Scope s) => Handler(s)?.Data["handler.status"] ?? default,
        ["assigned.quota"] = (in Scope s) => Handler(s)?.Data["handler.quota"] ?? default,
        ["person.name"] = (in Scope s) => s.Suspect?.Entry?["name"] ?? default,
        ["person.birthDate"] = (in Scope s) => FieldValue.OfDate(PersonDates.Birth(s)),
        ["person.crimeDate"] = (in Scope s) => FieldValue.OfDate(PersonDates.Crime(s)),
        ["person.ageAtCrime"] = (in Scope s) => PersonDates.Age(PersonDates.Birth(s), PersonDates.Crime(s)),
        ["person.ageAtPriorCrime"] = (in Scope s) => PersonDates.Age(PersonDates.Birth(s), PersonDates.PriorCrime(s)),
        ["person.concluded"] = (in Scope s) => FieldValue.Of(IsConcluded(s, s.Suspect)),
        ["person.custodyTransferred"] = (in Scope s) => FieldValue.Of(Happened(s, Transferred)),
        ["person.measureAtConclusion"] = (in Scope s) => s.Suspect?.MeasureAt(ConcludedAt(s)) is { } span ? FieldValue.Of(span.Kind) : default,
        ["person.measureChanged"] = (in Scope s) => FieldValue.Of(MeasureChanged(s)),
        ["person.legalAidNotified"] = (in Scope s) => FieldValue.Of(Happened(s, LegalAid)),
        ["person.custodyReviewed"] = (in Scope s) => FieldValue.Of(Happened(s, Reviewed)),
    };

    /// <summary>Whether the card says that the review is over: what must stand on it by then may be asked for.</summary>
    private static bool IsConcluded(in Scope scope, SuspectState? suspect) =>
        CardOperands.Read(scope, suspect, Result).AsText().Length > 0 || CardOperands.Read(scope, suspect, Concluded).AsText().Length > 0;

    /// <summary>The end of the day on which the card says the review ended; the instant looked at while it says nothing.</summary>
    private static DateTimeOffset ConcludedAt(in Scope scope)
    {
        var day = PredicateReader.DateOf(CardOperands.Read(scope, scope.Suspect, Concluded)) ?? PredicateReader.DateOf(CardOperands.Read(scope, scope.Suspect, Prosecuted));
        return day is { Year: < 9000 } last && LegalTime.EndOf(last) is var end && end < scope.Instant ? end.AddTicks(-1) : scope.Instant;
    }

    private static bool DuplicateFound(in Scope scope)
    {
        foreach (var e in scope.State.Of(Step))
        {
            if (e.Time <= scope.Instant && e.Data["step"].Text == "duplicate-found") return true;
        }

        return false;
    }

    private static bool HasProperty(in Scope scope)
    {
        if (scope.State.Accepted?.Data is { } data && (data.Objects("property").Count > 0 || data.Texts("property").Count > 0)) return true;
        foreach (var e in scope.State.Of(Property))
        {
            if (e.Time <= scope.Instant) return true;
        }

        return false;
    }

    /// <summary>The last assignment up to the instant.</summary>
    private static CaseEvent? Handler(in Scope scope)
    {
        CaseEvent? last = null;
        foreach (var ordinal in (ReadOnlySpan<int>)[Assigned, Reassigned])
        {
            foreach (var e in scope.State.Of(ordinal))
            {
                if (e.Time <= scope.Instant && !(e.Time < last?.Time)) last = e;
            }
        }

        return last;
    }

    /// <summary>Whether a measure other than arrest was told of after the acceptance.</summary>
    private static bool MeasureChanged(in Scope scope)
    {
        if (scope.Suspect is not { } suspect) return false;
        foreach (var e in scope.State.Of(Measure))
        {
            if (e.Time <= scope.Instant && e.Data["kind"].Text != "arrest" && Trigger.Concerns(e, suspect)) return true;
        }

        return false;
    }

    private static bool Happened(in Scope scope, int ordinal)
    {
        if (scope.Suspect is not { } suspect) return false;
        foreach (var e in scope.State.Of(ordinal))
        {
            if (e.Time <= scope.Instant && Trigger.Concerns(e, suspect)) return true;
        }

        return false;
    }
}
