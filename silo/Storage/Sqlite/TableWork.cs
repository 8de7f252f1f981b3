using Cluster.Storage.Sqlite.Tables;
using Cluster.Storage.Snapshots;
using Cluster.Storage.Writing;

namespace Cluster.Storage.Sqlite;

/// <summary>Work on the tables that is no commit of the journal.</summary>
internal interface ITableWork
{
    /// <summary>Does it inside the transaction. May be called again after a rollback.</summary>
    void Apply(AllTables tables);
}

/// <summary>Work on the tables with a result.</summary>
internal sealed class TableWork<T>(Func<AllTables, T> apply) : Work<T>, ITableWork
{
    public void Apply(AllTables tables)
    {
        try
        {
            Answer(apply(tables));
        }
        // Thrown before the first write only.
        catch (SnapshotConflictException conflict)
        {
            Refuse(conflict);
        }
    }
}
