using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules.Facts;

/// <summary>What is known of the item of property at hand, for rules that look per item; and how far the case is.</summary>
internal static class PropertyFacts
{
    private static readonly int Decisions = CaseState.OrdinalOf("decision.made");
    private static readonly int Judgments = CaseState.OrdinalOf("judgment.received");
    private static readonly int Effective = CaseState.OrdinalOf("judgment.effective");
    private static readonly int Archived = CaseState.OrdinalOf("case.archived");

    public static IEnumerable<KeyValuePair<string, Operand>> All { get; } = new Dictionary<string, Operand>
    {
        ["item.kind"] = (in Scope s) => FieldValue.Of(PropertyEvents.Kind(Told(s, "kind").Text)),
        ["item.relation"] = (in Scope s) => OrAbsent(PropertyEvents.Relation(Told(s, "relation").Text)),
        ["item.manner"] = (in Scope s) => OrAbsent(s.Event is { } e && PropertyEvents.Tells(e) ? PropertyEvents.Manner(e) : null),
        ["item.approver"] = (in Scope s) => s.Event is { } e ? FieldValue.Of(PropertyEvents.Approver(e, CaseOwnership.Prosecutor(s.State))) : default,
        ["item.counted"] = (in Scope s) => s.Event is { } e ? FieldValue.Of(!Differ(e.Data["listed"], e.Data["counted"])) : default,
        ["item.stockAgrees"] = (in Scope s) => s.Event is { } e ? FieldValue.Of(StockAgrees(e)) : default,
        ["item.held"] = (in Scope s) => FieldValue.Of(Held(s)),
        ["item.seizedHere"] = (in Scope s) => FieldValue.Of(SeizedHere(s)),
        ["item.seizedOn"] = (in Scope s) => SeizedOn(s),
        ["item.frozenTwice"] = (in Scope s) => FieldValue.Of(FrozenTwice(s)),
        ["case.allNotProsecuted"] = (in Scope s) => FieldValue.Of(AllNotProsecuted(s)),
        ["case.procedureEnded"] = (in Scope s) => FieldValue.Of(Ended(s)),
    };

    private static FieldValue OrAbsent(string? text) => text is null ? default : FieldValue.Of(text);

    /// <summary>A field as last told by a property event up to the instant looked at.</summary>
    private static FieldValue Told(in Scope scope, string field)
    {
        FieldValue told = default;
        foreach (var e in scope.State.Events)
        {
            if (e.Time > scope.Instant) break;
            if (PropertyEvents.Tells(e) && e.Data[field] is { IsPresent: true } value) told = value;
        }

        return told;
    }

    /// <summary>Received and not gone for good.</summary>
    private static bool Held(in Scope scope)
    {
        var held = false;
        foreach (var e in scope.State.Events)
        {
            if (e.Time > scope.Instant) break;
            if (PropertyEvents.Tells(e)) held = !PropertyEvents.Leaves(e);
        }

        return held;
    }

    private static bool Differ(FieldValue listed, FieldValue counted)
    {
        if (!listed.IsPresent || !counted.IsPresent) return false;
        var (one, other) = (PredicateReader.NumberOf(listed), PredicateReader.NumberOf(counted));
        return double.IsNaN(one) || double.IsNaN(other) ? listed.AsText().Trim() != counted.AsText().Trim() : one != other;
    }

    /// <summary>A stock-take told as two counts, or as a result: true, 0 or 相符 where book and store agree.</summary>
    private static bool StockAgrees(CaseEvent e)
    {
        if (e.Type != "step.recorded") return !Differ(e.Data["listed"], e.Data["counted"]);
        var result = e.Data["result"];
        return result.Kind switch
        {
            FieldKind.Bool => result.True,
            FieldKind.Number => result.Number == 0,
            FieldKind.Text => !(result.Text!.Contains("不符", StringComparison.Ordinal) || result.Text.Contains("差", StringComparison.Ordinal)
                || result.Text.Contains("differ", StringComparison.OrdinalIgnoreCase) || result.Text.Contains("mismatch", StringComparison.OrdinalIgnoreCase)),
            _ => true,
        };
    }

    /// <summary>Seized by this office itself: in an own case, unless it came with papers of another office. Elsewhere 扣押 tells of what the police did.</summary>
    private static bool SeizedHere(in Scope scope) =>
        scope.State.CaseType == "OWN" && Received(scope) is { } received && PropertyEvents.Manner(received) is null or "seized";

    private static FieldValue SeizedOn(in Scope scope)
    {
        if (Told(scope, "seizedOn") is { IsPresent: true } told) return told;
        return Received(scope) is { } received && SeizedHere(scope) ? FieldValue.Of(LegalTime.DateOf(received.Time)) : default;
    }

    private static CaseEvent? Received(in Scope scope)
    {
        foreach (var e in scope.State.Events)
        {
            if (e.Time > scope.Instant) break;
            if (e.Type == "property.received") return e;
        }

        return null;
    }

    /// <summary>The freeze at hand is laid on an account that is frozen already: under this item, or as another item of the case with the same account.</summary>
    private static bool FrozenTwice(in Scope scope)
    {
        if (scope.Event is not { } freeze || freeze.Data["item"].Text is not { } item) return false;
        var account = Told(scope, "account").Text;
        var day = LegalTime.DateOf(freeze.Time);
        var active = new Dictionary<string, DateOnly?>(StringComparer.Ordinal);
        foreach (var e in (scope.State.Whole ?? scope.State).Events)
        {
            if (e == freeze) break;
            if (!PropertyEvents.Tells(e) || e.Data["item"].Text is not { } other) continue;
            if (PropertyEvents.Leaves(e) || PropertyEvents.Manner(e) is "released") active.Remove(other);
            else if (PropertyEvents.Manner(e) is "frozen" or "freeze-renewed" && (other == item || (account is not null && e.Data["account"].Text == account)))
            {
                active[other] = e.Data["until"].Date;
            }
        }

        foreach (var (other, until) in active)
        {
            if (until < day) continue;
            // A later last day for the same item renews the freeze.
            if (other == item && freeze.Data["until"].Date is { } next && !(until >= next)) continue;
            return true;
        }

        return false;
    }

    /// <summary>No suspect is, or may still be, prosecuted: the last decision on each is not to, and not on condition.</summary>
    private static bool AllNotProsecuted(in Scope scope)
    {
        if (scope.State.Suspects.Count == 0) return false;
        foreach (var suspect in scope.State.Suspects)
        {
            string? last = null;
            foreach (var e in scope.State.Of(Decisions))
            {
                if (e.Time > scope.Instant) break;
                if (Trigger.Concerns(e, suspect)) last = e.Data["kind"].Text;
            }

            if (last is null or "np-conditional" || !last.StartsWith("np-", StringComparison.Ordinal)) return false;
        }

        return true;
    }

    /// <summary>Judged for good, not prosecuted, dropped or archived. A judgment that nobody reported as effective counts ten days after it came (CPL 230).</summary>
    private static bool Ended(in Scope scope)
    {
        if (AllNotProsecuted(scope)) return true;
        var at = scope.Instant;
        var state = scope.State;
        if (Any(state.Of(Effective), at) || Any(state.Of(Archived), at) || Any(state.Of(Judgments), at.AddDays(-10))) return true;
        foreach (var e in state.Of(Decisions))
        {
            if (e.Time <= at && e.Data["kind"].Text is "terminate" or "withdrawn-by-police") return true;
        }

        return false;
    }

    private static bool Any(ReadOnlySpan<CaseEvent> events, DateTimeOffset until) => events.Length > 0 && events[0].Time <= until;
}
