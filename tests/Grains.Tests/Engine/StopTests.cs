using Orleans;
using Orleans.Runtime;

namespace Grains.Tests.Engine;

public sealed class StopTests
{
    [TimelyFact(NotOnOrleans = OnOrleans.NoPlaceWhileStopping)]
    public async Task Stopping_lets_requests_under_way_finish_and_then_deactivates_every_grain()
    {
        await using var engine = await EngineFixture.Start();
        var calls = new[] { engine.Grain<IDrainGrain>("a").Work("b"), engine.Grain<IDrainGrain>("c").Work("d") };
        await engine.Stage.Reached("a works");
        await engine.Stage.Reached("c works");
        var queued = engine.Grain<IDrainGrain>("a").Note("queued");

        var stop = engine.Stop();
        Assert.False(stop.IsCompleted);
        engine.Stage.OpenAll();
        await Task.WhenAll(calls).Soon();
        await queued.Soon();
        await stop.Soon();
        foreach (var key in new[] { "a", "b", "c", "d" })
            Assert.Contains($"{key} left: ShuttingDown", engine.Stage.Marks);
        Assert.Contains("b noted for a", engine.Stage.Marks);
    }

    [TimelyFact(NotOnOrleans = OnOrleans.TakesCallsWhileStopping)]
    public async Task Calls_from_outside_are_refused_once_stopping()
    {
        await using var engine = await EngineFixture.Start();
        var work = engine.Grain<IDrainGrain>("a").Work("b");
        await engine.Stage.Reached("a works");
        var stop = engine.Stop();
        await Assert.ThrowsAnyAsync<OrleansException>(() => engine.Grain<IDrainGrain>("x").Note("refused")).Soon();
        engine.Stage.OpenAll();
        await Task.WhenAll(work, stop).Soon();
        await Assert.ThrowsAnyAsync<OrleansException>(() => engine.Grain<IDrainGrain>("x").Note("refused")).Soon();
        Assert.DoesNotContain("x noted refused", engine.Stage.Marks);
    }

    [TimelyFact]
    public async Task A_grain_that_does_not_finish_does_not_hold_the_host_for_ever()
    {
        await using var engine = await EngineFixture.Start();
        var work = engine.Grain<IDrainGrain>("a").Work("b");
        await engine.Stage.Reached("a works");
        using var patience = new CancellationTokenSource();
        var stop = engine.Stop(patience.Token);
        await patience.CancelAsync();
        await stop.Soon();
        Assert.False(work.IsCompleted);
    }
}

public interface IDrainGrain : IGrainWithStringKey
{
    /// <summary>Waits at a gate and then calls another grain, which may have been deactivated meanwhile.</summary>
    Task Work(string other);

    Task Note(string text);
}

public sealed class DrainGrain(Stage stage) : Grain, IDrainGrain
{
    private string Key => this.GetPrimaryKeyString();

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        stage.Mark($"{Key} left: {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public async Task Work(string other)
    {
        await stage.Wait($"{Key} works");
        await GrainFactory.GetGrain<IDrainGrain>(other).Note($"for {Key}");
    }

    public Task Note(string text)
    {
        stage.Mark($"{Key} noted {text}");
        return Task.CompletedTask;
    }
}
