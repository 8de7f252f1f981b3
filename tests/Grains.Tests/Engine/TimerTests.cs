using Orleans;
using Orleans.Runtime;

namespace Grains.Tests.Engine;

public sealed class TimerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [TimelyFact]
    public async Task A_timer_ticks_when_due_and_then_every_period()
    {
        await using var engine = await EngineFixture.Start();
        await engine.Grain<ITimerGrain>().Start("t", new(5 * Second, 2 * Second));
        engine.Time.Advance(4 * Second);
        Assert.DoesNotContain("t 1", engine.Stage.Marks);
        engine.Time.Advance(Second);
        await engine.Stage.Reached("t 1");
        await engine.Grain<ITimerGrain>().Sync();
        engine.Time.Advance(2 * Second);
        await engine.Stage.Reached("t 2");
    }

    [TimelyFact]
    public async Task A_timer_without_period_ticks_once_and_one_without_due_time_not_at_all()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ITimerGrain>();
        await grain.Start("once", new(Second, Timeout.InfiniteTimeSpan));
        await grain.Start("never", new(Timeout.InfiniteTimeSpan, Second));
        engine.Time.Advance(Second);
        await engine.Stage.Reached("once 1");
        await grain.Sync();
        engine.Time.Advance(10 * Second);
        await grain.Sync();
        Assert.Equal(["once 1"], engine.Stage.Marks);
    }

    [TimelyFact]
    public async Task A_tick_waits_for_the_running_request_and_requests_wait_for_the_tick()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ITimerGrain>();
        await grain.Start("t", new(Second, Timeout.InfiniteTimeSpan), gate: "tick");
        var request = grain.Wait("request");
        await engine.Stage.Reached("request");
        engine.Time.Advance(Second);
        var next = grain.Mark("next");
        await engine.Grain<ITimerGrain>("b").Sync();
        Assert.DoesNotContain("t 1", engine.Stage.Marks);

        engine.Stage.Open("request");
        await engine.Stage.Reached("tick");
        Assert.DoesNotContain("next", engine.Stage.Marks);
        engine.Stage.Open("tick");
        await Task.WhenAll(request, next).Soon();
        Assert.Equal(["request", "t 1", "tick", "next"], engine.Stage.Marks);
    }

    [TimelyFact]
    public async Task An_interleaving_tick_does_not_wait_for_the_running_request()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ITimerGrain>();
        await grain.Start("t", new(Second, Second) { Interleave = true });
        var request = grain.Wait("request");
        await engine.Stage.Reached("request");
        engine.Time.Advance(Second);
        await engine.Stage.Reached("t 1");
        Assert.False(request.IsCompleted);
    }

    [TimelyFact]
    public async Task The_period_counts_from_the_end_of_a_tick_so_that_ticks_never_overlap()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ITimerGrain>();
        await grain.Start("t", new(Second, Second) { Interleave = true }, gate: "tick");
        engine.Time.Advance(Second);
        await engine.Stage.Reached("tick");
        engine.Time.Advance(10 * Second);
        await grain.Sync();
        Assert.Equal(1, engine.Stage.Marks.Count(mark => mark.StartsWith("t ", StringComparison.Ordinal)));
        engine.Stage.OpenAll();
        await grain.Sync();
        await grain.Sync();
        engine.Time.Advance(Second);
        await engine.Stage.Reached("t 2");
    }

    [TimelyFact]
    public async Task A_tick_that_fails_does_not_stop_the_timer()
    {
        await using var engine = await EngineFixture.Start();
        await engine.Grain<ITimerGrain>().Start("fails", new(Second, Second));
        engine.Time.Advance(Second);
        await engine.Stage.Reached("fails 1");
        await engine.Grain<ITimerGrain>().Sync();
        engine.Time.Advance(Second);
        await engine.Stage.Reached("fails 2");
    }

    [TimelyFact]
    public async Task A_disposed_timer_is_silent_and_a_changed_one_keeps_the_new_time()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ITimerGrain>();
        await grain.Start("disposed", new(Second, Second));
        await grain.Start("changed", new(Second, Second));
        await grain.Dispose("disposed");
        await grain.Change("changed", 5 * Second, Second);
        engine.Time.Advance(4 * Second);
        await grain.Sync();
        Assert.Empty(engine.Stage.Marks);
        engine.Time.Advance(Second);
        await engine.Stage.Reached("changed 1");
        Assert.DoesNotContain("disposed 1", engine.Stage.Marks);
    }

    [TimelyFact(NotOnOrleans = OnOrleans.DisposedTick)]
    public async Task A_tick_that_waits_its_turn_when_the_timer_is_disposed_does_not_happen()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ITimerGrain>();
        await grain.Start("t", new(Second, Second));
        var request = grain.Wait("request", disposing: "t");
        await engine.Stage.Reached("request");
        engine.Time.Advance(Second);
        engine.Stage.Open("request");
        await request.Soon();
        await grain.Sync().Soon();
        Assert.Equal(["request"], engine.Stage.Marks);
    }

    [TimelyFact]
    public async Task Timers_end_with_the_activation()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ITimerGrain>();
        await grain.Start("t", new(Second, Second));
        await grain.Leave();
        await grain.Sync();
        engine.Time.Advance(10 * Second);
        await grain.Sync();
        Assert.Equal(["a left"], engine.Stage.Marks);
    }

    [TimelyFact(NotOnOrleans = OnOrleans.IdleClock)]
    public async Task A_timer_keeps_its_grain_active_only_if_it_asks_to()
    {
        await using var engine = await EngineFixture.Start(options => options.CollectionAge = TimeSpan.FromMinutes(15));
        var options = new TimerSetting(TimeSpan.FromMinutes(10), Timeout.InfiniteTimeSpan);
        await engine.Grain<ITimerGrain>("kept").Start("kept", options with { KeepAlive = true });
        await engine.Grain<ITimerGrain>("idle").Start("idle", options);
        engine.Time.Advance(TimeSpan.FromMinutes(10));
        await engine.Stage.Reached("kept 1");
        await engine.Stage.Reached("idle 1");
        engine.Time.Advance(TimeSpan.FromMinutes(10));
        await engine.Stage.Reached("idle left");
        Assert.DoesNotContain("kept left", engine.Stage.Marks);
        engine.Time.Advance(TimeSpan.FromMinutes(10));
        await engine.Stage.Reached("kept left");
    }
}

/// <summary>What a grain is to set a timer to.</summary>
[GenerateSerializer]
public sealed record TimerSetting([property: Id(0)] TimeSpan DueTime, [property: Id(1)] TimeSpan Period)
{
    [Id(2)]
    public bool Interleave { get; init; }

    [Id(3)]
    public bool KeepAlive { get; init; }
}

public interface ITimerGrain : IGrainWithStringKey
{
    Task Start(string name, TimerSetting setting, string? gate = null);

    Task Dispose(string name);

    Task Change(string name, TimeSpan due, TimeSpan period);

    /// <summary>Completes after everything that came before it.</summary>
    Task Sync();

    Task Mark(string mark);

    Task Wait(string gate, string? disposing = null);

    Task Leave();
}

public sealed class TimerGrain(Stage stage) : Grain, ITimerGrain
{
    private readonly Dictionary<string, IGrainTimer> _timers = [];

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        stage.Mark($"{this.GetPrimaryKeyString()} left");
        return Task.CompletedTask;
    }

    public Task Start(string name, TimerSetting setting, string? gate = null)
    {
        var ticks = 0;
        _timers[name] = this.RegisterGrainTimer(
            static (tick, _) => tick(),
            async Task () =>
            {
                stage.Mark($"{name} {++ticks}");
                if (gate is not null)
                    await stage.Wait(gate);
                if (name == "fails")
                    throw new CallRefused("tick");
            },
            new GrainTimerCreationOptions(setting.DueTime, setting.Period) { Interleave = setting.Interleave, KeepAlive = setting.KeepAlive });
        return Task.CompletedTask;
    }

    public Task Dispose(string name)
    {
        _timers[name].Dispose();
        return Task.CompletedTask;
    }

    public Task Change(string name, TimeSpan due, TimeSpan period)
    {
        _timers[name].Change(due, period);
        return Task.CompletedTask;
    }

    public Task Sync() => Task.CompletedTask;

    public Task Mark(string mark)
    {
        stage.Mark(mark);
        return Task.CompletedTask;
    }

    public async Task Wait(string gate, string? disposing = null)
    {
        await stage.Wait(gate);
        if (disposing is not null)
            _timers[disposing].Dispose();
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
