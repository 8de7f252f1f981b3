using Cluster.Contracts.Storage;

namespace Grains.Tests.Clustered;

/// <summary>What a process has heard of commits, in the order in which it did.</summary>
internal sealed class Heard : ICommitObserver
{
    private readonly Lock _gate = new();
    private readonly List<FeedItem> _items = [];

    /// <summary>Places in the feed of everything.</summary>
    public IReadOnlyList<long> Sequences
    {
        get
        {
            lock (_gate)
                return [.. _items.Where(item => item.Scope == "all").Select(item => item.Sequence)];
        }
    }

    public void Committed(IReadOnlyList<FeedItem> feed, IReadOnlyList<DueChange> due)
    {
        lock (_gate)
            _items.AddRange(feed);
    }
}
