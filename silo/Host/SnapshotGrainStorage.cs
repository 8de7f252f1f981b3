using System.Text.Json;
using Cluster.Contracts.Operations;
using Cluster.Storage.Snapshots;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Cluster.Silo;

/// <summary>Keeps the states of grains in the store's snapshots, as JSON.</summary>
internal sealed class SnapshotGrainStorage(ISnapshotStore snapshots, IOperationalAlerts operators) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = await snapshots.Read(stateName, grainId.ToString());
        grainState.RecordExists = stored is not null;
        grainState.ETag = stored?.Etag;
        grainState.State = (stored is null ? default : Read<T>(stored.State)) ?? Activator.CreateInstance<T>();
    }

    // A snapshot is a cache. One that cannot be read is as good as none, and the next one takes its place.
    private T? Read<T>(byte[] state)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(state);
        }
        catch (Exception e) when (e is JsonException or FormatException or NotSupportedException)
        {
            operators.Raise(OperationalKind.SnapshotUnreadable, cause: e);
            return default;
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        try
        {
            grainState.ETag = await snapshots.Write(stateName, grainId.ToString(), JsonSerializer.SerializeToUtf8Bytes(grainState.State), grainState.ETag);
            grainState.RecordExists = true;
        }
        catch (SnapshotConflictException e)
        {
            throw new InconsistentStateException(e.Message, e);
        }
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await snapshots.Clear(stateName, grainId.ToString(), grainState.ETag);
        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }
}
