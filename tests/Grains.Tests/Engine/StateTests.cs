using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grains.Tests.Engine;

public sealed class StateTests
{
    [TimelyFact]
    public async Task A_state_without_record_starts_out_new()
    {
        await using var engine = await EngineFixture.Start();
        Assert.Equal(new(0, false, null), await engine.Grain<IStateGrain>().Look());
    }

    [TimelyFact]
    public async Task A_written_state_is_there_before_the_next_activation_begins()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<IStateGrain>();
        await grain.Set(7);
        await grain.Leave();
        Assert.Equal(new(7, true, "1"), await grain.Look().Soon());
        Assert.Contains("activated with 7", engine.Stage.Marks);
    }

    [TimelyFact]
    public async Task States_of_one_grain_are_apart_even_if_of_one_type()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<IStateGrain>();
        await grain.Set(7);
        await grain.SetOther(8);
        await grain.Leave();
        Assert.Equal(7, (await grain.Look().Soon()).Value);
        Assert.Equal(8, await grain.Other());
    }

    [TimelyFact]
    public async Task A_cleared_state_is_new_again_and_can_be_written_again()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<IStateGrain>();
        await grain.Set(7);
        await grain.Clear();
        Assert.Equal(new(0, false, null), await grain.Look());
        Assert.Equal(0, engine.Storage.Count);
        await grain.Set(8);
        Assert.Equal(8, (await grain.Look()).Value);
    }

    [TimelyFact]
    public async Task Every_write_changes_the_etag()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<IStateGrain>();
        await grain.Set(7);
        var before = (await grain.Look()).Etag;
        await grain.Set(7);
        Assert.NotEqual(before, (await grain.Look()).Etag);
    }

    [TimelyFact]
    public async Task A_write_over_a_record_that_has_changed_fails_and_the_next_call_sees_the_change()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<IStateGrain>();
        await grain.Set(7);
        engine.Storage.Overwrite("number", "state/a", new NumberState { Value = 70 });
        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Set(8)).Soon();
        Assert.Equal(70, (await grain.Look().Soon()).Value);
        await grain.Set(9).Soon();
    }

    [TimelyFact]
    public async Task A_conflict_ends_the_grain_that_had_it_and_not_the_grain_that_called_it()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<IStateGrain>("a");
        var caller = engine.Grain<IStateGrain>("caller");
        await grain.Set(7);
        engine.Storage.Overwrite("number", "state/a", new NumberState { Value = 70 });
        await Assert.ThrowsAsync<InconsistentStateException>(() => caller.SetThrough("a", 8)).Soon();
        await caller.Look().Soon();
        await grain.Look().Soon();
        Assert.Equal(["activated with 0", "activated with 0", "activated with 70"], engine.Stage.Marks);
    }

    [TimelyFact]
    public async Task Writes_of_interleaving_requests_do_not_get_into_each_others_way()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<IStateGrain>();
        await Task.WhenAll(Enumerable.Range(1, 50).Select(grain.SetInterleaved)).Soon();
        var last = (await grain.Look()).Value;
        await grain.Leave();
        Assert.Equal(last, (await grain.Look().Soon()).Value);
    }

    [TimelyFact(NotOnOrleans = OnOrleans.OneWriteForMany)]
    public async Task Every_interleaving_request_has_a_write_of_its_own()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<IStateGrain>();
        await Task.WhenAll(Enumerable.Range(1, 50).Select(grain.SetInterleaved)).Soon();
        Assert.Equal("50", (await grain.Look()).Etag);
    }

    [TimelyFact]
    public async Task A_state_can_be_written_during_deactivation()
    {
        await using var engine = await EngineFixture.Start();
        var grain = engine.Grain<IStateGrain>("writes on leaving");
        await grain.Look();
        await grain.Leave();
        Assert.Equal(-1, (await grain.Look().Soon()).Value);
    }

    [TimelyFact]
    public async Task A_storage_that_is_not_registered_fails_the_call()
    {
        await using var engine = await EngineFixture.Start();
        await Assert.ThrowsAsync(EngineFixture.NoStorage, () => engine.Grain<IHomelessGrain>().Look()).Soon();
    }
}

public sealed class NumberState
{
    public int Value { get; set; }
}

[GenerateSerializer]
public sealed record Look([property: Id(0)] int Value, [property: Id(1)] bool Exists, [property: Id(2)] string? Etag);

public interface IStateGrain : IGrainWithStringKey
{
    Task<Look> Look();

    Task<int> Other();

    Task Set(int value);

    Task SetOther(int value);

    Task SetThrough(string key, int value);

    [AlwaysInterleave]
    Task SetInterleaved(int value);

    Task Clear();

    Task Leave();
}

public sealed class StateGrain(
    Stage stage,
    [PersistentState("number", "memory")] IPersistentState<NumberState> number,
    [PersistentState("other", "memory")] IPersistentState<NumberState> other) : Grain, IStateGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        stage.Mark($"activated with {number.State.Value}");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        this.GetPrimaryKeyString() == "writes on leaving" ? Set(-1) : Task.CompletedTask;

    public Task<Look> Look() => Task.FromResult(new Look(number.State.Value, number.RecordExists, number.Etag));

    public Task<int> Other() => Task.FromResult(other.State.Value);

    public async Task Set(int value)
    {
        number.State.Value = value;
        await number.WriteStateAsync();
    }

    public async Task SetOther(int value)
    {
        other.State = new NumberState { Value = value };
        await other.WriteStateAsync();
    }

    public Task SetThrough(string key, int value) => GrainFactory.GetGrain<IStateGrain>(key).Set(value);

    public async Task SetInterleaved(int value)
    {
        await Task.Yield();
        await Set(value);
    }

    public Task Clear() => number.ClearStateAsync();

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

public interface IHomelessGrain : IGrainWithStringKey
{
    Task Look();
}

public sealed class HomelessGrain([PersistentState("number", "nowhere")] IPersistentState<NumberState> number) : Grain, IHomelessGrain
{
    public Task Look() => Task.FromResult(number.State);
}
