using System.Globalization;
using System.Text;

namespace Cluster.Cases.Assignment.Calibration;

/// <summary>Writes the lines of weights.yaml that a calibration changes; whoever puts them into force replaces those lines.</summary>
public static class WeightFragment
{
    public static string Of(WeightTable table)
    {
        var text = new StringBuilder();
        Line($"version: \"{table.Version}\"");
        Line("base:");
        foreach (var (type, value) in table.Base) Line($"  {type}: {Number(value)}");
        Line($"otherBase: {Number(table.OtherBase)}");
        Line($"procedureBase: {{ {string.Join(", ", table.ProcedureBase.Select(p => $"{p.Key}: {Number(p.Value)}"))} }}");
        Line($"suspects: {Grade(table.Suspects)}");
        Line($"charges: {Number(table.Charges)}");
        Line($"facts: {Number(table.Facts)}");
        Line($"volumes: {Grade(table.Volumes)}");
        Steps("electronicEvidence", table.ElectronicEvidence);
        Steps("penalty", table.Penalty);
        Line($"lifeOrDeath: {Number(table.LifeOrDeath)}");
        Line($"difficulty: {{ {string.Join(", ", table.Difficulty.Select(d => $"{d.Key}: {Number(d.Value)}"))} }}");
        Line($"organised: {Number(table.Organised)}");
        Line($"financialMass: {Number(table.FinancialMass)}");
        Line($"dutyCrime: {Number(table.DutyCrime)}");
        Line($"pleading: {{ none: {Number(table.Pleading.None)}, partly: {Number(table.Pleading.Partly)} }}");
        Line($"appraisals: {Cap(table.Appraisals)}");
        Line($"returns: {Cap(table.Returns)}");
        Line($"priorJudgments: {Cap(table.PriorJudgments)}");
        Line($"protest: {Number(table.Protest)}");
        Line($"foreign: {Number(table.Foreign)}");
        Line($"interpreter: {Number(table.Interpreter)}");
        Line($"vulnerable: {Number(table.Vulnerable)}");
        Line($"publicAttention: {Number(table.PublicAttention)}");
        Line($"jurisdiction: {Number(table.Jurisdiction)}");
        Line($"civilParties: {Number(table.CivilParties)}");
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');

        void Steps(string name, List<WeightTable.Step> steps)
        {
            Line(name + ":");
            foreach (var step in steps) Line($"  - {{ {(step.From is { } from ? $"from: {Number(from)}" : $"above: {Number(step.Above ?? 0)}")}, add: {Number(step.Add)} }}");
        }
    }

    private static string Grade(WeightTable.Grade grade) => $"{{ each: {Number(grade.Each)}, upTo: {Number(grade.UpTo)}, eachAfter: {Number(grade.EachAfter)} }}";

    private static string Cap(WeightTable.Cap cap) => $"{{ each: {Number(cap.Each)}, most: {Number(cap.Most)} }}";

    private static string Number(decimal value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
