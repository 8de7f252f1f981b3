using System.Security.Cryptography;
using Cluster.Cases.Assignment;
using static Cluster.Cases.Tests.Assignment.Drawing;

namespace Cluster.Cases.Tests.Assignment;

/// <summary>What is known to somebody who sees every past draw with its secret, all loads and all scores, but not the secret of the day.</summary>
public sealed class DrawSecrecyTests
{
    private const int Days = 400, DrawsADay = 25, Prosecutors = 8;

    private static readonly RosterEntry[] Roster = [.. Enumerable.Range(0, Prosecutors).Select(i => Prosecutor($"p{i}"))];

    [Fact]
    public void The_numbers_of_many_days_are_spread_evenly_and_do_not_follow_from_each_other()
    {
        var numbers = Enumerable.Range(0, Days).SelectMany(day => Enumerable.Range(1, DrawsADay).Select(n => UnitInterval(Number(day, n)))).ToArray();

        Assert.True(ChiSquare(numbers, 16) < 37.70, "0.1 % bound at 15 degrees of freedom");
        // Pairs of neighbours, and of the same draw on neighbouring days: 0.1 % bound at 255 degrees of freedom.
        Assert.True(ChiSquare(numbers.Zip(numbers.Skip(1)), 16) < 330.5);
        Assert.True(ChiSquare(numbers.Zip(numbers.Skip(DrawsADay)), 16) < 330.5);
    }

    [Fact]
    public void Whoever_guesses_the_likeliest_is_right_as_often_as_the_scores_say_and_no_more_than_twice_as_often_as_chance()
    {
        var (right, expected, draws) = Guess(scores => Array.IndexOf(scores, scores.Max()));

        Assert.InRange(right, expected - (4 * Math.Sqrt(expected)), expected + (4 * Math.Sqrt(expected)));
        Assert.True(right <= (2d / Prosecutors * draws) + (4 * Math.Sqrt(2d / Prosecutors * draws)));
    }

    [Fact]
    public void Nor_is_whoever_bets_on_what_the_numbers_of_the_day_before_would_have_chosen()
    {
        var past = new Queue<DrawNumber>();
        var (right, expected, _) = Guess(scores => past.TryDequeue(out var u) ? u.Choose(scores) : 0, past.Enqueue);

        Assert.InRange(right, expected - (4 * Math.Sqrt(expected)), expected + (4 * Math.Sqrt(expected)));
    }

    /// <summary>Draws for days, with cases that end, and a guess before each draw.</summary>
    /// <param name="guess">From the scores in millionths.</param>
    /// <param name="told">The numbers of a day, when it is over.</param>
    /// <returns>How often the guess was right, and how often the scores make it so on average.</returns>
    private static (int Right, double Expected, int Draws) Guess(Func<ulong[], int> guess, Action<DrawNumber>? told = null)
    {
        var carried = Roster.ToDictionary(r => r.Id, _ => 0m);
        var open = new Queue<(string Prosecutor, decimal Weight)>();
        var (right, expected) = (0, 0d);
        for (var day = 0; day < Days; day++)
        {
            var numbers = new List<DrawNumber>();
            for (var n = 1; n <= DrawsADay; n++)
            {
                var weight = 0.8m + (n * n % 11 * 0.5m);
                var input = Of(Roster) with { Secret = SecretOf(day), Date = Day.AddDays(day), Number = n, Case = $"c-{day}-{n}", Weight = (double)weight, Loads = carried };
                var chances = Draw.Explain(input).Eligible;
                var guessed = guess([.. chances.Select(c => (ulong)(c.Score * 1_000_000))]);
                var result = Draw.Run(input);
                right += result.Chosen == chances[guessed].Prosecutor ? 1 : 0;
                expected += chances[guessed].Probability;
                numbers.Add(result.U);
                carried[result.Chosen!] += weight;
                open.Enqueue((result.Chosen!, weight));
                if (open.Count > 25 * Prosecutors)
                {
                    var ended = open.Dequeue();
                    carried[ended.Prosecutor] -= ended.Weight;
                }
            }

            numbers.ForEach(u => told?.Invoke(u));
        }

        return (right, expected, Days * DrawsADay);
    }

    // Any 32 bytes that the draws are not made from will do; the office takes them from the system's generator.
    private static byte[] SecretOf(int day) => SHA256.HashData(BitConverter.GetBytes(day));

    private static DrawNumber Number(int day, int n) => DrawNumber.Of(SecretOf(day), "d-1", Day.AddDays(day), n, $"c-{n}");

    private static double UnitInterval(DrawNumber u) => u.Bits / Math.Pow(2, 64);

    private static double ChiSquare(double[] numbers, int cells) =>
        ChiSquare(numbers.CountBy(u => (int)(u * cells)).Select(c => c.Value), numbers.Length, cells);

    private static double ChiSquare(IEnumerable<(double First, double Second)> pairs, int cells)
    {
        var all = pairs.ToArray();
        return ChiSquare(all.CountBy(p => ((int)(p.First * cells), (int)(p.Second * cells))).Select(c => c.Value), all.Length, cells * cells);
    }

    private static double ChiSquare(IEnumerable<int> counts, int total, int cells)
    {
        var expected = (double)total / cells;
        var seen = counts.ToArray();
        return seen.Sum(c => (c - expected) * (c - expected) / expected) + ((cells - seen.Length) * expected);
    }
}
