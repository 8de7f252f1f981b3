using Cluster.Cases.Assessment;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>先行拘留 after 留置: the days until the procuratorate decides on a measure do not count into the review (CPL 170, R 143).</summary>
internal static class PriorDetention
{
    /// <summary>Ten days, in special cases four more; what is decided later still cost the review no more than these.</summary>
    private const int MostDays = 14;

    /// <summary>The spans left out for a suspect. For the whole case what all who came in retention have left out: it expires at its earliest member.</summary>
    public static IReadOnlyList<ExcludedSpan> Excluded(CaseState state, SuspectState? suspect)
    {
        if (suspect is not null) return Of(state, suspect) is { } own ? [own] : [];
        ExcludedSpan? common = null;
        foreach (var one in state.Suspects)
        {
            if (Of(state, one) is not { } span) continue;
            common = common is not { } so
                ? span
                : new ExcludedSpan(so.From > span.From ? so.From : span.From, so.Until < span.Until ? so.Until : span.Until);
        }

        return common is { } all && all.From < all.Until ? [all] : [];
    }

    /// <summary>Whether somebody's measure is still undecided, so that due dates move with every day.</summary>
    public static bool Running(CaseState state)
    {
        var today = LegalTime.DateOf(state.Now);
        foreach (var one in state.Suspects)
        {
            if (Of(state, one) is { } span && span.Until == today) return true;
        }

        return false;
    }

    private static ExcludedSpan? Of(CaseState state, SuspectState suspect)
    {
        for (var i = 1; i < suspect.Measures.Length; i++)
        {
            var detained = suspect.Measures[i];
            if (detained.Kind != "detention" || suspect.Measures[i - 1].Kind != "retention" || detained.From > state.Now) continue;
            var from = LegalTime.DateOf(detained.From);
            var until = LegalTime.DateOf(state.Now);
            if (until > from.AddDays(MostDays)) until = from.AddDays(MostDays);
            if (Decided(state, suspect, i) is { } decided && decided < until) until = decided;
            return new ExcludedSpan(from, until);
        }

        return null;
    }

    private static DateOnly? Decided(CaseState state, SuspectState suspect, int detention)
    {
        var from = suspect.Measures[detention].From;
        DateTimeOffset? decided = null;
        for (var i = detention + 1; i < suspect.Measures.Length && decided is null; i++)
        {
            if (suspect.Measures[i].Kind != "detention") decided = suspect.Measures[i].From;
        }

        foreach (var e in state.Of("decision.made"))
        {
            if (e.Time < from || e.Time >= decided || e.Data["kind"].Text is not ("arrest" or "no-arrest") || !Trigger.Concerns(e, suspect)) continue;
            decided = e.Time;
            break;
        }

        return decided is { } at ? LegalTime.DateOf(at) : null;
    }
}
