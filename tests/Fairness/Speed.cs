using System.Security.Cryptography;
using Cluster.Cases.Assignment;
using Cluster.Contracts;
using Cluster.Grains.Assignment;

namespace Cluster.Dealing;

/// <summary>How fast a large department draws, and what its draws take. By the processor's time, collections included, so that what else runs on the machine matters little.</summary>
internal static class Speed
{
    private const int OpenCases = 25;
    private const int DrawsADay = 240; // 120 a year for each of 500, on 250 working days
    private static readonly DateOnly Day = new(2026, 3, 2);

    private static TimeSpan Spent => Environment.CpuUsage.TotalTime;

    public static void Run(int prosecutors, TextWriter say)
    {
        var work = new Work(prosecutors, new Dice(1));
        foreach (var strategy in new[] { DrawStrategy.Balanced, DrawStrategy.Random, DrawStrategy.InTurns(3) })
        {
            Measure(work, strategy, TimeSpan.FromSeconds(1)); // until it is compiled well
            var (rate, bytes) = Measure(work, strategy, TimeSpan.FromSeconds(4));
            say.WriteLine(FormattableString.Invariant($"{strategy.Policy,-12} {rate,9:N0} draws a processor second, {bytes,8:N0} bytes allocated a draw"));
        }

        Record(work, say);
    }

    private static (double Rate, double Bytes) Measure(Work work, DrawStrategy strategy, TimeSpan time)
    {
        var (draws, allocated, began) = (0, GC.GetAllocatedBytesForCurrentThread(), Spent);
        while (Spent - began < time)
        {
            for (var i = 0; i < 100; i++, draws++) work.Draw(strategy, Day, (draws % DrawsADay) + 1);
        }

        return (draws / (Spent - began).TotalSeconds, (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / draws);
    }

    /// <summary>Draws as a department does, with what it writes and what it keeps.</summary>
    private static void Record(Work work, TextWriter say)
    {
        const int Days = 25;
        var book = new DrawBook("d");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (written, packing, began) = (0L, TimeSpan.Zero, Spent);
        for (var day = 0; day < Days; day++)
        {
            var date = Day.AddDays(day);
            var opening = Spent;
            book.Open(DrawBook.NewDay(date, SHA256.HashData(BitConverter.GetBytes(day))));
            packing += Spent - opening;
            for (var number = 1; number <= DrawsADay; number++)
            {
                var (result, caseId) = work.Draw(DrawStrategy.Balanced, date, number);
                written += book.Add(new Assigned(result.Chosen!, result.Mode, "d", date, number, DateTimeOffset.UnixEpoch), caseId, result).Length;
            }
        }

        var took = Spent - began - packing;
        var today = GC.GetTotalMemory(forceFullCollection: true) - before;
        book.Open(DrawBook.NewDay(Day.AddDays(Days), new byte[32]));
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        const int All = Days * DrawsADay;
        say.WriteLine(FormattableString.Invariant(
            $"with its record {All / took.TotalSeconds,8:N0} draws a processor second; a draw is {written / All:N0} bytes in the journal, and in memory {(today - kept) / DrawsADay:N0} on its day, {kept / All:N0} after; a day of {DrawsADay} is packed in {packing.TotalMilliseconds / (Days - 1):N0} ms"));
        GC.KeepAlive(book);
    }

    /// <summary>A department at work: cases come and go, sums follow.</summary>
    private sealed class Work
    {
        private readonly Dictionary<string, decimal> _carried = new(StringComparer.Ordinal);
        private readonly Queue<(string Prosecutor, decimal Weight)> _open = new();
        private readonly RosterEntry[] _roster;
        private readonly decimal[] _weights;
        private readonly byte[] _secret = SHA256.HashData([1]);
        private Turn? _last;
        private int _cases;

        public Work(int prosecutors, Dice dice)
        {
            _roster = [.. Enumerable.Range(0, prosecutors).Select(i => new RosterEntry($"42282600{i:0000}", i % 20 == 0 ? 0.35 : 1, "prosecutor", [], true, true, [], []))];
            _weights = [.. Enumerable.Range(0, 1_000).Select(_ => (decimal)RealCases.Draw(dice).Weight)];
            for (var i = 0; i < OpenCases; i++)
            {
                foreach (var prosecutor in _roster) Give(prosecutor.Id, _weights[_cases++ % _weights.Length]);
            }
        }

        public (DrawResult Result, string Case) Draw(DrawStrategy strategy, DateOnly date, int number)
        {
            var weight = _weights[_cases++ % _weights.Length];
            var caseId = $"咸检起诉受[2026]4228260{_cases:0000000}号";
            var result = Cases.Assignment.Draw.Run(new(
                "d", date, number, caseId, "PRO", (double)weight, null, [], [], [], _roster, _carried, DrawPolicy.Default with { Strategy = strategy }, _secret, _last));
            _last = Turn.After(_last, result.Chosen!, strategy.Each);
            Give(result.Chosen!, weight);
            var (prosecutor, ended) = _open.Dequeue();
            _carried[prosecutor] -= ended;
            return (result, caseId);
        }

        private void Give(string prosecutor, decimal weight)
        {
            _carried[prosecutor] = _carried.GetValueOrDefault(prosecutor) + weight;
            _open.Enqueue((prosecutor, weight));
        }
    }
}
