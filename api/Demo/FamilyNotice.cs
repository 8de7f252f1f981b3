using System.Text.Json.Nodes;

namespace Cluster.Api.Demo;

/// <summary>The notice to the family within 24 hours of taking somebody in (R 117, 123, 144, 301). One measure may stand in two cases: both say the same.</summary>
internal static class FamilyNotice
{
    public static void Add(CasePlan plan, Suspect suspect, DateOnly from, JsonObject measure)
    {
        if (!plan.Dice.Happens(DemoOmissions.FamilyNotTold, "family-not-told", from.DayNumber * 100 + suspect.Index))
            measure["notifiedFamilyOn"] = from.Iso();
    }
}
