namespace Cluster.Storage.Snapshots;

/// <summary>States of grains by name and key: caches of what the journal says, guarded by etags.</summary>
public interface ISnapshotStore
{
    /// <summary>The state, or null if there is none.</summary>
    Task<Snapshot?> Read(string name, string key, CancellationToken cancellation = default);

    /// <summary>Writes a state durably and returns its etag.</summary>
    /// <param name="expectedEtag">The etag of the state that is replaced; null when there must be none.</param>
    /// <exception cref="SnapshotConflictException">Another state is stored; nothing was written.</exception>
    Task<string> Write(string name, string key, byte[] state, string? expectedEtag, CancellationToken cancellation = default);

    /// <summary>Removes a state; that there is none already is no error when none is expected.</summary>
    /// <exception cref="SnapshotConflictException">Another state is stored; nothing was removed.</exception>
    Task Clear(string name, string key, string? expectedEtag, CancellationToken cancellation = default);
}

/// <summary>A stored state.</summary>
/// <param name="Etag">Never the same for two writings of one key.</param>
public sealed record Snapshot(byte[] State, string Etag);

/// <summary>A state was changed by somebody else meanwhile.</summary>
public sealed class SnapshotConflictException(string name, string key, string? expected, string? actual)
    : Exception($"Snapshot {name}/{key} has etag {actual ?? "none"}, not {expected ?? "none"}.");
