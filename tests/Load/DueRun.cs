using System.Diagnostics;
using Cluster.Contracts;

namespace Cluster.Load;

/// <summary>
/// A store with very many due cases: what the due service holds of it, how late cases are woken while events come in, and how it catches up with
/// a backlog. The wakes are whole ones: read, assess, commit, tell.
/// </summary>
internal sealed class DueRun
{
    private const int PerSecond = 50;
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(20);

    // Between the service's look at the clock and ours.
    private static readonly TimeSpan Reading = TimeSpan.FromMilliseconds(250);

    private readonly string _directory = Directory.CreateTempSubdirectory("cluster-load-").FullName;
    private readonly int _cases;
    private readonly int _seconds;
    private readonly int _backlog;
    private int _sent;

    private DueRun(int cases, int seconds, int backlog) => (_cases, _seconds, _backlog) = (cases, seconds, backlog);

    /// <param name="cases">Open cases in the store, all of them due some day.</param>
    /// <param name="seconds">Length of each measurement.</param>
    /// <param name="backlog">Cases that came due while the system was down.</param>
    /// <param name="offices">Procuratorates.</param>
    public static async Task Measure(int cases, int seconds, int backlog, int offices)
    {
        var run = new DueRun(cases, seconds, backlog);
        try
        {
            await run.Fill(offices);
            await run.Running(offices);
            await run.CatchUp(offices);
        }
        finally
        {
            Directory.Delete(run._directory, recursive: true);
        }
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private async Task Fill(int offices)
    {
        long start = Stopwatch.GetTimestamp();
        await using (var backlog = new Backlog(_directory, Now, offices))
        {
            DateTimeOffset first = Now.AddDays(1);
            await backlog.Write(_cases, number => first + (TimeSpan.FromDays(60) * ((long)number * 7919 % _cases / (double)_cases)));
        }
        Console.WriteLine(FormattableString.Invariant($"due: {_cases} open cases in {offices} procuratorates written in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s, store {Resident.Mega(Stored)}"));
    }

    private async Task Running(int offices)
    {
        int[] rates = [10, 100];
        await using (var backlog = new Backlog(_directory, Now, offices))
        {
            // For each rate of events a stretch of its own, after the silo has come to rest.
            DateTimeOffset first = Now + Lead + TimeSpan.FromSeconds(_seconds);
            await backlog.Move(0, PerSecond * (_seconds + 1) * rates.Length, number => first.AddSeconds(number / (double)PerSecond));
        }
        (long heap, long resident) before = Memory();
        DateTimeOffset begun = Now;
        await using var silo = new SiloInside(_directory);
        TimeSpan started = await silo.Start();
        using (var rest = new PeriodicTimer(TimeSpan.FromSeconds(5), TimeProvider.System)) await rest.WaitForNextTickAsync();
        (long heap, long resident) after = Memory();
        Console.WriteLine(FormattableString.Invariant($"due: silo started in {started.TotalSeconds:0.00} s and holds {silo.Due.Waiting} wakes; ")
            + $"heap {Resident.Mega(before.heap)} → {Resident.Mega(after.heap)}, resident {Resident.Mega(before.resident)} → {Resident.Mega(after.resident)}");
        // Makes events; the store is the silo's.
        await using var names = new Backlog(_directory, Now, offices);
        Report("idle, 100 events/s, nothing due", await silo.Send(100, Lead + TimeSpan.FromSeconds(_seconds - 8) - (Now - begun), () => Next(names)));
        foreach (int rate in rates)
        {
            silo.Started.Clear();
            silo.Finished.Clear();
            List<double> answers = await silo.Send(rate, TimeSpan.FromSeconds(_seconds), () => Next(names));
            Report($"{rate} events/s, {PerSecond} cases/s due", answers);
            Late("start of the wake", silo.Started);
            Late("end of the wake", silo.Finished);
        }
        (long heap, long resident) end = Memory();
        Console.WriteLine($"due: afterwards heap {Resident.Mega(end.heap)}, resident {Resident.Mega(end.resident)}, {silo.Due.Waiting} waiting, {silo.Due.Failing} failing");
    }

    private async Task CatchUp(int offices)
    {
        await using (var backlog = new Backlog(_directory, Now, offices))
        {
            DateTimeOffset first = Now.AddDays(-3);
            await backlog.Move(_cases - _backlog, _backlog, number => first + (TimeSpan.FromDays(3) * (number / (double)_backlog)));
        }
        (long heap, long resident) before = Memory();
        await using var silo = new SiloInside(_directory);
        TimeSpan started = await silo.Start();
        long start = Stopwatch.GetTimestamp();
        // Makes events; the store is the silo's.
        await using var names = new Backlog(_directory, Now, offices);
        int most = 0;
        TimeSpan busy = Environment.CpuUsage.TotalTime;
        List<double> answers = await silo.Send(100, TimeSpan.FromMinutes(30), () => Next(names), () =>
        {
            most = Math.Max(most, silo.Due.Waiting);
            return silo.Finished.Count >= _backlog;
        });
        TimeSpan took = Stopwatch.GetElapsedTime(start), worked = Environment.CpuUsage.TotalTime - busy;
        long peak = Resident.Of(Environment.ProcessId, "VmHWM");
        (long heap, long resident) after = Memory();
        bool ordered = silo.Instants.Take(_backlog).Zip(silo.Instants.Skip(1).Take(_backlog - 1)).All(p => p.Second >= p.First - Reading);
        Console.WriteLine(FormattableString.Invariant($"due: {_backlog} cases due in the last three days: silo started in {started.TotalSeconds:0.00} s, caught up in {took.TotalSeconds:0.0} s ({_backlog / took.TotalSeconds:0} wakes/s; {worked.TotalMilliseconds / _backlog:0.00} ms of CPU each, events included), ")
            + $"{(ordered ? "in order of time" : "NOT in order of time")}, at most {most} held; heap {Resident.Mega(before.heap)} → {Resident.Mega(after.heap)}, resident {Resident.Mega(before.resident)} → {Resident.Mega(after.resident)}, peak {Resident.Mega(peak)}");
        Report("catching up, 100 events/s", answers);
    }

    // Cases in the middle, which neither are due in a measurement nor belong to the backlog.
    private (string, EventMessage) Next(Backlog names)
    {
        int number = (_cases / 2) + (_sent * 31 % Math.Min(5000, _cases / 4));
        return (Backlog.Id(number), names.Heard($"听-{_sent++}-{Now.UtcTicks}", number, Now));
    }

    private long Stored => new DirectoryInfo(_directory).EnumerateFiles().Sum(f => f.Length);

    private static void Report(string when, List<double> milliseconds) =>
        Console.WriteLine($"due: {when}: {milliseconds.Count} events, to the durable answer: {new Quantiles(milliseconds).Describe("ms")}");

    private static void Late(string what, IEnumerable<double> seconds)
    {
        List<double> milliseconds = [.. seconds.Select(s => s * 1000)];
        Console.WriteLine(milliseconds.Count == 0 ? $"due:   {what}: none" : $"due:   {what}: {milliseconds.Count}, after the instant it was due: {new Quantiles(milliseconds).Describe("ms")}");
    }

    private static (long Heap, long Resident) Memory()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        return (GC.GetTotalMemory(true), Resident.Of(Environment.ProcessId));
    }
}
