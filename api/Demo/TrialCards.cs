using System.Text.Json.Nodes;

namespace Cluster.Api.Demo;

/// <summary>Case cards (案卡) after the judgment.</summary>
internal static class TrialCards
{
    public static void Judged(CasePlan plan, DateOnly received, CaseLine line)
    {
        foreach (var suspect in plan.Suspects)
        {
            if (suspect.Told is not { } told)
                continue;
            var fields = new JsonObject { ["判决日期"] = plan.Row.Judged.Iso() };
            if (told.Convicted.Length > 0)
                fields["判决罪名"] = CardFields.Charges(told.Convicted);
            if (told.Months is > 0 and var months)
                fields["宣告刑"] = months;
            else if (told.Penalty is { } penalty)
                fields["宣告刑"] = penalty;
            if (told.ProbationMonths is > 0)
                fields["缓刑"] = "是";
            line.Add(received, Step.Judgment, "card.filled", Origin.Judgment, new JsonObject { ["suspect"] = suspect.Number, ["fields"] = fields });
        }
        line.Add(received, Step.Judgment, "card.filled", Origin.Generated, new JsonObject
        {
            ["fields"] = new JsonObject { ["判决日期"] = plan.Row.Judged.Iso(), ["收到判决日期"] = received.Iso() },
        });
    }

    public static void Effective(DateOnly effective, CaseLine line)
        => line.Add(effective, Step.Effective, "card.filled", Origin.Generated, new JsonObject
        {
            ["fields"] = new JsonObject { ["生效日期"] = effective.Iso(), ["上诉"] = "否", ["抗诉"] = "否" },
        });
}
