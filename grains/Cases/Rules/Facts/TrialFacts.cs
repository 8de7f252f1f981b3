using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules.Facts;

/// <summary>What happened in court.</summary>
internal static class TrialFacts
{
    private static readonly int Judgment = CaseState.OrdinalOf("judgment.received");
    private static readonly int Accepted = CaseState.OrdinalOf("court.accepted");
    private static readonly int Opened = CaseState.OrdinalOf("court.opened");
    private static readonly int Withdrawn = CaseState.OrdinalOf("prosecution.withdrawn");

    public static IEnumerable<KeyValuePair<string, Operand>> All { get; } = new Dictionary<string, Operand>
    {
        ["trial.judgedOn"] = (in Scope s) => FieldValue.OfDate(JudgedOn(s)),
        ["trial.withdrawn"] = (in Scope s) => FieldValue.Of(Any(s.State.Of(Withdrawn), DateTimeOffset.MinValue, s.Instant) || s.Accepted("afterWithdrawal").True),
        ["court.prosecutors"] = (in Scope s) => FieldValue.Of(s.Event is { } e ? e.Data.Objects("prosecutors").Count + e.Data.Texts("prosecutors").Count : 0),
        ["court.assistantsOnly"] = (in Scope s) => FieldValue.Of(AssistantsOnly(s)),
        ["suspect.sentenceMonths"] = (in Scope s) => SentenceMonths(s),
    };

    /// <summary>When the judgment that still stands was pronounced; a retrial after it begins anew.</summary>
    private static DateOnly? JudgedOn(in Scope scope)
    {
        CaseEvent? last = null;
        foreach (var e in scope.State.Of(Judgment))
        {
            // A ruling that allows the withdrawal comes with it.
            if (e.Data["kind"].Text == "judgment" && e.Time <= scope.Instant) last = e;
        }

        if (last is null) return null;
        return Any(scope.State.Of(Accepted), last.Time, scope.Instant) || Any(scope.State.Of(Opened), last.Time, scope.Instant)
            ? null
            : last.Data["judgedOn"].Date ?? LegalTime.DateOf(last.Time);
    }

    private static bool Any(ReadOnlySpan<CaseEvent> events, DateTimeOffset after, DateTimeOffset until)
    {
        foreach (var e in events)
        {
            if (e.Time > after && e.Time < until) return true;
        }

        return false;
    }

    private static bool AssistantsOnly(in Scope scope)
    {
        // A bare name says nothing of a role.
        if (scope.Event is not { } e || e.Data.Texts("prosecutors").Count > 0) return false;
        var named = e.Data.Objects("prosecutors");
        for (var i = 0; i < named.Count; i++)
        {
            if (named[i]["role"].Text is not { } role || !(role == "assistant" || role.Contains("助理", StringComparison.Ordinal))) return false;
        }

        return named.Count > 0;
    }

    /// <summary>Months of the last judgment for a suspect, 0 where exempted; absent where not told.</summary>
    private static FieldValue SentenceMonths(in Scope scope)
    {
        var found = default(FieldValue);
        if (scope.Suspect is null) return found;
        foreach (var e in scope.State.Of(Judgment))
        {
            if (e.Time > scope.Instant) break;
            if (e.Data["result"].Text == "exempted") found = FieldValue.Of(0d);
            var sentences = e.Data.Objects("sentences");
            for (var i = 0; i < sentences.Count; i++)
            {
                if (sentences[i]["suspect"].Text == scope.Suspect.Number && sentences[i]["months"] is { IsPresent: true } months) found = months;
            }
        }

        return found;
    }
}
