using Cluster.Contracts.Storage;

namespace Cluster.Storage;

/// <summary>Whether a finding still stands and somebody must deal with it; the numbers are those of the table.</summary>
internal enum AlertState
{
    Open = 0,
    Cleared = 1,
    Retracted = 2,

    /// <summary>It stands, and people have closed or dismissed it.</summary>
    Settled = 3,
}

internal static class AlertStates
{
    public static AlertState State(this AlertRow row) =>
        row.RetractedAt is not null ? AlertState.Retracted
        : row.ClearedAt is not null ? AlertState.Cleared
        : row.Status is "closed" or "dismissed" ? AlertState.Settled
        : AlertState.Open;
}
