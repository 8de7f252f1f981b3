using Cluster.Cases.Assessment;

namespace Cluster.Grains.Cases;

/// <summary>Which level is graver.</summary>
internal static class Lights
{
    private static readonly string[] Rising = ["T", "V", "S", "W1", "W2", "W3", "L1", "L2", "L3"];

    /// <summary>The gravest level of what stands and people have not settled; null if there is nothing.</summary>
    public static string? Gravest(string caseId, CaseAssessment assessment, RecordedActs acts) => Gravest(assessment.Views.Where(view => IsOpen(caseId, view, acts)).Select(view => view.Level));

    public static string? Gravest(IEnumerable<string> levels)
    {
        var gravest = -1;
        foreach (var level in levels) gravest = Math.Max(gravest, Array.IndexOf(Rising, level));
        return gravest < 0 ? null : Rising[gravest];
    }

    // An id costs a hash, and about most cases nobody did anything.
    private static bool IsOpen(string caseId, FindingView view, RecordedActs acts) => view.ClearedAt is null
        && (acts.Count == 0 || !AlertStatus.IsSettled(AlertStatus.Of(acts.On(CaseJson.AlertId(caseId, view.Rule, view.Subject, view.Instance)), view.RaisedAt, view.ViolatedAt, null)));
}
