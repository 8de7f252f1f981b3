using System.Text.Json.Nodes;

namespace Cluster.Api.Demo;

/// <summary>Card fields that every card of a case shares.</summary>
internal static class CardFields
{
    /// <param name="stage">Which of the cases of the timeline the card belongs to.</param>
    public static JsonObject Person(CasePlan plan, Suspect suspect, string stage)
    {
        var fields = new JsonObject
        {
            ["移送案由"] = Charges(suspect.Charges),
            ["是否为单位"] = suspect.IsUnit ? "是" : "否",
        };
        if (!suspect.IsUnit)
        {
            fields["国籍"] = "中国";
            fields["未成年人犯罪"] = plan.Minor ? "是" : "否";
        }
        AddAskedFor(plan, suspect.Charges, stage, fields);
        return fields;
    }

    public static JsonObject Whole(CasePlan plan, IReadOnlyCollection<string> charges, string stage)
    {
        var fields = new JsonObject
        {
            ["移送案由"] = Charges(charges),
            ["移送单位"] = Intake.SenderName(plan),
            ["卷宗册数"] = plan.Volumes,
            ["被害人情况"] = plan.HasVictims ? "有" : "无",
            ["案件造成伤亡情况"] = DemoCharges.HasInjury(charges) ? Injury(charges) : "无",
            ["是否涉及追赃挽损"] = DemoCharges.HasLoss(charges) ? "是" : "否",
        };
        AddAskedFor(plan, charges, stage, fields);
        return fields;
    }

    /// <summary>What some charges ask the card to say besides. Where the whole case leaves it out, so does everybody's card: the one would stand in for the other.</summary>
    private static void AddAskedFor(CasePlan plan, IReadOnlyCollection<string> charges, string stage, JsonObject fields)
    {
        if (plan.Dice.Happens(DemoOmissions.ChargeFieldsMissing, "charge-fields-" + stage))
            return;
        if (charges.Contains("掩饰、隐瞒犯罪所得、犯罪所得收益罪"))
            fields["掩饰隐瞒具体情形"] = "一般掩饰、隐瞒";
        if (charges.Any(DemoCharges.IsShoddyGoods))
        {
            fields["涉食品"] = charges.Any(c => DemoCharges.IsShoddyGoods(c) && c.Contains("食品")) ? "是" : "否";
            fields["涉药品"] = charges.Any(c => DemoCharges.IsShoddyGoods(c) && c.Contains("药罪")) ? "是" : "否";
            fields["涉农资"] = charges.Any(c => DemoCharges.IsShoddyGoods(c) && c.Contains("化肥")) ? "是" : "否";
        }
        if (charges.Any(DemoCharges.IsAgainstBrands))
        {
            fields["受侵犯企业类型"] = "民营企业";
            fields["资金来源地"] = "境内";
            fields["国别"] = "中国";
        }
    }

    /// <summary>One charge as a text, several as a list: charge names contain the comma that would part them.</summary>
    public static JsonNode Charges(IReadOnlyCollection<string> charges)
        => charges.Count == 1 ? JsonValue.Create(charges.First()) : new JsonArray([.. charges.Select(c => JsonValue.Create(c))]);

    private static string Injury(IReadOnlyCollection<string> charges)
        => charges.Contains("故意伤害罪") && !charges.Contains("故意杀人罪") ? "轻伤" : "死亡";
}
