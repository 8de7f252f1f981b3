using Cluster.Cases.Assignment;
using static Cluster.Cases.Tests.Assignment.Drawing;

namespace Cluster.Cases.Tests.Assignment;

/// <summary>One day by every policy, as it was first printed. Published days must verify for ever: another rule is another version.</summary>
public sealed class GoldenDayTests
{
    private static readonly RosterEntry[] Roster =
        [Prosecutor("a"), Prosecutor("b"), Prosecutor("c"), Prosecutor("h", 0.6, "head"), Prosecutor("l", 0.35, "leader"), Prosecutor("n", 0.5, "newcomer")];

    [Fact]
    public void Balanced_1() => Assert.Equal(
        """
        balanced/1 1.2 a:21.4/1=0.000001 b:19.95/1=1 c:20/1=1 h:20/0.6=0.000001 l:18/0.35=0.000001 n:0/0.5=1 0.8686 n
        balanced/1 0.8 a:21.4/1=0.000001 b:19.95/1=1 c:20/1=0.000001 h:20/0.6=0.000001 l:18/0.35=1 n:2.4/0.5=1 0.8226 n
        balanced/1 2.35 a:21.4/1=0.000001 b:19.95/1=1 c:20/1=1 h:20/0.6=0.000001 l:18/0.35=0.000001 n:4/0.5=1 0.4868 c
        balanced/1 8.52 a:21.4/1=1 b:19.95/1=1 c:22.35/1=0.000001 h:20/0.6=0.000001 l:18/0.35=0.000001 n:4/0.5=1 0.0102 a
        balanced/1 1.6 a:29.92/1=0.000001 b:19.95/1=1 c:22.35/1=0.000001 h:20/0.6=0.000001 l:18/0.35=1 n:4/0.5=1 0.7376 n
        balanced/1 2 a:29.92/1=0.000001 b:19.95/1=1 c:22.35/1=0.000001 h:20/0.6=1 l:18/0.35=0.000001 n:7.2/0.5=1 0.6169 h
        """,
        DayBy(DrawStrategy.Balanced));

    [Fact]
    public void Random_1() => Assert.Equal(
        """
        random/1 1.2 a:21.4/1=1 b:19.95/1=1 c:20/1=1 h:20/0.6=1 l:18/0.35=1 n:0/0.5=1 0.8686 n
        random/1 0.8 a:21.4/1=1 b:19.95/1=1 c:20/1=1 h:20/0.6=1 l:18/0.35=1 n:2.4/0.5=1 0.8226 l
        random/1 2.35 a:21.4/1=1 b:19.95/1=1 c:20/1=1 h:20/0.6=1 l:20.2857/0.35=1 n:2.4/0.5=1 0.4868 c
        random/1 8.52 a:21.4/1=1 b:19.95/1=1 c:22.35/1=1 h:20/0.6=1 l:20.2857/0.35=1 n:2.4/0.5=1 0.0102 a
        random/1 1.6 a:29.92/1=1 b:19.95/1=1 c:22.35/1=1 h:20/0.6=1 l:20.2857/0.35=1 n:2.4/0.5=1 0.7376 l
        random/1 2 a:29.92/1=1 b:19.95/1=1 c:22.35/1=1 h:20/0.6=1 l:24.8571/0.35=1 n:2.4/0.5=1 0.6169 h
        """,
        DayBy(DrawStrategy.Random));

    [Fact]
    public void Turns_of_two_1() => Assert.Equal(
        """
        turns:2/1 1.2 a:21.4/1=1 0.8686 a
        turns:2/1 0.8 a:22.6/1=1 0.8226 a
        turns:2/1 2.35 b:19.95/1=1 0.4868 b
        turns:2/1 8.52 b:22.3/1=1 0.0102 b
        turns:2/1 1.6 c:20/1=1 0.7376 c
        turns:2/1 2 c:21.6/1=1 0.6169 c
        """,
        DayBy(DrawStrategy.InTurns(2)));

    private static string DayBy(DrawStrategy strategy)
    {
        decimal[] weights = [1.2m, 0.8m, 2.35m, 8.52m, 1.6m, 2m];
        var carried = new Dictionary<string, decimal> { ["a"] = 21.4m, ["b"] = 19.95m, ["c"] = 20m, ["h"] = 12m, ["l"] = 6.3m, ["n"] = 0 };
        var lines = new List<string>();
        Turn? last = null;
        for (var number = 1; number <= weights.Length; number++)
        {
            var weight = weights[number - 1];
            var input = Of(Roster).By(strategy) with { Number = number, Case = $"咸检[2026]{number}号", Weight = (double)weight, Loads = carried, LastTurn = last };
            var result = Draw.Run(input);
            carried[result.Chosen!] += weight;
            last = Turn.After(last, result.Chosen!, strategy.Each);
            var eligible = string.Join(' ', result.Eligible.Select(e => FormattableString.Invariant($"{e.Prosecutor}:{e.Load}/{e.Capacity}={e.Score}")));
            lines.Add(FormattableString.Invariant($"{result.Policy} {result.Weight} {eligible} {result.U.Value:0.0000} {result.Chosen}"));
        }

        return string.Join('\n', lines);
    }
}
