using System.Globalization;

namespace Cluster.Cases;

/// <summary>Reads bands as they are written: <c>≤3; 3-10; ≥10/life/death</c>, in years.</summary>
internal static class PenaltyBands
{
    // CRIM 45: fixed-term imprisonment is from six months to fifteen years.
    private const int LongestTerm = 15 * 12;

    public static PenaltyBand[] Parse(string text) => [.. text.Split("; ").Select(Band)];

    private static PenaltyBand Band(string text)
    {
        var band = default(PenaltyBand);
        foreach (var part in text.Split('/'))
        {
            band = part switch
            {
                "life" => band with { Life = true },
                "death" => band with { Death = true },
                ['≤', .. var most] => band with { MinMonths = 0, MaxMonths = Months(most) },
                ['≥', .. var least] => band with { MinMonths = Months(least), MaxMonths = LongestTerm },
                _ when part.Split('-') is [var least, var most] => band with { MinMonths = Months(least), MaxMonths = Months(most) },
                _ => band with { MinMonths = Months(part), MaxMonths = Months(part) },
            };
        }

        return band;
    }

    private static int Months(string years) => (int)(decimal.Parse(years, CultureInfo.InvariantCulture) * 12);
}
