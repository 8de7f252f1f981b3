namespace Cluster.Crash.Stores;

/// <summary>A store that things are done to.</summary>
internal abstract class StoreUnderFault : IAsyncDisposable
{
    protected StoreUnderFault() => Data = Directory.CreateTempSubdirectory("cluster-crash-").FullName;

    /// <summary>As <c>--store</c> names it: sqlite or postgres.</summary>
    public abstract string Name { get; }

    /// <summary>The server's <c>--data</c>.</summary>
    public string Data { get; protected init; }

    /// <summary>Further options of the server.</summary>
    public virtual string[] Options => [];

    /// <summary>The store's own check of itself, and that every stream's versions run from 1 without a gap; while no server uses it.</summary>
    /// <exception cref="BrokenClaim">Something is wrong.</exception>
    public abstract Task Check();

    public virtual ValueTask DisposeAsync()
    {
        Directory.Delete(Data, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Makes a store.</summary>
    /// <param name="name">sqlite or postgres.</param>
    /// <param name="disk">Where its data lie; null: among the temporary files.</param>
    public static async Task<StoreUnderFault> Make(string name, SmallDisk? disk = null) => name switch
    {
        "sqlite" => new SqliteUnderFault(disk),
        // Small segments of its log, so that a small disk holds some.
        "postgres" => await PostgresUnderFault.Start(disk?.Path, disk is null ? [] : ["max_wal_size = 32MB", "min_wal_size = 32MB"]),
        _ => throw new ArgumentException($"There is no store '{name}'; there are sqlite and postgres.", nameof(name)),
    };

    /// <summary>Why a store cannot be had here; null if it can.</summary>
    public static string? Missing(string name) => name == "postgres" ? Shared.PostgresServer.Missing : null;
}
