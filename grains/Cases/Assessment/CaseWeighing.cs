using Cluster.Cases.Assignment;
using Cluster.Cases.Rules;
using Cluster.Law;

namespace Cluster.Cases.Assessment;

/// <summary>Weighs a case by what its events tell.</summary>
internal static class CaseWeighing
{
    public static CaseWeight Weigh(CaseState state, string stage) => CaseWeight.Of(InputOf(state) with { Stage = stage });

    public static WeightInput InputOf(CaseState state)
    {
        if (state.Accepted is not { } accepted) return new WeightInput { CaseType = "" };
        var pleaded = 0;
        var refused = 0;
        var minors = false;
        var disabled = false;
        var foreign = false;
        var today = LegalTime.DateOf(state.Now);
        foreach (var suspect in state.Suspects)
        {
            if (Plea.SignedBy(state, suspect, state.Now) is not null || Plea.OnCard(state, suspect)) pleaded++;
            else if (Plea.Refused(state, suspect)) refused++;
            minors |= suspect.IsMinorOn(state.ReceivedOn ?? today);
            disabled |= suspect.Entry?["disability"].IsPresent ?? false;
            foreign |= suspect.Entry?["nationality"].Text is { } nation && nation is not ("中国" or "中华人民共和国" or "CN" or "CHN");
        }

        string? procedure = null;
        foreach (var decision in state.Of("decision.made")) procedure = decision.Data["procedure"].Text ?? procedure;
        var charges = accepted.Data.Objects("charges");
        var names = new string[charges.Count];
        for (var i = 0; i < names.Length; i++) names[i] = charges[i]["name"].Text ?? "";
        return new WeightInput
        {
            CaseType = state.CaseType,
            Procedure = procedure,
            FastTrack = accepted.Data["fastTrack"].True,
            Suspects = Math.Max(1, state.Suspects.Count),
            Charges = names,
            Facts = accepted.Data["facts"].Number,
            Volumes = accepted.Data["volumes"].Number,
            ExpectedTermMonths = accepted.Data["expectedTermMonths"] is { IsPresent: true } months ? months.Number : null,
            Pleading = pleaded == state.Suspects.Count && pleaded > 0 ? Pleading.All : pleaded > 0 ? Pleading.Partly : refused > 0 ? Pleading.None : Pleading.Unknown,
            Appraisals = state.Of("appraisal.started").Length + StepsOf(state, "expert-opinion-used"),
            Returns = state.ReturnsUntil(state.Now),
            PriorJudgments = (int)Math.Clamp(accepted.Data["priorJudgments"].Number, 0, 1_000),
            Jurisdiction = StepsOf(state, "jurisdiction-found") > 0,
            Protest = state.Of("protest.filed").Length > 0,
            Foreign = foreign,
            Minors = minors,
            Disabled = disabled,
        };
    }

    private static int StepsOf(CaseState state, string step)
    {
        var count = 0;
        foreach (var e in state.Of("step.recorded"))
        {
            if (e.Data["step"].Text == step) count++;
        }

        return count;
    }
}
