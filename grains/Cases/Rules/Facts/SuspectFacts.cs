using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules.Facts;

/// <summary>What is known of the suspect at hand.</summary>
internal static class SuspectFacts
{
    public static IEnumerable<KeyValuePair<string, Operand>> All { get; } = new Dictionary<string, Operand>
    {
        ["suspect.number"] = (in Scope s) => s.Suspect is { } who ? FieldValue.Of(who.Number) : default,
        ["suspect.unit"] = (in Scope s) => FieldValue.Of(s.Suspect?.IsUnit ?? false),
        ["suspect.nationality"] = (in Scope s) => s.Suspect?.Entry?["nationality"] ?? default,
        ["suspect.disability"] = (in Scope s) => s.Suspect?.Entry?["disability"] ?? default,
        ["suspect.entryMeasure"] = (in Scope s) => s.Suspect?.Entry?["measure.kind"] ?? default,
        ["suspect.entryDetentionDays"] = (in Scope s) => DetentionDays(s),
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
    };

    /// <summary>How long the detention the suspect came with was to last, where its last day was told.</summary>
    private static FieldValue DetentionDays(in Scope scope) =>
        scope.Suspect?.Entry is { } entry && entry["measure.kind"].Text == "detention" && entry["measure.from"].Date is { } from && entry["measure.until"].Date is { } until
            ? FieldValue.Of(until.DayNumber - from.DayNumber)
            : default;

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
}
