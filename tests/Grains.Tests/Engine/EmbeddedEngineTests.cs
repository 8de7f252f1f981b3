using Orleans;

namespace Grains.Tests.Engine;

/// <summary>What only the embedded engine promises.</summary>
public sealed class EmbeddedEngineTests
{
    [TimelyFact]
    public async Task The_context_of_the_caller_does_not_leak_into_the_grain()
    {
        await using var engine = await EngineFixture.Start();
        AmbientGrain.Ambient.Value = "the caller's";
        Assert.Null(await engine.Grain<IAmbientGrain>().Look());
        Assert.Null(await engine.Grain<IAmbientGrain>().Look());
        Assert.Equal("the caller's", AmbientGrain.Ambient.Value);
    }

    [TimelyFact]
    public async Task Messages_are_passed_and_not_copied()
    {
        await using var engine = await EngineFixture.Start();
        var message = new object();
        Assert.Same(message, await engine.Grain<ICallGrain>().Echo(message));
    }

    [TimelyFact]
    public async Task A_grain_instance_cannot_be_sent_in_place_of_its_reference()
    {
        await using var engine = await EngineFixture.Start();
        var error = await Assert.ThrowsAsync<ArgumentException>(() => engine.Grain<IAmbientGrain>().SendMyself()).Soon();
        Assert.Contains("AsReference", error.Message);
    }

    [TimelyFact]
    public async Task An_interface_without_class_and_a_method_without_task_are_refused()
    {
        await using var engine = await EngineFixture.Start();
        Assert.Throws<ArgumentException>(() => engine.Grain<INobodysGrain>());
        Assert.Throws<NotSupportedException>(() => engine.Grain<ISynchronousGrain>().Now());
        Assert.Throws<ArgumentException>(() => engine.Grain<ICallGrain>(" "));
    }

    [TimelyFact]
    public async Task A_blocked_caller_outside_does_not_block_the_grain_that_answers()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<ICallGrain>();
        var inside = grain.Wait("gate").ContinueWith(
            _ => grain.Add(1, 2).GetAwaiter().GetResult(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await engine.Stage.Reached("gate");
        engine.Stage.Open("gate");
        Assert.Equal(3, await inside.Soon());
    }
}

public interface IAmbientGrain : IGrainWithStringKey
{
    Task<string?> Look();

    Task SendMyself();
}

public sealed class AmbientGrain : Grain, IAmbientGrain
{
    public static readonly AsyncLocal<string?> Ambient = new();

    public Task<string?> Look() => Task.FromResult(Ambient.Value);

    public Task SendMyself() => GrainFactory.GetGrain<ICallGrain>("other").Echo<IAmbientGrain>(this);
}

public interface INobodysGrain : IGrainWithStringKey;

public interface ISynchronousGrain : IGrainWithStringKey
{
    int Now();
}

public sealed class SynchronousGrain : Grain, ISynchronousGrain
{
    public int Now() => 0;
}
