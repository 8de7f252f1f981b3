namespace Cluster.Storage;

/// <summary>Where and how the store keeps what it is given.</summary>
public sealed class StorageOptions
{
    /// <summary>Folder of <c>cluster.db</c>; made if absent. One process at a time may use it.</summary>
    public required string Directory { get; set; }

    /// <summary>The PostgreSQL database to use instead, as <c>postgres://user:password@host:port/database</c>; null keeps everything in <see cref="Directory"/>.</summary>
    public string? Postgres { get; set; }

    /// <summary>
    /// Whether this process alone may use the PostgreSQL database, which one that runs every grain must. False where several silos share it.
    /// </summary>
    public bool Exclusive { get; set; } = true;

    /// <summary>Commits that may wait for the disk before senders are told to come back later. More hides an overload longer and takes more memory.</summary>
    public int MaxWaiting { get; set; } = 20_000;

    /// <summary>Reads that may run at once. Each keeps a connection, on SQLite with a cache of 16 MB at most; on PostgreSQL twice as many may.</summary>
    public int Readers { get; set; } = 4;

    /// <summary>
    /// Has SQLite check the structure of the whole file before it is used, minutes for a large one; that every page is as it was written is checked at every start.
    /// PostgreSQL has tools of its own.
    /// </summary>
    public bool VerifyOnStart { get; set; }
}
