using Cluster.Cases.Assessment;
using Cluster.Cases.Events;

namespace Cluster.Cases.Rules.Facts;

/// <summary>Custody and what the other coercive measures are like.</summary>
internal static class CustodyFacts
{
    public static IEnumerable<KeyValuePair<string, Operand>> All { get; } = new Dictionary<string, Operand>
    {
        ["custody.endsOn"] = (in Scope s) => FieldValue.OfDate(s.Suspect is { } who ? InvestigativeCustody.EndsOn(s.State, who) : null),
        ["custody.extension"] = (in Scope s) => s.Suspect is { } who && s.Event is { } e && InvestigativeCustody.Extension(s.State, who, e) is { } number ? FieldValue.Of(number) : default,
        ["custody.approvedAbove"] = (in Scope s) => ApprovedAbove(s),
        ["case.level"] = (in Scope s) => UnitLevel.OfCode(s.Accepted("procuratorate").Text) is { } level ? FieldValue.Of(level) : default,
        ["suspect.expectedTermMonths"] = (in Scope s) => s.Suspect is { } who && ExpectedTerm.Of(s.State, who, s.Instant) is { } months ? FieldValue.Of(months) : default,
        ["suspect.measureBefore"] = (in Scope s) => Before(s) is { } span ? FieldValue.Of(span.Kind) : default,
        ["suspect.measureOrgan"] = (in Scope s) => s.Suspect?.MeasureAt(s.Instant)?.Organ is { } organ ? FieldValue.Of(organ) : default,
        ["suspect.ownMeasure"] = (in Scope s) => FieldValue.Of(s.Suspect?.MeasureAt(s.Instant) is { } span && IsOwn(span)),
        ["suspect.entryPlace"] = (in Scope s) => s.Suspect?.Entry?["measure.place"] ?? default,
        ["suspect.entryMeasureFrom"] = (in Scope s) => s.Suspect?.Entry?["measure.from"] ?? default,
        ["suspect.peopleDeputy"] = (in Scope s) => s.Suspect?.Entry?["peopleDeputy"] ?? default,
        ["suspect.publicOfficial"] = (in Scope s) => s.Suspect?.Entry?["publicOfficial"] ?? default,
        ["suspect.stateSecurity"] = (in Scope s) => FieldValue.Of(s.Suspect is { } who && StateSecurity.Charged(s.State, who)),
        ["bail.endsOn"] = (in Scope s) => FieldValue.OfDate(LastClock(s, "T-A21")?.Due.ComputedOn),
        ["review.endsOn"] = (in Scope s) => FieldValue.OfDate((LastClock(s, "T-B05") ?? LastClock(s, "T-B06"))?.Due.ComputedOn),
    };

    /// <summary>Decided by the procuratorate: its name says so, or it told of the measure without naming another organ.</summary>
    private static bool IsOwn(in MeasureSpan span) => span.Organ is { } organ
        ? organ.Contains("检察", StringComparison.Ordinal) || organ.Contains("本院", StringComparison.Ordinal)
        : span.Event.Type == "measure.taken";

    /// <summary>The measure that the one told by the event took the place of.</summary>
    private static MeasureSpan? Before(in Scope scope)
    {
        if (scope.Suspect is null) return null;
        var spans = scope.Suspect.Measures;
        for (var i = spans.Length - 1; i > 0; i--)
        {
            if (spans[i].Event == scope.Event) return spans[i - 1];
        }

        return null;
    }

    private static FieldValue ApprovedAbove(in Scope scope)
    {
        if (UnitLevel.Rank(scope.Event?.Data["approvedLevel"].Text) is not { } approved) return default;
        return UnitLevel.Rank(UnitLevel.OfCode(scope.Accepted("procuratorate").Text)) is { } own ? FieldValue.Of(approved > own) : default;
    }

    private static ClockInstance? LastClock(in Scope scope, string limit)
    {
        var clocks = scope.State.Clocks;
        for (var i = clocks.Count - 1; i >= 0; i--)
        {
            if (clocks[i].Binding.Id == limit && (clocks[i].Suspect is null || clocks[i].Suspect == scope.Suspect)) return clocks[i];
        }

        return null;
    }
}
