using Cluster.Crash.Stores;
using Microsoft.Data.Sqlite;

namespace Cluster.Crash.Scenarios;

/// <summary>Something that takes a store away for a while.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Begin">Takes it away.</param>
/// <param name="End">Brings it back.</param>
/// <param name="Reads">Whether reading goes on meanwhile.</param>
internal sealed record StoreFault(string Name, Func<Task> Begin, Func<Task> End, bool Reads)
{
    /// <summary>Every way in which a store may be away.</summary>
    public static IReadOnlyList<Func<StoreUnderFault, StoreFault>> Of(string store) => store == "sqlite"
        ? [s => Locked((SqliteUnderFault)s)]
        : [s => Cut((PostgresUnderFault)s), s => Frozen((PostgresUnderFault)s), s => Dead((PostgresUnderFault)s)];

    /// <summary>Another program locks the file of the embedded store and does not let go.</summary>
    public static StoreFault Locked(SqliteUnderFault store)
    {
        SqliteConnection? other = null;
        return new StoreFault(
            "locked by another program",
            () =>
            {
                other = store.Open();
                SqliteUnderFault.Ask(other, "PRAGMA busy_timeout = 30000; BEGIN EXCLUSIVE");
                return Task.CompletedTask;
            },
            () =>
            {
                SqliteUnderFault.Ask(other!, "ROLLBACK");
                other!.Dispose();
                return Task.CompletedTask;
            },
            Reads: true);
    }

    /// <summary>The wire to PostgreSQL is cut.</summary>
    public static StoreFault Cut(PostgresUnderFault store) => new(
        "cut off",
        store.Wire.Cut,
        () =>
        {
            store.Wire.Mend();
            return Task.CompletedTask;
        },
        Reads: false);

    /// <summary>PostgreSQL neither answers nor refuses.</summary>
    public static StoreFault Frozen(PostgresUnderFault store) => new("frozen", () => store.Signal("-STOP"), () => store.Signal("-CONT"), Reads: false);

    /// <summary>PostgreSQL dies and comes back.</summary>
    public static StoreFault Dead(PostgresUnderFault store) => new("dead", store.Server.Stop, store.Server.Resume, Reads: false);

    /// <summary>The disk is full.</summary>
    public static StoreFault Full(SmallDisk disk) => new("disk full", disk.Fill, disk.Free, Reads: true);
}
