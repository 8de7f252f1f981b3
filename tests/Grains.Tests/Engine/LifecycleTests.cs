using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Grains.Tests.Engine;

public sealed class LifecycleTests
{
    // Past the idle age, with what an engine may take between looking for idle grains.
    private static async Task LeaveAndComeBack(EngineFixture engine)
    {
        var grain = engine.Grain<ILifeGrain>();
        await grain.Calls();
        await grain.Leave();
        Assert.Equal(1, await grain.Calls().Soon());
    }

    private static readonly TimeSpan LongIdle = TimeSpan.FromMinutes(17);

    [TimelyFact]
    public async Task A_grain_activates_on_its_first_call_and_before_it()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ILifeGrain>();
        Assert.Empty(engine.Stage.Marks);
        Assert.Equal(1, await grain.Calls());
        Assert.Equal(2, await grain.Calls());
        Assert.Equal(["activated"], engine.Stage.Marks);
    }

    [TimelyFact]
    public async Task Calls_wait_for_a_slow_activation() => Assert.Equal(Enumerable.Range(1, 10), (await WhileActivating()).Order());

    [TimelyFact(NotOnOrleans = OnOrleans.NoOrder)]
    public async Task Calls_that_waited_for_a_slow_activation_keep_their_order() => Assert.Equal(Enumerable.Range(1, 10), await WhileActivating());

    private static async Task<int[]> WhileActivating()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ILifeGrain>("slow");
        var calls = Enumerable.Range(0, 10).Select(_ => grain.Calls()).ToArray();
        await engine.Stage.Reached("activating");
        Assert.All(calls, call => Assert.False(call.IsCompleted));
        engine.Stage.Open("activating");
        return await Task.WhenAll(calls).Soon();
    }

    [TimelyFact]
    public async Task A_failed_activation_fails_the_calls_and_a_later_call_tries_again()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ILifeGrain>("fails once");
        var error = await Assert.ThrowsAsync<CallRefused>(() => grain.Calls()).Soon();
        Assert.Equal("not yet", error.Message);
        Assert.Equal(1, await grain.Calls().Soon());
    }

    [TimelyFact]
    public async Task A_stuck_activation_is_given_up_and_a_later_call_tries_again()
    {
        await using var engine = await EngineFixture.Start(options => options.ActivationTimeout = TimeSpan.FromSeconds(10));
        var grain = engine.Grain<ILifeGrain>("slow");
        var call = grain.Calls();
        await engine.Stage.Reached("activating");
        engine.Time.Advance(TimeSpan.FromSeconds(11));
        await Assert.ThrowsAsync(EngineFixture.ActivationGivenUp, () => call).Soon();
        engine.Stage.OpenAll();
        Assert.Equal(1, await grain.Calls().Soon());
    }

    [TimelyFact]
    public async Task A_grain_that_asks_for_it_deactivates_after_the_request_and_comes_back_on_the_next_call()
    {
        await using var engine = await EngineFixture.Start();
        await LeaveAndComeBack(engine);
        await engine.Stage.Reached("service disposed");
        Assert.Equal(["activated", "leaving", "deactivated: ApplicationRequested", "activated"], engine.Stage.Marks.Where(mark => !mark.EndsWith("disposed", StringComparison.Ordinal)));
        Assert.Equal(["grain disposed", "service disposed"], engine.Stage.Marks.Where(mark => mark.EndsWith("disposed", StringComparison.Ordinal)));
    }

    [TimelyFact(NotOnOrleans = OnOrleans.DisposedBesideTheNext)]
    public async Task An_activation_is_disposed_of_before_the_next_one_begins()
    {
        await using var engine = await EngineFixture.Start();
        await LeaveAndComeBack(engine);
        Assert.Equal(["deactivated: ApplicationRequested", "grain disposed", "service disposed", "activated"], engine.Stage.Marks.TakeLast(4));
    }

    [TimelyFact]
    public async Task Calls_that_arrive_during_deactivation_go_to_the_next_activation() => Assert.Equal(Enumerable.Range(1, 10), (await WhileDeactivating()).Order());

    [TimelyFact(NotOnOrleans = OnOrleans.NoOrder)]
    public async Task Calls_that_arrive_during_deactivation_keep_their_order() => Assert.Equal(Enumerable.Range(1, 10), await WhileDeactivating());

    private static async Task<int[]> WhileDeactivating()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ILifeGrain>("slow to leave");
        await grain.Calls();
        await grain.Leave();
        await engine.Stage.Reached("deactivating");
        var calls = Enumerable.Range(0, 10).Select(_ => grain.Calls()).ToArray();
        Assert.All(calls, call => Assert.False(call.IsCompleted));
        engine.Stage.Open("deactivating");
        return await Task.WhenAll(calls).Soon();
    }

    [TimelyFact]
    public async Task Once_a_grain_asks_to_leave_no_further_request_starts_in_that_activation()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ILifeGrain>();
        await grain.Calls();
        var waiting = grain.LeaveAndWait("gate");
        await engine.Stage.Reached("gate");
        var interleaving = grain.InterleavedCalls();
        await engine.Grain<ILifeGrain>("b").Calls();
        Assert.False(interleaving.IsCompleted);
        engine.Stage.Open("gate");
        await waiting.Soon();
        Assert.Equal(1, await interleaving.Soon());
    }

    [TimelyFact(NotOnOrleans = OnOrleans.TwoForwards)]
    public async Task A_call_behind_many_that_end_the_grain_is_served_by_the_last()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ILifeGrain>();
        var leaving = Enumerable.Range(0, 8).Select(_ => grain.LeaveAndWait("gate")).ToArray();
        var last = grain.Calls();
        await engine.Stage.Reached("gate");
        engine.Stage.Open("gate");
        await Task.WhenAll(leaving).Soon();
        Assert.Equal(1, await last.Soon());
        Assert.Equal(9, engine.Stage.Marks.Count(mark => mark == "activated"));
    }

    [TimelyFact(NotOnOrleans = OnOrleans.TwoForwards + " " + OnOrleans.NoOrder)]
    public async Task Under_load_with_deactivations_every_call_runs_once_alone_and_in_the_order_of_its_caller()
    {
        const int Callers = 8, Grains = 4, Calls = 300;
        await using var engine = await EngineFixture.Start();
        var sent = Enumerable.Range(0, Callers).Select(caller => Task.Run(() => Task.WhenAll(Enumerable.Range(0, Calls)
            .Select(i => engine.Grain<IBusyGrain>($"{i % Grains}").Work(caller, i, leave: (caller + i) % 7 == 0)))));
        await Task.WhenAll(sent).Soon();

        Assert.DoesNotContain("parallel", engine.Stage.Marks);
        var worked = engine.Stage.Marks.Where(mark => mark.StartsWith("work ", StringComparison.Ordinal))
            .Select(mark => mark.Split(' ')).Select(mark => (Grain: mark[1], Caller: mark[2], Number: int.Parse(mark[3]))).ToArray();
        Assert.Equal(Callers * Calls, worked.Length);
        Assert.All(worked.GroupBy(work => (work.Grain, work.Caller)), works =>
            Assert.Equal(Enumerable.Range(0, Calls).Where(i => i % Grains == int.Parse(works.Key.Grain)), works.Select(work => work.Number)));
    }

    [TimelyFact]
    public async Task A_failed_deactivation_does_not_keep_the_grain_from_coming_back()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ILifeGrain>("fails to leave");
        await grain.Leave();
        Assert.Equal(1, await grain.Calls().Soon());
    }

    [TimelyFact]
    public async Task A_stuck_deactivation_is_given_up()
    {
        await using var engine = await EngineFixture.Start(options => options.DeactivationTimeout = TimeSpan.FromSeconds(30));
        var grain = engine.Grain<ILifeGrain>("slow to leave");
        await grain.Leave();
        await engine.Stage.Reached("deactivating");
        engine.Time.Advance(TimeSpan.FromSeconds(31));
        await engine.Stage.Reached("service disposed");
        Assert.Equal(1, await grain.Calls().Soon());
    }

    [TimelyFact]
    public async Task A_grain_that_always_leaves_at_once_rejects_its_calls_instead_of_passing_them_on_for_ever()
    {
        await using var engine = await EngineFixture.Start();
        await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => engine.Grain<ILifeGrain>("never stays").Calls()).Soon();
    }

    [TimelyFact]
    public async Task An_idle_grain_deactivates()
    {
        await using var engine = await EngineFixture.Start(options => options.CollectionAge = TimeSpan.FromMinutes(15));
        await engine.Grain<ILifeGrain>().Calls();
        engine.Time.Advance(LongIdle);
        await engine.Stage.Reached("deactivated: ActivationIdle");
        Assert.Equal(1, await engine.Grain<ILifeGrain>().Calls().Soon());
    }

    [TimelyFact(NotOnOrleans = OnOrleans.IdleClock)]
    public async Task Use_keeps_a_grain_active()
    {
        await using var engine = await EngineFixture.Start(options => options.CollectionAge = TimeSpan.FromMinutes(15));
        for (var i = 1; i <= 5; i++)
        {
            Assert.Equal(i, await engine.Grain<ILifeGrain>().Calls());
            engine.Time.Advance(TimeSpan.FromMinutes(10));
        }
    }

    [TimelyFact]
    public async Task A_grain_marked_to_be_kept_alive_does_not_deactivate_when_idle()
    {
        await using var engine = await EngineFixture.Start(options => options.CollectionAge = TimeSpan.FromMinutes(15));
        await engine.Grain<IKeptGrain>().Calls();
        await engine.Grain<ILifeGrain>().Calls();
        engine.Time.Advance(LongIdle);
        await engine.Stage.Reached("deactivated: ActivationIdle");
        // A grain that is about to leave may still take a call, but not several in a row.
        for (var i = 2; i < 6; i++)
            Assert.Equal(i, await engine.Grain<IKeptGrain>().Calls().Soon());
    }

    [TimelyFact]
    public async Task A_grain_can_put_off_its_deactivation_and_take_that_back()
    {
        await using var engine = await EngineFixture.Start(options => options.CollectionAge = TimeSpan.FromMinutes(15));
        var delayed = engine.Grain<ILifeGrain>("delayed");
        var undone = engine.Grain<ILifeGrain>("undone");
        await delayed.Delay(TimeSpan.FromHours(2));
        await undone.Delay(TimeSpan.FromHours(2));
        await undone.Delay(TimeSpan.Zero);
        engine.Time.Advance(LongIdle);
        await engine.Stage.Reached("deactivated: ActivationIdle");
        Assert.Equal(1, await undone.Calls().Soon());
        for (var i = 1; i < 6; i++)
            Assert.Equal(i, await delayed.Calls().Soon());
        Assert.Equal(3, engine.Stage.Marks.Count(mark => mark == "activated"));
    }

    [TimelyFact]
    public async Task Services_are_injected_and_scoped_to_the_activation()
    {
        await using var engine = await EngineFixture.Start();
        Assert.True(await engine.Grain<ILifeGrain>().HasItsOwnScope());
    }
}

public interface ILifeGrain : IGrainWithStringKey
{
    /// <summary>Calls to this activation so far, with this one.</summary>
    Task<int> Calls();

    Task Leave();

    Task Delay(TimeSpan span);

    Task<bool> HasItsOwnScope();

    Task LeaveAndWait(string gate);

    [AlwaysInterleave]
    Task<int> InterleavedCalls();
}

public sealed class LifeGrain(Stage stage, ActivationService service) : Grain, ILifeGrain, IDisposable
{
    private int _calls;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        switch (this.GetPrimaryKeyString())
        {
            case "slow":
                await stage.Wait("activating");
                break;
            case "fails once" when !stage.Marks.Contains("failed"):
                stage.Mark("failed");
                throw new CallRefused("not yet");
            case "never stays":
                DeactivateOnIdle();
                break;
        }
        stage.Mark("activated");
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        switch (this.GetPrimaryKeyString())
        {
            case "slow to leave":
                await stage.Wait("deactivating");
                break;
            case "fails to leave":
                throw new CallRefused("not going");
        }
        stage.Mark($"deactivated: {reason.ReasonCode}");
    }

    public Task<int> Calls() => Task.FromResult(++_calls);

    public Task Leave()
    {
        DeactivateOnIdle();
        stage.Mark("leaving");
        return Task.CompletedTask;
    }

    public Task Delay(TimeSpan span)
    {
        DelayDeactivation(span);
        return Task.CompletedTask;
    }

    public Task<bool> HasItsOwnScope() => Task.FromResult(service == ServiceProvider.GetRequiredService<ActivationService>());

    public Task LeaveAndWait(string gate)
    {
        DeactivateOnIdle();
        return stage.Wait(gate);
    }

    public Task<int> InterleavedCalls() => Calls();

    public void Dispose() => stage.Mark("grain disposed");
}

public interface IBusyGrain : IGrainWithStringKey
{
    Task Work(int caller, int number, bool leave);
}

public sealed class BusyGrain(Stage stage) : Grain, IBusyGrain
{
    private int _inside;

    public override async Task OnActivateAsync(CancellationToken cancellationToken) => await Task.Yield();

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => await Task.Yield();

    public async Task Work(int caller, int number, bool leave)
    {
        if (Interlocked.Increment(ref _inside) != 1)
            stage.Mark("parallel");
        if (leave)
            DeactivateOnIdle();
        stage.Mark($"work {this.GetPrimaryKeyString()} {caller} {number}");
        if (number % 3 == 0)
            await Task.Yield();
        Interlocked.Decrement(ref _inside);
    }
}

public interface IKeptGrain : IGrainWithStringKey
{
    Task<int> Calls();
}

[KeepAlive]
public sealed class KeptGrain : Grain, IKeptGrain
{
    private int _calls;

    public Task<int> Calls() => Task.FromResult(++_calls);
}
