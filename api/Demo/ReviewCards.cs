using System.Text.Json.Nodes;

namespace Cluster.Api.Demo;

/// <summary>Case cards (案卡) filled when the review ends with a prosecution, with the documented share of contradictions.</summary>
internal static class ReviewCards
{
    private enum Contradiction
    {
        Plea,
        Charge,
        ProsecutionDate,
        Guarantee,
    }

    public static void Write(CasePlan plan, ReviewRecord record, CaseLine line)
    {
        var day = plan.Row.Indicted;
        Contradiction? wrong = plan.Dice.Happens(DemoOmissions.CardContradiction, "contradiction")
            ? (Contradiction)plan.Dice.Between(0, 3, "which-contradiction")
            : null;
        foreach (var suspect in plan.Suspects)
            line.Add(day, Step.AfterDecision, "card.filled", Origin.Generated, new JsonObject { ["suspect"] = suspect.Number, ["fields"] = Person(plan, suspect, record, wrong) });
        line.Add(day, Step.AfterDecision, "card.filled", Origin.Generated, new JsonObject { ["fields"] = Whole(plan, record, wrong) });
    }

    private static JsonObject Person(CasePlan plan, Suspect suspect, ReviewRecord record, Contradiction? wrong)
    {
        var i = suspect.Index;
        var fields = CardFields.Person(plan, suspect, "review");
        fields["审结案由"] = CardFields.Charges(suspect.Charges);
        fields["审结处理结果"] = "起诉";
        fields["提起公诉日期"] = plan.Row.Indicted.Iso();
        fields["认罪认罚"] = record.Pleaded[i] is null ? "否" : "是";
        if (record.Pleaded[i] is { } pleaded)
            fields["具结书签署日期"] = pleaded.Iso();
        if (record.Notified[i] is { } notified)
            fields["诉讼权利告知日期"] = notified.Iso();
        if (record.Interrogated[i] is { } interrogated)
            fields["讯问日期"] = interrogated.Iso();
        fields[suspect.HasLawyer ? "辩护人" : "值班律师"] = "有";
        Measure(plan, suspect, fields, wrong);
        return fields;
    }

    private static void Measure(CasePlan plan, Suspect suspect, JsonObject fields, Contradiction? wrong)
    {
        var kind = suspect.MeasureOn(plan.Row.Indicted)?.Kind;
        var name = kind switch
        {
            "detention" => "拘留",
            "arrest" => "逮捕",
            "bail" => "取保候审",
            "residential" or "designated-residential" => "监视居住",
            "retention" => "留置",
            _ => null,
        };
        if (name is null)
            return;
        fields["强制措施"] = name;
        fields["审结前强制措施"] = name;
        if (kind is "detention" or "arrest" && wrong != Contradiction.Guarantee)
            fields["羁押场所"] = plan.Office.DetentionHouse;
        if (kind == "bail")
        {
            var guarantor = ReviewMeasures.HasGuarantor(plan, suspect);
            if (guarantor || wrong == Contradiction.Guarantee)
                fields["保证人"] = "亲属";
            if (!guarantor || wrong == Contradiction.Guarantee)
                fields["保证金"] = ReviewMeasures.Deposit(plan, suspect);
        }
    }

    private static JsonObject Whole(CasePlan plan, ReviewRecord record, Contradiction? wrong)
    {
        var fields = CardFields.Whole(plan, plan.Row.Charges, "review");
        if (wrong == Contradiction.Charge)
            fields["移送案由"] = plan.Row.Charges.Contains("盗窃罪") ? "诈骗罪" : "盗窃罪";
        var pleaded = record.Pleaded.Any(p => p is not null);
        fields["受理日期"] = plan.Review.Received.Iso();
        fields["审结日期"] = plan.Row.Indicted.Iso();
        fields["审结案由"] = CardFields.Charges(plan.Row.Charges);
        fields["审结处理结果"] = "起诉";
        fields["认罪认罚"] = pleaded ^ (wrong == Contradiction.Plea) ? "是" : "否";
        fields["速裁"] = plan.Row.Procedure == "速裁" ? "是" : "否";
        fields["简易"] = plan.Row.Procedure == "简易" ? "是" : "否";
        fields["延长次数"] = record.Extensions;
        fields["退查次数"] = plan.Review.Rounds.Count - 1;
        foreach (var (round, which) in plan.Review.Rounds.Where(r => r.ReturnedUntil is not null).Zip((string[])["一", "二"]))
        {
            fields[which + "退日期"] = round.Until.Iso();
            fields[which + "重报日期"] = round.ReturnedUntil!.Value.Iso();
        }
        if (wrong != Contradiction.ProsecutionDate)
            fields["提起公诉日期"] = plan.Row.Indicted.Iso();
        if (record.VictimNotified is { } notified)
            fields["被害人权利告知日期"] = notified.Iso();
        return fields;
    }
}
