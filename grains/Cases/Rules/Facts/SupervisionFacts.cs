using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules.Facts;

/// <summary>What a petition is about, and what went before a public-interest suit.</summary>
internal static class SupervisionFacts
{
    private static readonly int Step = CaseState.OrdinalOf("step.recorded");
    private static readonly int Issued = CaseState.OrdinalOf("document.issued");

    public static IEnumerable<KeyValuePair<string, Operand>> All { get; } = new Dictionary<string, Operand>
    {
        ["petition.about"] = (in Scope s) => s.Accepted("petition"),
        ["notice.publishedOn"] = (in Scope s) => FieldValue.OfDate(PublishedOn(s)),
    };

    /// <summary>诉前公告: the last one published before the event at hand; null if none is known.</summary>
    private static DateOnly? PublishedOn(in Scope scope)
    {
        DateOnly? last = null;
        foreach (var e in scope.State.Of(Step))
        {
            if (e.Time <= scope.Instant && e.Data["step"].Text == "pre-suit-notice") last = Later(last, LegalTime.DateOf(CaseState.InstantOf(e, "on")));
        }

        foreach (var e in scope.State.Of(Issued))
        {
            if (e.Time <= scope.Instant && e.Data["doc.code"].Text is { } code && code.Contains("公告", StringComparison.Ordinal)) last = Later(last, LegalTime.DateOf(e.Time));
        }

        return last;
    }

    private static DateOnly Later(DateOnly? one, DateOnly other) => one > other ? one.Value : other;
}
