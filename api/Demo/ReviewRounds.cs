using System.Text.Json.Nodes;

namespace Cluster.Api.Demo;

/// <summary>Extensions of the review and returns for supplementary investigation, with the notices each brings about.</summary>
internal static class ReviewRounds
{
    public static void Write(CasePlan plan, ReviewRecord record, CaseDocuments docs, CaseLine line)
    {
        for (var n = 0; n < plan.Review.Rounds.Count; n++)
        {
            var round = plan.Review.Rounds[n];
            if (round.NeedsExtension)
                Extend(plan, round, n, record, docs, line);
            if (round.ReturnedUntil is { } resubmitted)
            {
                Return(plan, round.Until, n, docs, line);
                Resubmit(plan, resubmitted, n, line);
            }
        }
    }

    private static void Extend(CasePlan plan, ReviewRound round, int n, ReviewRecord record, CaseDocuments docs, CaseLine line)
    {
        var dice = plan.Dice;
        var limit = DemoCalendar.Workday(round.Due);
        var late = dice.Happens(DemoOmissions.ExtensionLate, "extension-late", n) && round.Until >= limit.AddDays(2);
        var day = late
            ? DemoCalendar.Workday(limit.AddDays(dice.Between(1, 3, "extension", n)), limit.AddDays(1), limit.AddDays(3) < round.Until ? limit.AddDays(3) : round.Until)
            : DemoCalendar.Workday(round.Due.AddDays(-dice.Between(1, 5, "extension", n)), round.Due.AddDays(-10), round.Due);
        var data = new JsonObject { ["approvedBy"] = plan.Office.Chief, ["approvedOn"] = day.Iso() };
        if (!dice.Happens(DemoOmissions.ExtensionWithoutReason, "extension-without-reason", n))
            data["reason"] = "案情重大、复杂";
        record.Extensions++;
        line.Add(day, Step.Extension, "review.extended", Origin.Derived, data);
        line.Add(day, Step.Extension, "document.issued", Origin.Generated, new JsonObject { ["doc"] = docs.Of("延长审查起诉期限审批表", day) });
        NotifyDetentionHouse(plan, day, "延长审查起诉期限", n, line);
    }

    private static void Return(CasePlan plan, DateOnly day, int n, CaseDocuments docs, CaseLine line)
    {
        var outline = !plan.Dice.Happens(DemoOmissions.ReturnWithoutOutline, "outline-missing", n);
        var supervision = plan.Sender == Sender.Supervision;
        line.Add(day, Step.Return, "supplement.returned", Origin.Derived, new JsonObject
        {
            ["to"] = supervision ? "supervision" : "police",
            ["outline"] = outline,
            ["doc"] = docs.Of(supervision ? "补充调查决定书" : "补充侦查决定书", day),
        });
        if (outline)
            line.Add(day, Step.Return, "document.issued", Origin.Generated, new JsonObject { ["doc"] = docs.Of(supervision ? "补充调查提纲" : "补充侦查提纲", day) });
        if (!plan.Dice.Happens(DemoOmissions.CustodyTransferMissing, "transfer-missing", n))
            TransferCustody(plan, day, line);
        NotifyDetentionHouse(plan, day, "退回补充侦查", 10 + n, line);
        if (plan.Suspects.Any(s => s.HasLawyer))
            line.Add(day, Step.AfterReturn, "decision.served", Origin.Generated, new JsonObject { ["to"] = "defender" });
    }

    private static void Resubmit(CasePlan plan, DateOnly day, int n, CaseLine line)
    {
        line.Add(day, Step.Intake, "supplement.resubmitted", Origin.Derived, new JsonObject { ["receivedOn"] = day.Iso() });
        TransferCustody(plan, day, line);
        NotifyDetentionHouse(plan, day, "补充侦查终结重新移送", 20 + n, line);
    }

    private static void TransferCustody(CasePlan plan, DateOnly day, CaseLine line)
    {
        foreach (var suspect in plan.Suspects)
            if (suspect.InCustodyOn(day))
                line.Add(day, Step.AfterReturn, "custody.transferred", Origin.Generated, new JsonObject { ["suspect"] = suspect.Number });
    }

    private static void NotifyDetentionHouse(CasePlan plan, DateOnly day, string about, int index, CaseLine line)
    {
        if (plan.Suspects.Any(s => s.InCustodyOn(day)) && !plan.Dice.Happens(DemoOmissions.DetentionHouseNotTold, "house-not-told", index))
            line.Add(day, Step.AfterReturn, "detention-house.notified", Origin.Generated, new JsonObject { ["about"] = about });
    }
}
