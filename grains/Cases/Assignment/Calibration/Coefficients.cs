namespace Cluster.Cases.Assignment.Calibration;

/// <summary>One coefficient of the table: the factor that it multiplies is found by the product's own formula, with this one 1 and all others 0.</summary>
/// <param name="Name">As in Catalogue/weights.yaml, such as suspects.each.</param>
internal sealed record Coefficient(string Name, Func<WeightTable, decimal> Of, Func<WeightTable, decimal, WeightTable> With);

/// <summary>Every coefficient that stands before a factor.</summary>
internal static class Coefficients
{
    /// <param name="table">Its bounds and caps (how many count) are kept; they are not fitted.</param>
    public static IReadOnlyList<Coefficient> Of(WeightTable table)
    {
        var all = new List<Coefficient>
        {
            new("suspects.each", t => t.Suspects.Each, (t, v) => t with { Suspects = Each(t.Suspects, v) }),
            new("suspects.eachAfter", t => t.Suspects.EachAfter, (t, v) => t with { Suspects = After(t.Suspects, v) }),
            new("charges", t => t.Charges, (t, v) => t with { Charges = v }),
            new("facts", t => t.Facts, (t, v) => t with { Facts = v }),
            new("volumes.each", t => t.Volumes.Each, (t, v) => t with { Volumes = Each(t.Volumes, v) }),
            new("volumes.eachAfter", t => t.Volumes.EachAfter, (t, v) => t with { Volumes = After(t.Volumes, v) }),
            new("lifeOrDeath", t => t.LifeOrDeath, (t, v) => t with { LifeOrDeath = v }),
            new("organised", t => t.Organised, (t, v) => t with { Organised = v }),
            new("financialMass", t => t.FinancialMass, (t, v) => t with { FinancialMass = v }),
            new("dutyCrime", t => t.DutyCrime, (t, v) => t with { DutyCrime = v }),
            new("pleading.none", t => t.Pleading.None, (t, v) => t with { Pleading = new() { None = v, Partly = t.Pleading.Partly } }),
            new("pleading.partly", t => t.Pleading.Partly, (t, v) => t with { Pleading = new() { None = t.Pleading.None, Partly = v } }),
            new("appraisals.each", t => t.Appraisals.Each, (t, v) => t with { Appraisals = Capped(table.Appraisals, v) }),
            new("returns.each", t => t.Returns.Each, (t, v) => t with { Returns = Capped(table.Returns, v) }),
            new("priorJudgments.each", t => t.PriorJudgments.Each, (t, v) => t with { PriorJudgments = Capped(table.PriorJudgments, v) }),
            new("protest", t => t.Protest, (t, v) => t with { Protest = v }),
            new("foreign", t => t.Foreign, (t, v) => t with { Foreign = v }),
            new("interpreter", t => t.Interpreter, (t, v) => t with { Interpreter = v }),
            new("vulnerable", t => t.Vulnerable, (t, v) => t with { Vulnerable = v }),
            new("publicAttention", t => t.PublicAttention, (t, v) => t with { PublicAttention = v }),
            new("jurisdiction", t => t.Jurisdiction, (t, v) => t with { Jurisdiction = v }),
            new("civilParties", t => t.CivilParties, (t, v) => t with { CivilParties = v }),
        };
        all.AddRange(table.Penalty.Select((step, i) => new Coefficient(
            $"penalty[{i}].add", t => t.Penalty[i].Add, (t, v) => t with { Penalty = Stepped(t.Penalty, i, v) })));
        all.AddRange(table.ElectronicEvidence.Select((step, i) => new Coefficient(
            $"electronicEvidence[{i}].add", t => t.ElectronicEvidence[i].Add, (t, v) => t with { ElectronicEvidence = Stepped(t.ElectronicEvidence, i, v) })));
        all.AddRange(table.Difficulty.Keys.Where(tier => table.Difficulty[tier] > 0).Order().Select(tier => new Coefficient(
            $"difficulty.{tier}", t => t.Difficulty[tier], (t, v) => t with { Difficulty = new(t.Difficulty) { [tier] = v } })));
        return all;
    }

    private static WeightTable.Grade Each(WeightTable.Grade grade, decimal value) => new() { Each = value, UpTo = grade.UpTo, EachAfter = grade.EachAfter };

    private static WeightTable.Grade After(WeightTable.Grade grade, decimal value) => new() { Each = grade.Each, UpTo = grade.UpTo, EachAfter = value };

    /// <summary>As many count as before.</summary>
    private static WeightTable.Cap Capped(WeightTable.Cap cap, decimal each) => new() { Each = each, Most = cap.Each == 0 ? cap.Most : cap.Most / cap.Each * each };

    private static List<WeightTable.Step> Stepped(List<WeightTable.Step> steps, int at, decimal add) =>
        [.. steps.Select((s, i) => i == at ? new WeightTable.Step { From = s.From, Above = s.Above, Add = add } : s)];
}
