using System.Text.Json.Nodes;

namespace Cluster.Api.Demo;

/// <summary>The acceptance of a case (受理) with its suspects as they stood on that day.</summary>
internal static class Intake
{
    public static JsonObject Accepted(CasePlan plan, string caseType, OfficeUnit office, string department, DateOnly received, IReadOnlyList<Suspect> suspects, Func<Suspect, Measure?> measure)
    {
        var data = new JsonObject
        {
            ["caseType"] = caseType,
            ["procuratorate"] = office.Code,
            ["department"] = office.Department(department),
            ["name"] = CasePlan.NameOf(suspects),
            ["receivedOn"] = received.Iso(),
            ["registeredOn"] = received.Iso(),
            ["sentBy"] = SentBy(plan),
            ["charges"] = Charges(ChargesOf(suspects)),
            ["suspects"] = new JsonArray([.. suspects.Select(s => Describe(plan, s, measure(s)))]),
            ["volumes"] = plan.Volumes,
            ["facts"] = plan.Row.Facts,
            ["victims"] = plan.HasVictims ? plan.Dice.Between(1, 3, "victims") : 0,
            ["timeline"] = plan.Row.Id,
        };
        return data;
    }

    private static JsonObject Describe(CasePlan plan, Suspect suspect, Measure? measure)
    {
        var data = new JsonObject
        {
            ["suspect"] = suspect.Number,
            ["name"] = suspect.Name,
            ["charges"] = Charges(suspect.Charges),
        };
        if (suspect.IsUnit)
        {
            data["unit"] = true;
        }
        else
        {
            data["sex"] = suspect.Female ? "女" : "男";
            data["birthDate"] = suspect.BirthDate!.Value.Iso();
            data["nationality"] = "中国";
        }
        data["measure"] = MeasureOf(plan, measure);
        return data;
    }

    public static string[] ChargesOf(IEnumerable<Suspect> suspects) => [.. suspects.SelectMany(s => s.Charges).Distinct()];

    public static JsonArray Charges(IEnumerable<string> names)
        => new([.. names.Select(n => new JsonObject { ["name"] = n })]);

    /// <summary>Organ of a measure; judgments often leave it out, then the stage tells it.</summary>
    public static Organ OrganOf(CasePlan plan, Measure measure)
    {
        if (measure.By != Organ.Unknown)
            return measure.By;
        if (measure.Kind == "retention")
            return Organ.Supervision;
        if (measure.From >= plan.Row.Indicted)
            return measure.InCustody && measure.Kind == "detention" ? Organ.Police : Organ.Court;
        return measure.From >= plan.Review.Received && !measure.InCustody ? Organ.Procuratorate
            : plan.Sender == Sender.Own && !measure.InCustody ? Organ.Procuratorate : Organ.Police;
    }

    public static string SenderName(CasePlan plan) => plan.Sender switch
    {
        Sender.Own => plan.Office.Name,
        Sender.Supervision => plan.Office.Supervision,
        _ => plan.Office.Police,
    };

    private static JsonObject SentBy(CasePlan plan) => new()
    {
        ["name"] = SenderName(plan),
        ["kind"] = plan.Sender switch { Sender.Own => "own", Sender.Supervision => "supervision", _ => "police" },
    };

    private static JsonObject MeasureOf(CasePlan plan, Measure? measure)
    {
        if (measure is null)
            return new JsonObject { ["kind"] = "none" };
        var data = new JsonObject
        {
            ["kind"] = measure.Kind,
            ["from"] = measure.From.Iso(),
            ["organ"] = plan.Office.NameOf(OrganOf(plan, measure)),
        };
        if (measure.Kind is "detention" or "arrest")
            data["place"] = plan.Office.DetentionHouse;
        return data;
    }
}
