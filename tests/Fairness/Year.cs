using System.Security.Cryptography;
using Cluster.Cases.Assignment;

namespace Cluster.Dealing;

/// <summary>What a year of draws came to.</summary>
/// <param name="Cv">Coefficient of variation of open weight ÷ capacity among those on duty, averaged over the days of the year.</param>
/// <param name="MaxOverMean">Greatest load ÷ mean of those on duty, averaged likewise.</param>
/// <param name="CvOfAll">The same with those away.</param>
/// <param name="MaxOverMeanOfAll">The same with those away.</param>
/// <param name="Guess">How often the insider was right, as a multiple of how often a blind guess among the eligible is.</param>
/// <param name="BestGuess">The greatest chance that anybody ever had, as a multiple of 1 ÷ eligible.</param>
/// <param name="Draws">How many.</param>
internal sealed record Outcome(double Cv, double MaxOverMean, double CvOfAll, double MaxOverMeanOfAll, double Guess, double BestGuess, int Draws);

/// <summary>Gives out what comes to an office and measures the second year.</summary>
internal static class Year
{
    public static Outcome Run(Office office, Dealer dealer, ulong seed)
    {
        var carried = new Dictionary<string, decimal>();
        var ends = new PriorityQueue<(string Prosecutor, decimal Weight), int>();
        var loads = new List<Fairness>();
        var loadsOfAll = new List<Fairness>();
        var (draws, right, blind, best) = (0, 0, 0.0, 0.0);
        for (var day = 0; day < Office.Days; day++)
        {
            while (ends.TryPeek(out var ended, out var end) && end <= day)
            {
                ends.Dequeue();
                carried[ended.Prosecutor] -= ended.Weight;
            }

            var secret = SHA256.HashData(BitConverter.GetBytes(seed ^ ((ulong)day << 32)));
            var number = 0;
            foreach (var arrival in office.Arrivals[day])
            {
                var dealt = dealer.Deal(Input(office, day, ++number, arrival, carried, secret));
                if (dealt.Chosen is not { } chosen) continue; // waits until somebody is there; rarer than once in all the runs
                carried[chosen] = carried.GetValueOrDefault(chosen) + (decimal)arrival.Weight;
                // Indicted, it weighs less; the rest goes with the judgment.
                ends.Enqueue((chosen, (decimal)arrival.Weight - (decimal)arrival.InCourt), day + arrival.Reviewed);
                ends.Enqueue((chosen, (decimal)arrival.InCourt), day + arrival.Days);
                if (day < Office.DaysOfFilling) continue;
                draws++;
                right += dealt.Guess == chosen ? 1 : 0;
                blind += 1.0 / dealt.Eligible;
                best = Math.Max(best, dealt.Likeliest * dealt.Eligible);
            }

            if (day < Office.DaysOfFilling) continue;
            loads.Add(LoadsOf(office.Roster.Where(p => !office.IsAway(p, day)), carried));
            loadsOfAll.Add(LoadsOf(office.Roster, carried));
        }

        return new(loads.Average(f => f.Cv), loads.Average(f => f.MaxOverMean), loadsOfAll.Average(f => f.Cv), loadsOfAll.Average(f => f.MaxOverMean), right / blind, best, draws);
    }

    private static Fairness LoadsOf(IEnumerable<RosterEntry> prosecutors, Dictionary<string, decimal> carried) =>
        Fairness.Of([.. prosecutors.Select(p => (double)carried.GetValueOrDefault(p.Id) / p.Capacity)]);

    private static DrawInput Input(Office office, int day, int number, Arrival arrival, Dictionary<string, decimal> carried, byte[] secret) => new(
        "d", Office.DateOf(day), number, arrival.Id, "PRO", arrival.Weight, null, arrival.Recused, [], [], office.Roster, carried, DrawPolicy.Default, secret);
}
