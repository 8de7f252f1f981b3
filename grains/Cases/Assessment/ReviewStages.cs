namespace Cluster.Cases.Assessment;

/// <summary>
/// Review for prosecution (domain.md 1.3). It goes back and forth between review and return, follows its furthest suspect,
/// and depends on clocks, so it is written out here; which of its states end the case stands with the other machines.
/// </summary>
internal static class ReviewStages
{
    public static string Of(CaseState state)
    {
        if (state.Of("judgment.effective").Length > 0) return "EFFECTIVE";
        if (state.Of("protest.filed").Length > 0) return "PROTESTED";
        if (state.Of("judgment.received").Length > 0) return "JUDG_REVIEW";
        if (AllDecided(state) && Decided(state) is { } decided) return decided;
        if (state.Of("jurisdiction.transferred").Length > 0) return "TRANSFERRED";
        var returned = state.Of("supplement.returned");
        if (returned.Length > 0)
        {
            var last = returned[^1];
            var back = state.Of("supplement.resubmitted");
            if (back.Length == 0 || back[^1].Time < last.Time)
            {
                foreach (var clock in state.Clocks)
                {
                    if (clock.Binding.Id == "T-B09" && clock.Trigger == last && clock.Due.ExpiresAt <= state.Now) return "RETURN_OVERDUE";
                }

                return state.ReturnsUntil(last.Time) >= 2 ? "RETURNED_2" : "RETURNED_1";
            }
        }

        foreach (var clock in state.Clocks)
        {
            if (clock.Binding.Id == "T-B05" && clock.Extensions.Length > 0 && clock.RunsAt(state.Now)) return "UNDER_REVIEW_EXT";
        }

        return "UNDER_REVIEW";
    }

    /// <summary>When what may end a review happened last.</summary>
    public static DateTimeOffset? EndedAt(CaseState state)
    {
        if (state.Of("judgment.effective") is [.., var effective]) return effective.Time;
        DateTimeOffset? last = null;
        foreach (var type in (ReadOnlySpan<string>)["decision.made", "prosecution.withdrawn", "jurisdiction.transferred"])
        {
            if (state.Of(type) is [.., var e] && !(e.Time <= last)) last = e.Time;
        }

        return last;
    }

    private static string? Decided(CaseState state)
    {
        string? stage = null;
        foreach (var e in state.Of("decision.made"))
        {
            var next = e.Data["kind"].Text switch
            {
                "prosecute" or "prosecute-after-probation" => "PROSECUTED",
                "np-conditional" => "PROBATION",
                "transfer" => "TRANSFERRED",
                "merge" => "MERGED",
                "withdrawn-by-police" => "WITHDRAWN_BY_POLICE",
                { } kind when kind.StartsWith("np-", StringComparison.Ordinal) => "NOT_PROSECUTED",
                _ => stage,
            };

            // With mixed results the case is still where its furthest suspect is: on trial before on probation before ended.
            if (stage is null || Rank(next) >= Rank(stage)) stage = next;
        }

        if (stage == "PROSECUTED")
        {
            var withdrawn = state.Of("prosecution.withdrawn");
            if (withdrawn.Length > 0)
            {
                foreach (var e in state.Of("decision.made"))
                {
                    if (e.Time > withdrawn[^1].Time && e.Data["kind"].Text is { } kind && kind.StartsWith("np-", StringComparison.Ordinal)) return "NOT_PROSECUTED";
                }

                return "WITHDRAWN";
            }
        }

        if (stage == "PROBATION")
        {
            foreach (var e in state.Of("decision.made"))
            {
                if (e.Data["kind"].Text == "np-after-probation") return "NOT_PROSECUTED";
            }
        }

        return stage;
    }

    private static int Rank(string? stage) => stage switch
    {
        "PROSECUTED" => 3,
        "PROBATION" => 2,
        null => 0,
        _ => 1,
    };

    private static bool AllDecided(CaseState state)
    {
        var decisions = state.Of("decision.made");
        if (decisions.Length == 0) return false;
        foreach (var suspect in state.Suspects)
        {
            var decided = false;
            foreach (var e in decisions) decided |= Rules.Trigger.Concerns(e, suspect);
            if (!decided) return false;
        }

        return true;
    }
}
