using System.Diagnostics;
using Cluster.Contracts.Storage;

namespace Cluster.Storage.Writing;

/// <summary>Something that waits to be written. It is written inside a transaction that it may share with others.</summary>
internal abstract class Work
{
    /// <summary>Timestamp at which it was handed over; 0 where nobody measures.</summary>
    public long Since { get; set; }

    /// <summary>The span of whoever waits for it; null where nobody traces.</summary>
    public Activity? Span { get; set; }

    /// <summary>Events it brings, for the bound of a group.</summary>
    public virtual int Events => 0;

    /// <summary>Whether it is to be told that nothing of it was written.</summary>
    public virtual bool IsRefused => false;

    /// <summary>What it wrote is durable, or what it was refused for is settled.</summary>
    public abstract void Complete();

    /// <summary>Nothing of it was written, as far as we can know.</summary>
    public abstract void Fail(Exception reason);
}

/// <summary>Work with a result.</summary>
internal abstract class Work<T> : Work
{
    // Continuations run elsewhere: the loop has a disk to feed.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;
    private Exception? _refusal;

    public Task<T> Done => _done.Task;

    public override bool IsRefused => _refusal is not null;

    /// <summary>What it will be answered once the transaction is durable. A second attempt, after a rollback, answers anew.</summary>
    public void Answer(T result) => (_result, _refusal) = (result, null);

    /// <summary>It was refused before its first write, so its neighbours in the transaction are not disturbed.</summary>
    public void Refuse(Exception refusal) => _refusal = refusal;

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
internal sealed class CommitWork(Commit commit) : Work<CommitReceipt>
{
    public Commit Commit => commit;

    public override int Events => commit.Events.Count;
}
