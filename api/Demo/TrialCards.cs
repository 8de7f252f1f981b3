using System.Text.Json.Nodes;

namespace Cluster.Api.Demo;

/// <summary>Case cards (案卡) after the judgment.</summary>
internal static class TrialCards
{
    /// <summary>What a card says where the text does not tell.</summary>
    private const string NotTold = "未载明";

    public static void Judged(CasePlan plan, DateOnly received, CaseLine line)
    {
        foreach (var suspect in plan.Suspects)
            line.Add(received, Step.Judgment, "card.filled", suspect.Told is null ? Origin.Generated : Origin.Judgment, new JsonObject { ["suspect"] = suspect.Number, ["fields"] = Person(plan, suspect) });
        line.Add(received, Step.Judgment, "card.filled", Origin.Generated, new JsonObject
        {
            ["fields"] = new JsonObject { ["判决日期"] = plan.Row.Judged.Iso(), ["收到判决日期"] = received.Iso() },
        });
    }

    private static JsonObject Person(CasePlan plan, Suspect suspect)
    {
        var told = suspect.Told;
        var fields = new JsonObject { ["判决日期"] = plan.Row.Judged.Iso() };
        if (told?.Penalty == "无罪")
        {
            fields["判决结果"] = "无罪";
            return fields;
        }
        var convicted = told?.Convicted ?? [];
        fields["判决罪名"] = convicted.Length > 0 ? CardFields.Charges(convicted) : NotTold;
        fields["宣告刑"] = told?.Months is > 0 and var months ? months : told?.Penalty ?? NotTold;
        if (told?.ProbationMonths is > 0)
            fields["缓刑"] = "是";
        if (Change(suspect.Charges, convicted) is { } change && !plan.Dice.Happens(DemoOmissions.ChangedChargeNotMarked, "charge-change-unmarked", suspect.Index))
            fields["裁判改变起诉情形"] = change;
        return fields;
    }

    /// <summary>How a conviction departs from the indictment; null if it does not.</summary>
    private static string? Change(string[] charged, string[] convicted)
    {
        if (convicted.Length == 0 || convicted.ToHashSet().SetEquals(charged))
            return null;
        return convicted.All(charged.Contains) ? "减少罪名" : charged.All(convicted.Contains) ? "增加罪名" : "改变定性";
    }

    public static void NotProtested(DateOnly reviewed, CaseLine line)
        => line.Add(reviewed, Step.Effective, "card.filled", Origin.Generated, new JsonObject { ["fields"] = new JsonObject { ["抗诉"] = "否" } });

    public static void Effective(DateOnly noted, DateOnly effective, CaseLine line)
        => line.Add(noted, Step.Effective, "card.filled", Origin.Generated, new JsonObject
        {
            ["fields"] = new JsonObject { ["生效日期"] = effective.Iso(), ["上诉"] = "否", ["抗诉"] = "否" },
        });
}
