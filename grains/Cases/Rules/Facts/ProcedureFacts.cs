using Cluster.Cases.Assessment;
using Cluster.Cases.Events;

namespace Cluster.Cases.Rules.Facts;

/// <summary>Who handles a case and who its suspects are, as far as procedure turns on it.</summary>
internal static class ProcedureFacts
{
    private static readonly int Assigned = CaseState.OrdinalOf("case.assigned");
    private static readonly int Reassigned = CaseState.OrdinalOf("case.reassigned");
    private static readonly int Decision = CaseState.OrdinalOf("decision.made");
    private static readonly int Interrogated = CaseState.OrdinalOf("suspect.interrogated");
    private static readonly int Received = CaseState.OrdinalOf("property.received");
    private static readonly int Issued = CaseState.OrdinalOf("document.issued");
    private static readonly int Step = CaseState.OrdinalOf("step.recorded");

    public static IEnumerable<KeyValuePair<string, Operand>> All { get; } = new Dictionary<string, Operand>
    {
        ["case.absentia"] = (in Scope s) => s.Accepted("absentia"),
        ["case.publicImpact"] = (in Scope s) => s.Accepted("publicImpact"),
        ["case.transferDocument"] = (in Scope s) => s.Accepted("transferDocument"),
        ["case.arrestProsecutor"] = (in Scope s) => s.Accepted("arrestProsecutor"),
        ["case.originalProsecutor"] = (in Scope s) => s.Accepted("originalProsecutor"),
        ["case.decidedBy"] = (in Scope s) => DecidedBy(s.State, s.Instant) is { } who ? FieldValue.Of(who) : default,
        ["case.suspects"] = (in Scope s) => FieldValue.Of(s.State.Suspects.Count),
        ["case.mixedAges"] = (in Scope s) => FieldValue.Of(MixedAges(s)),
        ["case.interrogated"] = (in Scope s) => FieldValue.Of(Before(s.State.Of(Interrogated), s.Instant)),
        ["case.holdsProperty"] = (in Scope s) => FieldValue.Of(HoldsProperty(s)),
        ["case.socialReport"] = (in Scope s) => FieldValue.Of(SocialReport(s)),
        ["event.byInvestigator"] = (in Scope s) => FieldValue.Of(ByInvestigator(s)),
        ["event.papers"] = (in Scope s) => FieldValue.Of(s.Event is { } e ? e.Data.Objects("papers").Count + e.Data.Texts("papers").Count : 0),
        ["return.misnumbered"] = (in Scope s) => FieldValue.Of(Misnumbered(s)),
        ["suspect.atLarge"] = (in Scope s) => s.Suspect?.Entry?["atLarge"] ?? default,
        ["suspect.minorAtCrime"] = (in Scope s) => FieldValue.Of(MinorAtCrime(s)),
    };

    /// <summary>When the crime ended: as told of the suspect, else of the case.</summary>
    public static DateOnly? CrimeOn(in Scope scope) => scope.Suspect?.Entry?["crimeOn"].Date ?? scope.Accepted("crimeOn").Date;

    /// <summary>犯罪的时候不满十八周岁 (CPL 286); where the day of the crime is not told, a minor when the case came.</summary>
    private static bool MinorAtCrime(in Scope scope) =>
        (CrimeOn(scope) ?? scope.State.ReceivedOn) is { } day && (scope.Suspect?.IsMinorOn(day) ?? false);

    /// <summary>Who had the case when it was last decided.</summary>
    private static string? DecidedBy(CaseState state, DateTimeOffset until)
    {
        DateTimeOffset? decided = null;
        foreach (var e in state.Of(Decision))
        {
            if (e.Time < until) decided = e.Time;
        }

        if (decided is not { } at) return null;
        CaseEvent? holder = null;
        foreach (var e in state.Of(Assigned))
        {
            if (e.Time <= at) holder = e;
        }

        foreach (var e in state.Of(Reassigned))
        {
            if (e.Time <= at && !(holder?.Time > e.Time)) holder = e;
        }

        return holder?.Data["prosecutor"].Text;
    }

    private static bool MixedAges(in Scope scope)
    {
        if (scope.State.ReceivedOn is not { } received) return false;
        bool minor = false, adult = false;
        foreach (var suspect in scope.State.Suspects)
        {
            if (scope.Event is { } e && !Trigger.Concerns(e, suspect)) continue;
            if (suspect.IsMinorOn(received)) minor = true;
            else adult |= suspect.BirthDate is not null;
        }

        return minor && adult;
    }

    private static bool ByInvestigator(in Scope scope)
    {
        if (scope.Event?.Data["prosecutor"].Text is not { } who) return false;
        var investigators = scope.State.Accepted?.Data.Texts("investigators");
        for (var i = 0; i < investigators?.Count; i++)
        {
            if (investigators[i] == who) return true;
        }

        return false;
    }

    private static bool HoldsProperty(in Scope scope) =>
        scope.State.Of(Received).Length > 0
        || (scope.State.Accepted is { } accepted && (accepted.Data.Objects("property").Count > 0 || accepted.Data.Texts("property").Count > 0));

    private static bool SocialReport(in Scope scope)
    {
        foreach (var e in scope.State.Of(Issued))
        {
            if (e.Time <= scope.Instant && (e.Data["doc.code"].Text?.Contains("社会调查报告", StringComparison.Ordinal) ?? false)) return true;
        }

        foreach (var e in scope.State.Of(Step))
        {
            if (e.Time <= scope.Instant && e.Data["step"].Text == "social-report-made") return true;
        }

        return false;
    }

    /// <summary>A return counted anew after a change of jurisdiction. More than two in all are another rule's business.</summary>
    private static bool Misnumbered(in Scope scope)
    {
        if (scope.Event?.Data["number"] is not { IsPresent: true } stated || scope.Accepted("returnsSoFar").Number < 1) return false;
        var counted = scope.State.ReturnsUntil(scope.Instant);
        return counted <= 2 && stated.Number < counted;
    }

    private static bool Before(ReadOnlySpan<CaseEvent> events, DateTimeOffset until) => events.Length > 0 && events[0].Time <= until;
}
