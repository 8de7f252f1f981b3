namespace Cluster.Contracts.Storage;

/// <summary>Whether the store can be read and written.</summary>
public interface IStoreHealth
{
    /// <summary>Opens the store if nobody did, reads from it, and after a failed write writes to it. Does not throw for a store that fails.</summary>
    Task<StoreHealth> Check(CancellationToken cancellation = default);
}

/// <summary>What a check found.</summary>
/// <param name="Problem">What is wrong, for the operator; null when nothing is.</param>
public sealed record StoreHealth(bool Ready, string? Problem);
