using System.Text.Json.Nodes;

namespace Cluster.Api.Demo;

/// <summary>Case cards (案卡) of an arrest review: field names of domain chapter 4.</summary>
internal static class ArrestCards
{
    public static void Write(CasePlan plan, ArrestReview arrest, IReadOnlyList<DateOnly?> heard, DateOnly decided, DateOnly replied, CaseLine line)
    {
        for (var i = 0; i < arrest.Entries.Count; i++)
        {
            var entry = arrest.Entries[i];
            var fields = CardFields.Person(plan, entry.Suspect);
            fields["审结处理结果"] = "批捕";
            if (entry.Suspect.Measures.LastOrDefault(m => m.From <= arrest.Received && m.Kind is not ("arrest" or "release")) is { Kind: "detention" })
            {
                fields["强制措施"] = "拘留";
                fields["羁押场所"] = plan.Office.DetentionHouse;
            }
            if (heard[i] is { } day)
                fields["讯问日期"] = day.Iso();
            line.Add(decided, Step.AfterDecision, "card.filled", Origin.Generated, new JsonObject { ["suspect"] = entry.Suspect.Number, ["fields"] = fields });
        }

        var charges = Intake.ChargesOf(arrest.Entries.Select(e => e.Suspect));
        var whole = CardFields.Whole(plan, charges);
        whole["受理日期"] = arrest.Received.Iso();
        whole["审结日期"] = decided.Iso();
        whole["审结处理结果"] = "批捕";
        line.Add(decided, Step.AfterDecision, "card.filled", Origin.Generated, new JsonObject { ["fields"] = whole });
        line.Add(replied, Step.Effective, "card.filled", Origin.Generated, new JsonObject
        {
            ["fields"] = new JsonObject
            {
                ["收到执行回执日期"] = replied.Iso(),
                ["执行日期"] = arrest.Entries.Max(e => e.Executed).Iso(),
                ["执行情况"] = "已执行",
            },
        });
    }
}
