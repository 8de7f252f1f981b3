using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules.Facts;

/// <summary>When the event happened and was entered.</summary>
internal static class EventFacts
{
    public static IEnumerable<KeyValuePair<string, Operand>> All { get; } = new Dictionary<string, Operand>
    {
        ["event.type"] = (in Scope s) => s.Event is { } e ? FieldValue.Of(e.Type) : default,
        ["event.date"] = (in Scope s) => FieldValue.OfDate(s.Event is { } e ? LegalTime.DateOf(e.Time) : null),
        ["event.recordedOn"] = (in Scope s) => FieldValue.OfDate(s.Event is { } e ? LegalTime.DateOf(e.RecordedTime) : null),
    };
}
