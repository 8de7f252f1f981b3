using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grains.Tests.Engine;

/// <summary>Gives a new state where there is no record, as every storage of Orleans must: the embedded engine does that itself.</summary>
internal sealed class NewWhereNoRecord(IGrainStorage storage) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await storage.ReadStateAsync(stateName, grainId, grainState);
        if (!grainState.RecordExists) grainState.State = Activator.CreateInstance<T>();
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => storage.WriteStateAsync(stateName, grainId, grainState);

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await storage.ClearStateAsync(stateName, grainId, grainState);
        grainState.State = Activator.CreateInstance<T>();
    }
}
