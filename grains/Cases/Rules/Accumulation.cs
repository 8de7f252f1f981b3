using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>累计计算: a measure that the same organ takes again goes on where it left off; the time between does not count.</summary>
internal static class Accumulation
{
    /// <summary>The instant the measure counts from, and the time in between.</summary>
    /// <param name="start">What told the beginning of this spell.</param>
    public static (DateTimeOffset From, IReadOnlyList<ExcludedSpan> Between) Of(SuspectState suspect, CaseEvent start, DateTimeOffset startAt)
    {
        var spans = suspect.Measures;
        var at = spans.Length - 1;
        while (at >= 0 && (spans[at].Event != start || spans[at].From != startAt)) at--;
        if (at < 0) return (startAt, []);
        var from = startAt;
        List<ExcludedSpan>? between = null;
        var resumed = startAt;
        for (var i = at - 1; i >= 0; i--)
        {
            if (!Same(spans[i], spans[at])) continue;
            var left = spans[i + 1].From;
            if (left < resumed) (between ??= []).Insert(0, new ExcludedSpan(LegalTime.DateOf(left), LegalTime.DateOf(resumed)));
            from = resumed = spans[i].From;
        }

        return (from, between is null ? [] : between);
    }

    /// <summary>The same measure of the same organ. Of organs nobody told only those this office told of itself agree.</summary>
    private static bool Same(in MeasureSpan one, in MeasureSpan other) =>
        Kind(one) == Kind(other) && one.Organ == other.Organ && (one.Organ is not null || (one.Event.Type == other.Event.Type && one.Event.Type == "measure.taken"));

    private static string Kind(in MeasureSpan span) => span.Kind == "designated-residential" ? "residential" : span.Kind;
}
