using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Grains.Tests.Engine;

public sealed class CallTests
{
    [TimelyFact]
    public async Task A_call_returns_what_the_method_returns()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ICallGrain>();
        Assert.Equal(5, await grain.Add(2, 3));
        Assert.Equal(5, await grain.AddAsValueTask(2, 3));
        Assert.Equal("text", await grain.Echo("text"));
        Assert.Null(await grain.Echo<string?>(null));
    }

    [TimelyFact]
    public async Task An_exception_reaches_the_caller_with_its_type_message_and_origin()
    {
        await using var engine = await EngineFixture.Start();
        foreach (var thrower in new Func<ICallGrain, Task>[] { g => g.ThrowAtOnce(), g => g.ThrowLater(), g => g.ThrowThroughAnother(), g => g.ThrowAsValueTask().AsTask() })
        {
            var error = await Assert.ThrowsAsync<CallRefused>(() => thrower(engine.Grain<ICallGrain>()));
            Assert.Equal("no", error.Message);
            Assert.Contains(nameof(CallGrain.Refuse), error.StackTrace);
        }
    }

    [TimelyFact]
    public async Task A_grain_is_usable_after_it_has_thrown()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ICallGrain>();
        await Assert.ThrowsAsync<CallRefused>(grain.ThrowLater);
        Assert.Equal(5, await grain.Add(2, 3).Soon());
    }

    [TimelyFact]
    public async Task A_cancellation_inside_a_grain_reaches_the_caller_as_cancellation()
    {
        await using var engine = await EngineFixture.Start();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.Grain<ICallGrain>().Cancel());
    }

    [TimelyFact]
    public async Task A_one_way_call_returns_before_it_is_carried_out_and_keeps_its_place_in_line()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ICallGrain>();
        var blocker = grain.Wait("gate");
        await engine.Stage.Reached("gate");
        Assert.True(grain.Notify("one way").IsCompletedSuccessfully);
        await engine.Grain<ICallGrain>("b").Key();
        Assert.DoesNotContain("one way", engine.Stage.Marks);
        engine.Stage.Open("gate");
        await engine.Stage.Reached("one way");
        await blocker;
    }

    [TimelyFact]
    public async Task The_failure_of_a_one_way_call_stays_with_the_grain()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ICallGrain>();
        Assert.True(grain.NotifyAndFail().IsCompletedSuccessfully);
        Assert.Equal(5, await grain.Add(2, 3).Soon());
    }

    [TimelyFact]
    public async Task A_call_that_runs_too_long_times_out_and_goes_on()
    {
        await using var engine = await EngineFixture.Start(options => options.ResponseTimeout = TimeSpan.FromSeconds(30));
        var grain = engine.Grain<ICallGrain>();
        var call = grain.Wait("gate");
        await engine.Stage.Reached("gate");
        engine.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(call.IsCompleted);
        engine.Time.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<TimeoutException>(() => call).Soon();

        engine.Stage.Open("gate");
        await engine.Stage.Reached("gate done");
        Assert.Equal(5, await grain.Add(2, 3).Soon());
    }

    [TimelyFact]
    public async Task A_call_that_times_out_while_it_waits_is_never_carried_out()
    {
        await using var engine = await EngineFixture.Start(options => options.ResponseTimeout = TimeSpan.FromSeconds(30));
        var grain = engine.Grain<ICallGrain>();
        var blocker = grain.Wait("gate");
        await engine.Stage.Reached("gate");
        var waiting = grain.Mark("waiting");
        engine.Time.Advance(TimeSpan.FromSeconds(31));
        await Assert.ThrowsAsync<TimeoutException>(() => waiting).Soon();
        await Assert.ThrowsAsync<TimeoutException>(() => blocker).Soon();

        engine.Stage.Open("gate");
        await grain.Mark("after").Soon();
        Assert.DoesNotContain("waiting", engine.Stage.Marks);
    }

    [TimelyFact(NotOnOrleans = OnOrleans.CallClock)]
    public async Task Each_call_has_its_own_time()
    {
        await using var engine = await EngineFixture.Start(options => options.ResponseTimeout = TimeSpan.FromSeconds(30));
        var first = engine.Grain<ICallGrain>().Wait("gate");
        await engine.Stage.Reached("gate");
        engine.Time.Advance(TimeSpan.FromSeconds(20));
        var second = engine.Grain<ICallGrain>().Mark("second");
        engine.Time.Advance(TimeSpan.FromSeconds(11));
        await Assert.ThrowsAsync<TimeoutException>(() => first).Soon();
        Assert.False(second.IsCompleted);
        engine.Time.Advance(TimeSpan.FromSeconds(20));
        await Assert.ThrowsAsync<TimeoutException>(() => second).Soon();
    }

    [TimelyFact]
    public async Task A_grain_with_too_many_waiting_calls_refuses_more_until_it_catches_up()
    {
        await using var engine = await EngineFixture.Start(options => options.MaxEnqueuedRequests = 3);
        var grain = engine.Grain<ICallGrain>();
        var blocker = grain.Wait("gate");
        await engine.Stage.Reached("gate");
        var calls = Enumerable.Range(0, 5).Select(i => grain.Mark($"call {i}")).ToArray();
        await foreach (var call in Task.WhenEach(calls).Take(2))
            Assert.IsAssignableFrom<OrleansException>(await Assert.ThrowsAsync<LimitExceededException>(() => call));

        engine.Stage.Open("gate");
        await Task.WhenAll(calls.Where(call => !call.IsFaulted)).Soon();
        await grain.Mark("later").Soon();
        Assert.Equal(3, engine.Stage.Marks.Count(mark => mark.StartsWith("call ", StringComparison.Ordinal)));
        await blocker;
    }

    [TimelyFact]
    public async Task References_to_one_grain_are_equal_and_carry_its_key()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ICallGrain>("x/1");
        Assert.Equal(grain, engine.Grain<ICallGrain>("x/1"));
        Assert.NotEqual(grain, engine.Grain<ICallGrain>("x/2"));
        Assert.Equal("x/1", grain.GetPrimaryKeyString());
        Assert.Equal("x/1", await grain.Key());
        Assert.Equal(grain, await grain.Myself());
        Assert.Equal("call/x/1", grain.GetGrainId().ToString());
    }

    [TimelyFact]
    public async Task A_reference_travels_in_messages_and_works_where_it_arrives()
    {
        await using var engine = await EngineFixture.Start();
        Assert.Equal("b", await engine.Grain<ICallGrain>("a").AskKeyOf(engine.Grain<ICallGrain>("b")).Soon());
    }

    [TimelyFact]
    public async Task The_class_prefix_chooses_among_classes_of_one_interface()
    {
        await using var engine = await EngineFixture.Start();
        var prefix = typeof(EnglishGreeting).FullName!;
        Assert.Equal("hello", await engine.Client.GetGrain<IGreeting>("a", prefix).Greet());
        Assert.Throws<ArgumentException>(() => engine.Client.GetGrain<IGreeting>("a"));
    }
}

[GenerateSerializer]
public sealed class CallRefused(string message) : Exception(message);

public interface ICallGrain : IGrainWithStringKey
{
    Task<int> Add(int left, int right);

    ValueTask<int> AddAsValueTask(int left, int right);

    Task<T> Echo<T>(T value);

    Task ThrowAtOnce();

    Task<int> ThrowLater();

    Task ThrowThroughAnother();

    ValueTask ThrowAsValueTask();

    Task Cancel();

    Task Wait(string gate);

    Task Mark(string mark);

    [OneWay]
    Task Notify(string mark);

    [OneWay]
    Task NotifyAndFail();

    Task<string> Key();

    Task<ICallGrain> Myself();

    Task<string> AskKeyOf(ICallGrain other);
}

public sealed class CallGrain(Stage stage) : Grain, ICallGrain
{
    public static int Refuse() => throw new CallRefused("no");

    public Task<int> Add(int left, int right) => Task.FromResult(left + right);

    public async ValueTask<int> AddAsValueTask(int left, int right)
    {
        await Task.Yield();
        return left + right;
    }

    public Task<T> Echo<T>(T value) => Task.FromResult(value);

    public Task ThrowAtOnce()
    {
        Refuse();
        return Task.CompletedTask;
    }

    public async Task<int> ThrowLater()
    {
        await Task.Yield();
        return Refuse();
    }

    public Task ThrowThroughAnother() => GrainFactory.GetGrain<ICallGrain>("another").ThrowLater();

    public async ValueTask ThrowAsValueTask()
    {
        await Task.Yield();
        Refuse();
    }

    public Task Cancel() => throw new OperationCanceledException();

    public async Task Wait(string gate)
    {
        await stage.Wait(gate);
        stage.Mark(gate + " done");
    }

    public Task Mark(string mark)
    {
        stage.Mark(mark);
        return Task.CompletedTask;
    }

    public Task Notify(string mark) => Mark(mark);

    public Task NotifyAndFail() => ThrowAtOnce();

    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<ICallGrain> Myself() => Task.FromResult(this.AsReference<ICallGrain>());

    public Task<string> AskKeyOf(ICallGrain other) => other.Key();
}

public interface IGreeting : IGrainWithStringKey
{
    Task<string> Greet();
}

public sealed class EnglishGreeting : Grain, IGreeting
{
    public Task<string> Greet() => Task.FromResult("hello");
}

public sealed class GermanGreeting : Grain, IGreeting
{
    public Task<string> Greet() => Task.FromResult("hallo");
}
