using Cluster.Cases.Assessment;
using Cluster.Cases.Events;

namespace Cluster.Cases.Rules.Facts;

/// <summary>When the review the event falls into is due.</summary>
internal static class ReviewFacts
{
    public static IEnumerable<KeyValuePair<string, Operand>> All { get; } = new Dictionary<string, Operand>
    {
        ["review.baseDueOn"] = (in Scope s) => FieldValue.OfDate(ReviewAt(s)?.BaseDue.DueOn),
        ["review.dueOn"] = (in Scope s) => FieldValue.OfDate(ReviewAt(s)?.Due.DueOn),
        ["arrestReview.plainDueOn"] = (in Scope s) => FieldValue.OfDate(PlainArrestReview(s)),
    };

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
