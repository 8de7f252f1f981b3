using System.Globalization;
using System.Text;

namespace Cluster.Cases.Assignment;

/// <summary>A weight as people read it: 2 base × (1 + 0.25 more suspects than one) = 2.5.</summary>
public static class WeightText
{
    /// <param name="weight">Of the table in force.</param>
    /// <param name="stageZh">What the state of the case is called.</param>
    /// <param name="stageEn">The same in English.</param>
    public static (string Zh, string En) Of(CaseWeight weight, string stageZh, string stageEn) => (Write(weight, 0, stageZh), Write(weight, 1, stageEn));

    private static string Write(CaseWeight weight, int language, string stage)
    {
        var text = new StringBuilder(128);
        text.Append(Number(weight.Base)).Append(' ').Append(Name("base", language));
        if (weight.Factors.Count > 0)
        {
            text.Append(" × (1");
            foreach (var factor in weight.Factors)
            {
                text.Append(" + ").Append(Number(factor.Value)).Append(' ').Append(Name(factor.Name, language));
            }

            text.Append(')');
        }

        if (weight.Left != 1)
        {
            text.Append(" × ").Append(Number(weight.Left)).Append(' ').Append(stage);
        }

        return text.Append(" = ").Append(Number(weight.Value)).ToString();
    }

    private static string Name(string key, int language) => WeightTable.Default.Names.TryGetValue(key, out var names) && names.Count > language ? names[language] : key;

    private static string Number(double value) => Math.Round(value, 3).ToString(CultureInfo.InvariantCulture);
}
