using Orleans;
using Orleans.Concurrency;

namespace Grains.Tests.Engine;

public sealed class TurnTests
{
    [ThreadStatic]
    private static bool s_isCompleting;

    public static bool IsCompleting => s_isCompleting;

    [TimelyFact]
    public async Task A_request_completes_before_the_next_one_starts()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ITurnGrain>();

        var first = grain.Wait("first");
        await engine.Stage.Reached("first");
        var second = grain.Wait("second");
        engine.Stage.Open("second");
        await engine.Grain<ITurnGrain>("b").Read();
        Assert.DoesNotContain("second", engine.Stage.Marks);

        engine.Stage.Open("first");
        await first.Soon();
        await second.Soon();
        Assert.Equal(["first", "first done", "second", "second done"], engine.Stage.Marks);
    }

    [TimelyFact]
    public async Task Another_grain_of_the_same_class_does_not_wait()
    {
        await using var engine = await EngineFixture.Start();
        var blocked = engine.Grain<ITurnGrain>("a").Wait("first");
        await engine.Stage.Reached("first");

        await engine.Grain<ITurnGrain>("b").Read().Soon();
        Assert.False(blocked.IsCompleted);
    }

    [TimelyFact(NotOnOrleans = OnOrleans.NoOrder)]
    public async Task Calls_from_one_caller_start_in_the_order_sent()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ITurnGrain>();
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(grain.Append)).Soon();
        Assert.Equal(Enumerable.Range(0, 2_000), await grain.Appended());
    }

    [TimelyFact(NotOnOrleans = OnOrleans.NoOrder)]
    public async Task Calls_from_a_grain_start_in_the_order_sent()
    {
        await using var engine = await EngineFixture.Start();
        await engine.Grain<ITurnGrain>("a").SendTo("b", 1_000).Soon();
        Assert.Equal(Enumerable.Range(0, 1_000), await engine.Grain<ITurnGrain>("b").Appended());
    }

    [TimelyFact]
    public async Task Code_between_awaits_is_never_parallel_even_if_requests_interleave()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<IReentrantGrain>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
                await grain.CountInSteps(10);
        }))).Soon();
        Assert.Equal(8 * 50 * 10, await grain.Count().Soon());
        Assert.DoesNotContain("parallel", engine.Stage.Marks);
    }

    [TimelyFact]
    public async Task Code_after_an_await_runs_in_the_same_place_as_before()
    {
        await using var engine = await EngineFixture.Start();
        Assert.All(await engine.Grain<ITurnGrain>().StaysAfterYieldThreadPoolAndOtherGrain().Soon(), Assert.True);
    }

    [TimelyFact]
    public async Task Whoever_completes_what_a_grain_waits_for_does_not_run_the_grain()
    {
        await using var engine = await EngineFixture.Start();
        var resumed = engine.Grain<ITurnGrain>().IsResumedInPlace();
        await engine.Stage.Reached("waiting");
        await Task.Run(() =>
        {
            s_isCompleting = true;
            engine.Stage.WaitedFor.SetResult();
            s_isCompleting = false;
        });
        Assert.False(await resumed.Soon());
    }

    [TimelyFact]
    public async Task A_reentrant_grain_starts_requests_while_others_wait()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<IReentrantGrain>();
        var first = grain.Wait("first");
        var second = grain.Wait("second");
        await engine.Stage.Reached("first");
        await engine.Stage.Reached("second");
        engine.Stage.Open("second");
        await second.Soon();
        Assert.False(first.IsCompleted);
    }

    [TimelyFact]
    public async Task Reentrant_grains_may_call_each_other_in_a_circle()
    {
        await using var engine = await EngineFixture.Start();
        Assert.Equal(3, await engine.Grain<IReentrantGrain>("a").Circle(3, "b", "a").Soon());
    }

    [TimelyFact]
    public async Task An_always_interleaving_method_starts_beside_any_request_and_before_those_that_wait()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ITurnGrain>();
        var first = grain.Wait("first");
        await engine.Stage.Reached("first");
        var second = grain.Wait("second");

        await grain.Interleaved().Soon();
        Assert.Equal(["first", "interleaved"], engine.Stage.Marks);
        engine.Stage.OpenAll();
        await Task.WhenAll(first, second).Soon();
    }

    [TimelyFact]
    public async Task A_request_that_only_interleaving_ones_run_beside_starts()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ITurnGrain>();
        var interleaving = grain.InterleavedWait("interleaving");
        await engine.Stage.Reached("interleaving");
        await grain.Append(1).Soon();
        Assert.False(interleaving.IsCompleted);
    }

    [TimelyFact(NotOnOrleans = OnOrleans.ReadsLetWritesIn)]
    public async Task Read_only_requests_run_beside_each_other_and_not_beside_a_write()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ITurnGrain>();
        var reads = Task.WhenAll(grain.ReadWait("read 1"), grain.ReadWait("read 2"));
        await engine.Stage.Reached("read 1");
        await engine.Stage.Reached("read 2");

        var write = grain.Wait("write");
        engine.Stage.Open("read 1");
        await engine.Grain<ITurnGrain>("b").Read();
        await grain.Interleaved().Soon();
        Assert.DoesNotContain("write", engine.Stage.Marks);

        engine.Stage.Open("read 2");
        await engine.Stage.Reached("write");
        var late = grain.ReadWait("late read");
        await grain.Interleaved().Soon();
        Assert.DoesNotContain("late read", engine.Stage.Marks);

        engine.Stage.OpenAll();
        await Task.WhenAll(reads, write, late).Soon();
    }

    [TimelyFact]
    public async Task A_grain_that_waits_for_a_call_to_itself_gets_a_timeout_and_is_free_again()
    {
        await using var engine = await EngineFixture.Start(options => options.ResponseTimeout = TimeSpan.FromSeconds(30));
        var grain = engine.Grain<ITurnGrain>();
        var deadlock = grain.CallsItself();
        await engine.Stage.Reached("calling myself");
        engine.Time.Advance(TimeSpan.FromSeconds(31));
        await Assert.ThrowsAsync<TimeoutException>(() => deadlock).Soon();
        Assert.Empty(await grain.Appended().Soon());
    }
}

public interface ITurnGrain : IGrainWithStringKey
{
    Task Wait(string gate);

    Task Append(int number);

    Task<int[]> Appended();

    Task SendTo(string key, int count);

    Task<bool[]> StaysAfterYieldThreadPoolAndOtherGrain();

    Task CallsItself();

    Task<bool> IsResumedInPlace();

    [AlwaysInterleave]
    Task Interleaved();

    [AlwaysInterleave]
    Task InterleavedWait(string gate);

    [ReadOnly]
    Task Read();

    [ReadOnly]
    Task ReadWait(string gate);
}

public sealed class TurnGrain(Stage stage) : Grain, ITurnGrain
{
    private readonly List<int> _appended = [];

    public async Task Wait(string gate)
    {
        await stage.Wait(gate);
        stage.Mark(gate + " done");
    }

    public Task Append(int number)
    {
        _appended.Add(number);
        return Task.CompletedTask;
    }

    public Task<int[]> Appended() => Task.FromResult(_appended.ToArray());

    public Task SendTo(string key, int count)
    {
        var other = GrainFactory.GetGrain<ITurnGrain>(key);
        return Task.WhenAll(Enumerable.Range(0, count).Select(other.Append));
    }

    public async Task<bool[]> StaysAfterYieldThreadPoolAndOtherGrain()
    {
        var place = TaskScheduler.Current;
        await Task.Yield();
        var afterYield = TaskScheduler.Current == place;
        await Task.Run(() => { });
        var afterThreadPool = TaskScheduler.Current == place;
        await GrainFactory.GetGrain<ITurnGrain>("other").Read();
        return [afterYield, afterThreadPool, TaskScheduler.Current == place];
    }

    public async Task CallsItself()
    {
        var call = this.AsReference<ITurnGrain>().Append(1);
        stage.Mark("calling myself");
        await call;
    }

    public async Task<bool> IsResumedInPlace()
    {
        stage.Mark("waiting");
        await stage.WaitedFor.Task;
        return TurnTests.IsCompleting;
    }

    public Task Interleaved()
    {
        stage.Mark("interleaved");
        return Task.CompletedTask;
    }

    public Task InterleavedWait(string gate) => stage.Wait(gate);

    public Task Read() => Task.CompletedTask;

    public Task ReadWait(string gate) => stage.Wait(gate);
}

public interface IReentrantGrain : IGrainWithStringKey
{
    Task Wait(string gate);

    Task CountInSteps(int steps);

    Task<int> Count();

    Task<int> Circle(int depth, string next, string afterNext);
}

[Reentrant]
public sealed class ReentrantGrain(Stage stage) : Grain, IReentrantGrain
{
    private int _count;
    private int _inside;

    public Task Wait(string gate) => stage.Wait(gate);

    public async Task CountInSteps(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            if (Interlocked.Increment(ref _inside) != 1)
                stage.Mark("parallel");
            _count++;
            Interlocked.Decrement(ref _inside);
            await Task.Yield();
        }
    }

    public Task<int> Count() => Task.FromResult(_count);

    public async Task<int> Circle(int depth, string next, string afterNext) => depth == 0
        ? 0
        : 1 + await GrainFactory.GetGrain<IReentrantGrain>(next).Circle(depth - 1, afterNext, next);
}
