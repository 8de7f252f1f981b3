
namespace Cluster.Cases.Assessment;

/// <summary>The state machines of domain.md 1.3.</summary>
internal static class Stages
{
    public static string Of(CaseState state)
    {
        if (state.Accepted is null) return "unaccepted";
        if (state.Of("case.archived").Length > 0) return "ARCHIVE";
        return state.CaseType switch
        {
            "PRO" or "PRO-M" => Review(state),
            "ARR" or "ARR-D" or "ARR-S" => Arrest(state),
            _ => Plain(state),
        };
    }

    /// <summary>A case burdens its prosecutor until it is closed, moved away, or decided for good.</summary>
    public static bool IsOpen(CaseState state, string stage)
    {
        if (state.Accepted is null || state.Of("case.closed").Length > 0 || state.Of("case.archived").Length > 0) return false;
        return stage is not ("TRANSFERRED" or "NOT_PROSECUTED" or "EFFECTIVE" or "WITHDRAWN_BY_POLICE" or "MERGED" or "DECIDE" or "DOC_ISSUE" or "EXEC_REPLY");
    }

    private static string Arrest(CaseState state)
    {
        if (state.Of("execution.replied").Length > 0 && AllDecided(state)) return "EXEC_REPLY";
        if (AllDecided(state)) return "DECIDE";
        if (state.Of("jurisdiction.transferred").Length > 0) return "TRANSFERRED";
        if (state.Of("suspect.interrogated").Length > 0) return "INTERROG";
        return Plain(state);
    }

    private static string Plain(CaseState state)
    {
        if (AllDecided(state)) return "DECIDE";
        return state.Of("case.assigned").Length > 0 || state.Of("case.reassigned").Length > 0 ? "ASSIGN" : "REG";
    }

    private static string Review(CaseState state)
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
