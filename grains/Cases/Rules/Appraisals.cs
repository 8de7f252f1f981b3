using Cluster.Cases.Assessment;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>精神病鉴定: the only expert opinion whose time is left out of a handling limit (CPL 149).</summary>
internal static class Appraisals
{
    /// <summary>The spans left out for a suspect. For the whole case only what every suspect has left out: the case expires at its earliest member.</summary>
    public static IReadOnlyList<ExcludedSpan> Excluded(CaseState state, SuspectState? suspect)
    {
        if (state.Of("appraisal.started").Length == 0) return [];
        if (suspect is not null) return Of(state, suspect);
        List<ExcludedSpan>? common = null;
        foreach (var one in state.Suspects)
        {
            var own = Of(state, one);
            common = common is null ? own : Intersect(common, own);
        }

        return common ?? [];
    }

    /// <summary>Whether an appraisal still runs, so that due dates move with every day.</summary>
    public static bool Running(CaseState state) => state.Of("appraisal.started").Length > state.Of("appraisal.ended").Length;

    private static List<ExcludedSpan> Of(CaseState state, SuspectState suspect)
    {
        var spans = new List<ExcludedSpan>();
        foreach (var start in state.Of("appraisal.started"))
        {
            if (start.Data["suspect"].Text != suspect.Number) continue;
            var from = LegalTime.DateOf(start.Time);
            var until = LegalTime.DateOf(state.Now);
            foreach (var end in state.Of("appraisal.ended"))
            {
                if (end.Time < start.Time || end.Data["suspect"].Text != suspect.Number) continue;
                until = LegalTime.DateOf(end.Time);
                break;
            }

            spans.Add(new ExcludedSpan(from, until));
        }

        return spans;
    }

    private static List<ExcludedSpan> Intersect(List<ExcludedSpan> left, List<ExcludedSpan> right)
    {
        var both = new List<ExcludedSpan>();
        foreach (var a in left)
        {
            foreach (var b in right)
            {
                var from = a.From > b.From ? a.From : b.From;
                var until = a.Until < b.Until ? a.Until : b.Until;
                if (from < until) both.Add(new ExcludedSpan(from, until));
            }
        }

        return both;
    }
}
