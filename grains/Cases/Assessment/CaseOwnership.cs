using Cluster.Cases.Events;

namespace Cluster.Cases.Assessment;

/// <summary>Whose a case is.</summary>
public static class CaseOwnership
{
    /// <summary>The source of the events that the system writes itself when it draws.</summary>
    public const string DrawSource = "/cluster/draw";

    /// <summary>The source of the events that the system writes when another case continues or extends this one.</summary>
    public const string LinkSource = "/cluster/link";

    /// <summary>The source of the events that the system writes when people of the office give a case to somebody else.</summary>
    public const string OfficeSource = "/cluster/office";

    /// <summary>Whether the system wrote the event itself.</summary>
    public static bool IsOwn(CaseEvent e) => e.Source.StartsWith("/cluster/", StringComparison.Ordinal);

    /// <summary>
    /// The handling prosecutor: the last one assigned. A draw gives way to an assignment the office reported itself,
    /// so that it does not matter which of the two arrived first. A draw of a department that the case does not belong to, by what is known of it now, counts for nothing: its
    /// own department draws.
    /// </summary>
    internal static string? Prosecutor(CaseState state)
    {
        CaseEvent? reported = null;
        CaseEvent? drawn = null;
        var department = state.Accepted?.Data["department"].Text;
        foreach (var e in state.Of("case.assigned"))
        {
            if (e.Source != DrawSource) reported = e;
            else if (string.IsNullOrWhiteSpace(department) || IsDrawnBy(department, e.Id)) drawn = e;
        }

        var last = reported ?? drawn;
        foreach (var e in state.Of("case.reassigned"))
        {
            if (last is null || e.Time >= last.Time) last = e;
        }

        return last?.Data["prosecutor"].Text;
    }

    /// <summary>Draws are named department/date/number.</summary>
    private static bool IsDrawnBy(string department, string draw) =>
        draw.StartsWith(department, StringComparison.Ordinal) && draw.AsSpan(department.Length) is ['/', .. var rest] && rest.Count('/') == 1;

    /// <summary>Prosecutors who must not handle the case any more: recused, or those it was taken from.</summary>
    internal static IEnumerable<string> Recused(CaseState state)
    {
        var recused = new List<string>();
        foreach (var e in state.Of("recusal.decided"))
        {
            if (e.Data["granted"].True && e.Data["prosecutor"].Text is { } who) recused.Add(who);
        }

        return recused;
    }
}
