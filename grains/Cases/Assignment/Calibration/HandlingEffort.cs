using Cluster.Cases.Assessment;
using Cluster.Cases.Events;

namespace Cluster.Cases.Assignment.Calibration;

/// <summary>
/// The effort that a case took, from the instants of its events: the days from the first assignment (the acceptance, where none was reported) to the first decision
/// (the end of the case, where there was none), without those in which it was out of hand: returned for supplementary investigation, at a psychiatric appraisal,
/// suspended. What is waited for before the assignment and after the decision does not count. Days are what events tell; hours at a desk nobody records.
/// </summary>
public static class HandlingEffort
{
    // Decided on the spot: some hours all the same.
    private const double Least = 0.25;

    private static readonly (string From, string Until)[] OutOfHand =
        [("supplement.returned", "supplement.resubmitted"), ("appraisal.started", "appraisal.ended")];

    private static readonly (string From, string Until)[] OutOfHandSteps = [("custody-review-paused", "custody-review-resumed"), ("review-suspended", "review-resumed")];

    /// <summary>Null where the case was not handled to an end, or its dates make no sense.</summary>
    /// <param name="now">What happened later does not count.</param>
    public static EffortSample? Of(string caseId, CaseHistory history, DateTimeOffset now)
    {
        var counting = history.EventsAt(now);
        if (Until(counting) is not { } until || Assessor.Default.Assess(history, until) is not { CaseType.Length: > 0 } assessment) return null;
        var from = counting.FirstOrDefault(e => e.Type == "case.assigned")?.Time ?? counting.First(e => e.Type == "case.accepted").Time;
        if (from >= until) return null;
        var days = ((until - from) - Away(counting, from, until)).TotalDays;
        return new(caseId, assessment.WeightInput, Math.Max(Least, days));
    }

    private static DateTimeOffset? Until(IReadOnlyList<CaseEvent> events) =>
        (events.FirstOrDefault(e => e.Type == "decision.made") ?? events.FirstOrDefault(e => e.Type == "case.closed"))?.Time;

    /// <summary>Time in which the case was with somebody else; spans that overlap count once.</summary>
    private static TimeSpan Away(IReadOnlyList<CaseEvent> events, DateTimeOffset from, DateTimeOffset until)
    {
        var spans = new List<(DateTimeOffset From, DateTimeOffset Until)>();
        foreach (var (start, end) in OutOfHand) spans.AddRange(Spans(events, e => e.Type == start, e => e.Type == end, until));
        foreach (var (start, end) in OutOfHandSteps) spans.AddRange(Spans(events, e => IsStep(e, start), e => IsStep(e, end), until));
        var (away, reached) = (TimeSpan.Zero, from);
        foreach (var span in spans.OrderBy(s => s.From))
        {
            var (start, end) = (span.From > reached ? span.From : reached, span.Until < until ? span.Until : until);
            if (end <= start) continue;
            away += end - start;
            reached = end;
        }

        return away;
    }

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset Until)> Spans(IReadOnlyList<CaseEvent> events, Predicate<CaseEvent> starts, Predicate<CaseEvent> ends, DateTimeOffset until)
    {
        DateTimeOffset? since = null;
        foreach (var e in events)
        {
            if (starts(e)) since ??= e.Time;
            else if (since is { } start && ends(e))
            {
                yield return (start, e.Time);
                since = null;
            }
        }

        if (since is { } open) yield return (open, until);
    }

    private static bool IsStep(CaseEvent e, string step) => e.Type == "step.recorded" && e.Data["step"].Text == step;
}
