using System.Collections.Concurrent;
using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grains.Tests.Engine;

/// <summary>Storage for tests: keeps records as JSON, so that nothing is shared with the grain, and counts versions as ETags.</summary>
public sealed class MemoryGrainStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string State, string Grain), (string Json, int Version)> _records = new();

    public int Count => _records.Count;

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        grainState.RecordExists = _records.TryGetValue((stateName, grainId.ToString()), out var record);
        grainState.State = grainState.RecordExists ? JsonSerializer.Deserialize<T>(record.Json) : default;
        grainState.ETag = grainState.RecordExists ? record.Version.ToString() : null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // As with a database: the ETag is taken on the way out and compared some time later.
        var etag = grainState.ETag;
        await Task.Yield();
        var version = Check(stateName, grainId, etag) + 1;
        _records[(stateName, grainId.ToString())] = (JsonSerializer.Serialize(grainState.State), version);
        grainState.ETag = version.ToString();
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var etag = grainState.ETag;
        await Task.Yield();
        Check(stateName, grainId, etag);
        _records.TryRemove((stateName, grainId.ToString()), out _);
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    /// <summary>Changes the record of a grain behind its back.</summary>
    public void Overwrite<T>(string stateName, string grainId, T state) => _records.AddOrUpdate(
        (stateName, grainId),
        _ => (JsonSerializer.Serialize(state), 1),
        (_, record) => (JsonSerializer.Serialize(state), record.Version + 1));

    private int Check(string stateName, GrainId grainId, string? etag)
    {
        var stored = _records.TryGetValue((stateName, grainId.ToString()), out var record) ? record.Version.ToString() : null;
        return stored == etag
            ? record.Version
            : throw new InconsistentStateException("The record has changed.", stored, etag);
    }
}
