using FsCheck;
using FsCheck.Fluent;
using Orleans;
using Orleans.Concurrency;

namespace Grains.Tests.Engine;

/// <summary>Whatever the order in which turns run, the rules hold; and the same seed gives the same order.</summary>
public sealed class SeededScheduleTests
{
    [Fact]
    public void Under_any_schedule_requests_overlap_only_where_their_attributes_let_them() =>
        Prop.ForAll(ArbMap.Default.ArbFor<ulong>(), seed =>
        {
            var marks = Run(seed);
            var running = new List<string>();
            foreach (var (phase, kind, _) in marks)
            {
                if (phase == "end")
                {
                    running.Remove(kind);
                    continue;
                }
                if (kind == "write" && (running.Contains("write") || running.Contains("read")))
                    return false;
                if (kind == "read" && running.Contains("write"))
                    return false;
                running.Add(kind);
            }
            return running.Count == 0 && marks.Count == 2 * Calls;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void Under_any_schedule_requests_of_one_kind_start_in_the_order_sent() =>
        Prop.ForAll(ArbMap.Default.ArbFor<ulong>(), seed => Run(seed)
            .Where(mark => mark.Phase == "start").GroupBy(mark => mark.Kind)
            .All(kind => kind.Select(mark => mark.Number).SequenceEqual(kind.Select(mark => mark.Number).Order())))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void Requests_do_overlap_when_they_may()
    {
        var marks = Run(seed: 1);
        Assert.Contains(marks.Zip(marks.Skip(1)), pair => pair.First.Phase == "start" && pair.Second is { Phase: "start", Kind: "read" });
        Assert.Contains(marks.Zip(marks.Skip(1)), pair => pair.First is { Phase: "start", Kind: "write" } && pair.Second.Phase == "start");
    }

    [Fact]
    public void The_same_seed_gives_the_same_order_and_another_seed_another()
    {
        Assert.Equal(Run(seed: 7), Run(seed: 7));
        Assert.Contains(Enumerable.Range(8, 10), seed => !Run((ulong)seed).SequenceEqual(Run(seed: 7)));
    }

    private const int Calls = 40;

    private static List<(string Phase, string Kind, int Number)> Run(ulong seed)
    {
        var scheduler = new SeededScheduler(seed);
        var engine = EngineFixture.Start(options =>
        {
            options.Scheduler = scheduler;
            options.TurnsPerSlice = 1;
        }).GetAwaiter().GetResult();
        var pacers = Enumerable.Range(0, 3).Select(i => engine.Grain<IPaceGrain>($"pace {i}")).ToArray();
        var grain = engine.Grain<IMixedGrain>();
        var calls = new List<Task>();
        for (var i = 0; i < Calls; i++)
        {
            var pace = pacers[scheduler.Next(pacers.Length)];
            calls.Add(scheduler.Next(3) switch
            {
                0 => grain.Read(i, pace),
                1 => grain.Interleave(i, pace),
                _ => grain.Write(i, pace),
            });
        }
        scheduler.RunUntilIdle();
        Assert.All(calls, call => Assert.True(call.IsCompletedSuccessfully));
        return [.. engine.Stage.Marks.Select(mark => mark.Split(' ')).Select(mark => (mark[0], mark[1], int.Parse(mark[2])))];
    }
}

public interface IPaceGrain : IGrainWithStringKey
{
    Task Pace();
}

public sealed class PaceGrain : Grain, IPaceGrain
{
    public async Task Pace() => await Task.Yield();
}

public interface IMixedGrain : IGrainWithStringKey
{
    [ReadOnly]
    Task Read(int number, IPaceGrain pace);

    [AlwaysInterleave]
    Task Interleave(int number, IPaceGrain pace);

    Task Write(int number, IPaceGrain pace);
}

public sealed class MixedGrain(Stage stage) : Grain, IMixedGrain
{
    public Task Read(int number, IPaceGrain pace) => Run("read", number, pace);

    public Task Interleave(int number, IPaceGrain pace) => Run("interleave", number, pace);

    public Task Write(int number, IPaceGrain pace) => Run("write", number, pace);

    private async Task Run(string kind, int number, IPaceGrain pace)
    {
        stage.Mark($"start {kind} {number}");
        await pace.Pace();
        await Task.WhenAll(pace.Pace(), pace.Pace());
        stage.Mark($"end {kind} {number}");
    }
}
