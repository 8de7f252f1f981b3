using System.Collections.Frozen;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>The facts a predicate may name besides the fields of its event.</summary>
internal static class CaseFields
{
    private static readonly FrozenDictionary<string, Operand> Facts = new Dictionary<string, Operand>
    {
        ["case.type"] = (in Scope s) => FieldValue.Of(s.State.CaseType),
        ["case.receivedOn"] = (in Scope s) => OfDate(s.State.ReceivedOn),
        ["case.registeredOn"] = (in Scope s) => Accepted(s, "registeredOn"),
        ["case.sentBy"] = (in Scope s) => Accepted(s, "sentBy.kind"),
        ["case.complex"] = (in Scope s) => Accepted(s, "complex"),
        ["case.fastTrack"] = (in Scope s) => Accepted(s, "fastTrack"),
        ["case.expectedTermMonths"] = (in Scope s) => Accepted(s, "expectedTermMonths"),
        ["case.victims"] = (in Scope s) => Accepted(s, "victims"),
        ["case.custody"] = (in Scope s) => FieldValue.Of(s.State.InCustodyAt(s.Instant)),
        ["case.returns"] = (in Scope s) => FieldValue.Of(s.State.ReturnsUntil(s.Instant)),
        ["suspect.number"] = (in Scope s) => s.Suspect is { } who ? FieldValue.Of(who.Number) : default,
        ["suspect.unit"] = (in Scope s) => FieldValue.Of(s.Suspect?.IsUnit ?? false),
        ["suspect.nationality"] = (in Scope s) => s.Suspect?.Entry?["nationality"] ?? default,
        ["suspect.disability"] = (in Scope s) => s.Suspect?.Entry?["disability"] ?? default,
        ["suspect.entryMeasure"] = (in Scope s) => s.Suspect?.Entry?["measure.kind"] ?? default,
        ["suspect.entryOrgan"] = (in Scope s) => s.Suspect?.Entry?["measure.organ"] ?? default,
        ["suspect.minor"] = (in Scope s) => FieldValue.Of(s.Suspect?.IsMinorOn(LegalTime.DateOf(s.Instant)) ?? false),
        ["suspect.defended"] = (in Scope s) => FieldValue.Of(s.Suspect?.DefendedFrom <= s.Instant),
        ["suspect.measure"] = (in Scope s) => s.Suspect?.MeasureAt(s.Instant) is { } span ? FieldValue.Of(span.Kind) : default,
        ["suspect.custody"] = (in Scope s) => FieldValue.Of(s.Suspect?.InCustodyAt(s.Instant) ?? false),
        ["suspect.pleaded"] = (in Scope s) => FieldValue.Of(Plea.SignedBy(s.State, s.Suspect, s.Instant) is not null || Plea.OnCard(s.State, s.Suspect)),
        ["suspect.pleaSigned"] = (in Scope s) => FieldValue.Of(Plea.SignedBy(s.State, s.Suspect, s.Instant) is not null),
        ["suspect.sentenceProposed"] = (in Scope s) => FieldValue.Of(Plea.SignedBy(s.State, s.Suspect, s.Instant) is { } plea
            && (plea.Data["sentenceProposal.kind"].IsPresent || plea.Data["sentenceProposal.toMonths"].IsPresent || plea.Data["sentenceProposal.fromMonths"].IsPresent)),
        ["suspect.notProsecuted"] = (in Scope s) => FieldValue.Of(NotProsecuted(s)),
        ["event.date"] = (in Scope s) => OfDate(s.Event is { } e ? LegalTime.DateOf(e.Time) : null),
        ["event.recordedOn"] = (in Scope s) => OfDate(s.Event is { } e ? LegalTime.DateOf(e.RecordedTime) : null),
        ["review.baseDueOn"] = (in Scope s) => OfDate(ReviewAt(s)?.BaseDue.DueOn),
        ["review.dueOn"] = (in Scope s) => OfDate(ReviewAt(s)?.Due.DueOn),
        ["arrestReview.plainDueOn"] = (in Scope s) => OfDate(PlainArrestReview(s)),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>How to read a field: a fact, a field of the card (<c>card.</c> of the suspect at hand, <c>whole.</c> of the whole case), or of the event.</summary>
    public static Operand? Resolve(string name)
    {
        if (Facts.TryGetValue(name, out var fact)) return fact;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var prefix = dot < 0 ? "" : name[..dot];
        var rest = name[(dot + 1)..];
        switch (prefix)
        {
            case "case" or "suspect" or "event" or "review" or "arrestReview":
                return null;
            case "card":
                var own = string.Intern("fields." + rest);
                return (in Scope s) => s.Cards.Value(s.Suspect?.Number, own);
            case "whole":
                var whole = string.Intern("fields." + rest);
                return (in Scope s) => s.Cards.Value(null, whole);
            default:
                var key = string.Intern(name);
                return (in Scope s) => s.Event?.Data[key] ?? default;
        }
    }

    private static bool NotProsecuted(in Scope scope)
    {
        if (scope.Suspect is null) return false;
        foreach (var e in scope.State.Of("decision.made"))
        {
            if (e.Time > scope.Instant) break;
            if (Trigger.Concerns(e, scope.Suspect) && e.Data["kind"].Text is { } kind && kind.StartsWith("np-", StringComparison.Ordinal) && kind != "np-conditional") return true;
        }

        return false;
    }

    private static FieldValue Accepted(in Scope scope, string field) => scope.State.Accepted?.Data[field] ?? default;

    private static FieldValue OfDate(DateOnly? date) => date is { } d ? FieldValue.Of(d) : default;

    /// <summary>The round of review for prosecution an event falls into: the last one begun not later.</summary>
    private static ClockInstance? ReviewAt(in Scope scope)
    {
        ClockInstance? found = null;
        foreach (var clock in scope.State.Clocks)
        {
            if (clock.Binding.Id is "T-B05" or "T-B06" && clock.Start <= scope.Instant) found = clock;
        }

        return found;
    }

    private static DateOnly? PlainArrestReview(in Scope scope) => scope.State.ReceivedOn is { } received
        ? scope.Calendar.RollForward(received.AddDays(15))
        : null;
}
