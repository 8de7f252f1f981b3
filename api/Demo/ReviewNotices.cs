using System.Text.Json.Nodes;

namespace Cluster.Api.Demo;

/// <summary>What suspects and victims are told when a case comes in for review, and who defends the suspects.</summary>
internal static class ReviewNotices
{
    public static void Write(CasePlan plan, ReviewRecord record, CaseDocuments docs, CaseLine line)
    {
        foreach (var suspect in plan.Suspects)
        {
            Tell(plan, suspect, record, docs, line);
            RegisterDefender(plan, suspect, line);
        }
        TellVictim(plan, record, docs, line);
    }

    /// <summary>Notice of the right to a defender within three days (R 40), legal aid where due.</summary>
    private static void Tell(CasePlan plan, Suspect suspect, ReviewRecord record, CaseDocuments docs, CaseLine line)
    {
        var (received, firstEnd) = (plan.Review.Received, plan.Review.Rounds[0].Until);
        var i = suspect.Index;
        var limit = DemoCalendar.Workday(received.AddDays(3));
        var fate = plan.Dice.Unit("rights", i);
        if (fate >= DemoOmissions.RightsNoticeMissing)
        {
            var late = fate < DemoOmissions.RightsNoticeMissing + DemoOmissions.RightsNoticeLate && firstEnd >= limit.AddDays(2);
            var day = late
                ? DemoCalendar.Workday(limit.AddDays(plan.Dice.Between(1, 4, "rights-day", i)), limit.AddDays(1), Earlier(limit.AddDays(4), firstEnd))
                : DemoCalendar.Workday(received.AddDays(plan.Dice.Between(0, 3, "rights-day", i)), received, Earlier(received.AddDays(3), firstEnd));
            record.Notified[i] = day;
            line.Add(day, Step.Notice, "rights.notified", Origin.Generated, new JsonObject
            {
                ["who"] = "suspect",
                ["suspect"] = suspect.Number,
                ["how"] = plan.Dice.Happens(0.8, "rights-how", i) ? "document" : "transcript",
                ["doc"] = docs.Of("犯罪嫌疑人诉讼权利义务告知书", day),
            });
            line.Add(day, Step.Notice, "document.issued", Origin.Generated, new JsonObject { ["doc"] = docs.Of("委托辩护人/申请法律援助告知书", day) });
        }

        if (suspect.Defender == "legal-aid")
        {
            var day = DemoCalendar.Workday(received.AddDays(plan.Dice.Between(0, 2, "legal-aid", i)), received, Earlier(received.AddDays(3), firstEnd));
            line.Add(day, Step.Notice, "legal-aid.notified", Origin.Generated, new JsonObject { ["suspect"] = suspect.Number });
            line.Add(day, Step.Notice, "document.issued", Origin.Generated, new JsonObject { ["doc"] = docs.Of("法律援助通知书", day) });
        }
    }

    private static void RegisterDefender(CasePlan plan, Suspect suspect, CaseLine line)
    {
        var (received, firstEnd, i) = (plan.Review.Received, plan.Review.Rounds[0].Until, suspect.Index);
        var registered = DemoCalendar.Workday(received.AddDays(plan.Dice.Between(1, 3, "defender-day", i)), received, Earlier(received.AddDays(4), firstEnd));
        line.Add(registered, Step.Defence, "defender.registered", Origin.Generated, new JsonObject
        {
            ["suspect"] = suspect.Number,
            ["name"] = plan.Dice.Pick(["陈某律师", "林某律师", "吴某律师", "黄某律师", "郑某律师"], "lawyer", i),
            ["kind"] = suspect.Defender,
            ["papers"] = new JsonArray("执业证", "律所证明", suspect.Defender == "lawyer" ? "授权委托书" : "法律援助公函"),
        });
    }

    private static void TellVictim(CasePlan plan, ReviewRecord record, CaseDocuments docs, CaseLine line)
    {
        if (!plan.HasVictims)
            return;
        var (received, firstEnd) = (plan.Review.Received, plan.Review.Rounds[0].Until);
        var limit = DemoCalendar.Workday(received.AddDays(3));
        var late = plan.Dice.Happens(DemoOmissions.VictimNoticeLate, "victim-late") && firstEnd >= limit.AddDays(2);
        var day = late
            ? DemoCalendar.Workday(limit.AddDays(plan.Dice.Between(1, 4, "victim-day")), limit.AddDays(1), Earlier(limit.AddDays(4), firstEnd))
            : DemoCalendar.Workday(received.AddDays(plan.Dice.Between(0, 3, "victim-day")), received, Earlier(received.AddDays(3), firstEnd));
        record.VictimNotified = day;
        line.Add(day, Step.Notice, "rights.notified", Origin.Generated, new JsonObject
        {
            ["who"] = "victim",
            ["how"] = plan.Dice.Happens(0.5, "victim-how") ? "phone" : "document",
            ["doc"] = docs.Of("被害人诉讼权利义务告知书", day),
        });
        line.Add(day, Step.Notice, "document.issued", Origin.Generated, new JsonObject { ["doc"] = docs.Of("委托诉讼代理人告知书", day) });
        var heard = DemoCalendar.Workday(received.AddDays(plan.Dice.Between(5, 18, "victim-heard")), day, Later(day, firstEnd));
        line.Add(heard, Step.Opinion, "opinion.heard", Origin.Generated, new JsonObject { ["who"] = "victim" });
    }

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}
