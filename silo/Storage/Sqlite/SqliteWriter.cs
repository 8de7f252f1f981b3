using Cluster.Contracts.Storage;
using Cluster.Storage.Sqlite.Integrity;
using Cluster.Storage.Sqlite.Tables;
using Cluster.Storage.Writing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cluster.Storage.Sqlite;

/// <summary>Writes groups to SQLite.</summary>
internal sealed class SqliteWriter(AllTables tables, Checkpoints checkpoints) : IGroupWriter
{
    private static readonly Effects NoEffects = new([], []);

    public bool HasChores => tables.Feed.MayPrune || checkpoints.IsDue;

    public Effects Write(IReadOnlyList<Work> group, IReadOnlyCollection<KeyValuePair<string, long>> delivered, DateTimeOffset now)
    {
        // Before a group, not after one: whoever waited for that one has been told.
        if (checkpoints.IsDue)
            checkpoints.Run();
        try
        {
            checkpoints.Begin();
            tables.Connection.Execute("BEGIN IMMEDIATE");
            tables.Begin(now);
            foreach (var work in group)
                Apply(work);
            tables.Due.Settle(delivered);
            if (tables.Feed.MayPrune)
                tables.Feed.Prune(now);
            tables.Finish();
            tables.Connection.Execute("COMMIT");
        }
        catch
        {
            tables.Connection.Rollback();
            tables.Forget();
            throw;
        }
        return tables.HasEffects ? new Effects(tables.Fed, tables.DueChanges) : NoEffects;
    }

    public bool IsOfStore(Exception exception) =>
        exception is IOException || exception is SqliteException sqlite && sqlite.SqliteErrorCode is not (raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG or raw.SQLITE_RANGE);

    private void Apply(Work work)
    {
        if (work is CommitWork commit)
            Apply(commit);
        else if (work is ITableWork other)
            other.Apply(tables);
    }

    private void Apply(CommitWork work)
    {
        try
        {
            work.Answer(tables.Commit(work.Commit));
        }
        // Thrown before the first write only.
        catch (StreamVersionException moved)
        {
            work.Refuse(moved);
        }
    }
}
