using System.Text.Json.Nodes;

namespace Cluster.Api.Demo;

/// <summary>The end of a case: closed, then archived within ninety days, mostly.</summary>
internal static class Closing
{
    public static void Write(DemoDice dice, string purpose, DateOnly last, CaseLine line, string result)
    {
        var closed = DemoCalendar.Workday(last.AddDays(dice.Between(0, 3, purpose + "-closed")));
        line.Add(closed, Step.Closed, "case.closed", Origin.Generated, new JsonObject { ["result"] = result });
        var days = dice.Happens(DemoOmissions.ArchiveLate, purpose + "-archive-late") ? dice.Between(95, 140, purpose + "-archived") : dice.Between(12, 75, purpose + "-archived");
        line.Add(DemoCalendar.Workday(closed.AddDays(days)), Step.Archived, "case.archived", Origin.Generated, new JsonObject { ["result"] = "归档" });
    }
}
