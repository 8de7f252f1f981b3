using System.Text.Json.Nodes;

namespace Cluster.Api.Demo;

/// <summary>Case cards (案卡) of an arrest review: field names of domain chapter 4.</summary>
internal static class ArrestCards
{
    public static void Write(CasePlan plan, int index, IReadOnlyList<DateOnly?> heard, DateOnly decided, DateOnly replied, CaseLine line)
    {
        var arrest = plan.Arrests[index];
        var stage = $"arrest{index}";
        for (var i = 0; i < arrest.Entries.Count; i++)
        {
            var entry = arrest.Entries[i];
            var fields = CardFields.Person(plan, entry.Suspect, stage);
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
        var whole = CardFields.Whole(plan, charges, stage);
        whole["受理日期"] = arrest.Received.Iso();
        whole["审结日期"] = decided.Iso();
        whole["审结处理结果"] = "批捕";
        line.Add(decided, Step.AfterDecision, "card.filled", Origin.Generated, new JsonObject { ["fields"] = whole });
        line.Add(replied, Step.Effective, "card.filled", Origin.Generated, new JsonObject { ["fields"] = Executed(arrest.Entries.Max(e => e.Executed), replied) });
    }

    /// <summary>The card of a suspect on the day the police replied.</summary>
    public static void WriteExecution(ArrestEntry entry, DateOnly replied, CaseLine line)
        => line.Add(replied, Step.Effective, "card.filled", Origin.Generated, new JsonObject { ["suspect"] = entry.Suspect.Number, ["fields"] = Executed(entry.Executed, replied) });

    private static JsonObject Executed(DateOnly executed, DateOnly replied) => new()
    {
        ["收到执行回执日期"] = replied.Iso(),
        ["执行日期"] = executed.Iso(),
        ["执行情况"] = "已执行",
    };
}
