using Cluster.Cases.Events;

namespace Cluster.Cases.Rules.Facts;

/// <summary>What the case itself says.</summary>
internal static class CaseFacts
{
    public static IEnumerable<KeyValuePair<string, Operand>> All { get; } = new Dictionary<string, Operand>
    {
        ["case.type"] = (in Scope s) => FieldValue.Of(s.State.CaseType),
        ["case.receivedOn"] = (in Scope s) => FieldValue.OfDate(s.State.ReceivedOn),
        ["case.registeredOn"] = (in Scope s) => s.Accepted("registeredOn"),
        ["case.sentBy"] = (in Scope s) => s.Accepted("sentBy.kind"),
        ["case.complex"] = (in Scope s) => s.Accepted("complex"),
        ["case.fastTrack"] = (in Scope s) => s.Accepted("fastTrack"),
        ["case.expectedTermMonths"] = (in Scope s) => s.Accepted("expectedTermMonths"),
        ["case.victims"] = (in Scope s) => s.Accepted("victims"),
        ["case.custody"] = (in Scope s) => FieldValue.Of(s.State.InCustodyAt(s.Instant)),
        ["case.returns"] = (in Scope s) => FieldValue.Of(s.State.ReturnsUntil(s.Instant)),
    };
}
