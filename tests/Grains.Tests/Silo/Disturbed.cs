using Cluster.Cases.Events;
using Cluster.Contracts.Storage;

namespace Grains.Tests.Silo;

/// <summary>A journal in whose way a test can stand.</summary>
internal sealed class DisturbedJournal(IJournal inner, Disturbance disturbance) : IJournal
{
    public Task<IReadOnlyList<JournalEvent>> Read(string stream, long afterVersion, CancellationToken cancellation = default)
    {
        disturbance.Read?.Invoke(stream);
        return inner.Read(stream, afterVersion, cancellation);
    }

    public Task<CommitReceipt> Commit(Commit commit, CancellationToken cancellation = default)
    {
        if (disturbance.Refuse?.Invoke(commit) is { } refusal) return Task.FromException<CommitReceipt>(refusal);
        // Queued before the wait, as in the journal itself: commits keep their order.
        return Answer(inner.Commit(commit, cancellation), disturbance.Hold?.Invoke(commit));
    }

    private async Task<CommitReceipt> Answer(Task<CommitReceipt> done, Task? held)
    {
        var receipt = await done;
        disturbance.Happened();
        if (held is not null) await held;
        return receipt;
    }
}

/// <summary>A due index that can lose what it is told of deliveries, as a crash does.</summary>
internal sealed class DisturbedDueIndex(IDueIndex inner, Disturbance disturbance) : IDueIndex
{
    public Task<IReadOnlyList<DueChange>> Until(DateTimeOffset instant, int limit, DueChange? after = null, CancellationToken cancellation = default) =>
        inner.Until(instant, limit, after, cancellation);

    public async Task<IReadOnlyList<string>> Undelivered(int limit, CancellationToken cancellation = default)
    {
        var owed = await inner.Undelivered(limit, cancellation);
        if (limit > 1) disturbance.LookedAtOwed();
        return owed;
    }

    public void Delivered(string caseId, long revision)
    {
        if (!disturbance.LoseDeliveries) inner.Delivered(caseId, revision);
        disturbance.Happened();
    }
}

/// <summary>An archive that a test can keep closed.</summary>
internal sealed class DisturbedArchive(ICaseArchive inner, Disturbance disturbance) : ICaseArchive
{
    public Task<long> Count(IReadOnlyCollection<string>? procuratorates, CancellationToken cancellation = default) => inner.Count(procuratorates, cancellation);

    public long? Read(long from, int length, Action<string, List<CaseEvent>> see, CancellationToken cancellation = default)
    {
        disturbance.BeforeReading?.Invoke();
        return inner.Read(from, length, see, cancellation);
    }
}

/// <summary>An archive that counts what is read of it.</summary>
internal sealed class CountedArchive(IHistoryArchive inner, Disturbance disturbance) : IHistoryArchive
{
    public Task<IReadOnlyList<CaseRevision>> Cases(string department, CancellationToken cancellation = default) => inner.Cases(department, cancellation);

    public Task<IReadOnlyList<StoredStream>> Read(IReadOnlyCollection<string> streams, CancellationToken cancellation = default)
    {
        disturbance.StreamsRead += streams.Count;
        return inner.Read(streams, cancellation);
    }
}

/// <summary>What a test does to a store, and the bell that rings whenever something was written.</summary>
internal sealed class Disturbance : ICommitObserver
{
    private readonly Lock _gate = new();
    private readonly List<FeedItem> _fed = [];
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _looked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Streams that those who look back have read.</summary>
    public int StreamsRead { get; set; }

    /// <summary>Why a commit is refused before anything is written; null lets it pass.</summary>
    public Func<Commit, Exception?>? Refuse { get; set; }

    /// <summary>What the answer to a commit waits for; null answers at once.</summary>
    public Func<Commit, Task?>? Hold { get; set; }

    /// <summary>Told of every stream that is read: a grain that activates.</summary>
    public Action<string>? Read { get; set; }

    /// <summary>What the reader of an archive does first, on its own thread.</summary>
    public Action? BeforeReading { get; set; }

    public bool LoseDeliveries { get; set; }

    /// <summary>Completes when something has happened after this was asked for.</summary>
    public Task Next
    {
        get
        {
            lock (_gate) return _next.Task;
        }
    }

    /// <summary>Completes when somebody has looked through what is owed to other grains.</summary>
    public Task Looked
    {
        get
        {
            lock (_gate) return _looked.Task;
        }
    }

    /// <summary>Every feed item of this run, in commit order.</summary>
    public IReadOnlyList<FeedItem> Fed
    {
        get
        {
            lock (_gate) return [.. _fed];
        }
    }

    public void Committed(IReadOnlyList<FeedItem> feed, IReadOnlyList<DueChange> due)
    {
        lock (_gate) _fed.AddRange(feed);
        Happened();
    }

    public void Happened() => Ring(ref _next);

    public void LookedAtOwed() => Ring(ref _looked);

    private void Ring(ref TaskCompletionSource bell)
    {
        TaskCompletionSource before;
        lock (_gate)
        {
            before = bell;
            bell = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        before.TrySetResult();
    }
}
