using System.Text.Json.Nodes;

namespace Cluster.Api.Demo;

/// <summary>An interrogation as the law wants it: two staff, in the detention house if held, a guardian for a minor (R 182, 186, 465).</summary>
internal static class Interrogation
{
    public static JsonObject Data(CasePlan plan, Suspect suspect, bool inCustody)
    {
        var data = new JsonObject
        {
            ["suspect"] = suspect.Number,
            ["staff"] = 2,
            ["place"] = inCustody ? plan.Office.InterrogationRoom : plan.Office.OwnRoom,
            ["signed"] = true,
        };
        if (plan.Minor)
            data["guardianPresent"] = true;
        if (suspect.Female)
            data["femaleStaff"] = true;
        return data;
    }
}
