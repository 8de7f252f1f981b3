using Cluster.Contracts.Storage;
using Cluster.Storage.Snapshots;

namespace Cluster.Storage.Writing;

/// <summary>Something that waits to be written. It is applied inside a transaction that it may share with others.</summary>
internal abstract class Work
{
    /// <summary>Events it brings, for the bound of a group.</summary>
    public virtual int Events => 0;

    /// <summary>Writes it. May be called again after a rollback.</summary>
    public abstract void Apply(Tables tables);

    /// <summary>What it wrote is durable.</summary>
    public abstract void Complete();

    /// <summary>Nothing of it was written, as far as we can know.</summary>
    public abstract void Fail(Exception reason);
}

/// <summary>Work with a result.</summary>
internal class Work<T>(Func<Tables, T> apply) : Work
{
    // Continuations run elsewhere: the loop has a disk to feed.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;
    private Exception? _refusal;

    public Task<T> Done => _done.Task;

    public override void Apply(Tables tables)
    {
        _refusal = null;
        try
        {
            _result = apply(tables);
        }
        // Thrown before the first write only, so its neighbours in the transaction are not disturbed.
        catch (Exception refusal) when (refusal is StreamVersionException or SnapshotConflictException)
        {
            _refusal = refusal;
        }
    }

    public override void Complete()
    {
        if (_refusal is null)
            _done.TrySetResult(_result);
        else
            _done.TrySetException(_refusal);
    }

    public override void Fail(Exception reason) => _done.TrySetException(reason);
}

/// <summary>A commit of the journal.</summary>
internal sealed class CommitWork(Commit commit) : Work<CommitReceipt>(tables => tables.Commit(commit))
{
    public override int Events => commit.Events.Count;
}
