using Cluster.Contracts.Storage;

namespace Cluster.Api.Live;

/// <summary>The newest items of one watched scope, so that following it costs no reading of the store.</summary>
internal sealed class FeedRing
{
    // A connection that is further behind reads from the store.
    private const int Capacity = 1_024;

    private readonly Lock gate = new();
    private readonly FeedItem[] items = new FeedItem[Capacity];
    private readonly HashSet<Action> wakes = [];
    private long first = 1;
    private long last;

    /// <summary>Learns where the feed stands, so that an empty ring is not taken for an empty feed.</summary>
    public void Reach(long sequence)
    {
        lock (gate)
        {
            if (first <= last) return;
            last = Math.Max(last, sequence);
            first = last + 1;
        }
    }

    public void Add(FeedItem item)
    {
        lock (gate)
        {
            if (item.Sequence <= last) return;
            // A gap: what is between is in the store.
            if (item.Sequence > last + 1) first = item.Sequence;
            items[item.Sequence % Capacity] = item;
            last = item.Sequence;
            if (last - first >= Capacity) first = last - Capacity + 1;
            foreach (Action wake in wakes) wake();
        }
    }

    /// <summary>Items after a sequence, at most so many; null if this ring does not reach back that far.</summary>
    public IReadOnlyList<FeedItem>? After(long sequence, int most)
    {
        lock (gate)
        {
            if (sequence >= last) return [];
            if (sequence + 1 < first) return null;
            var found = new FeedItem[Math.Min(most, last - sequence)];
            for (int i = 0; i < found.Length; i++) found[i] = items[(sequence + 1 + i) % Capacity];
            return found;
        }
    }

    public void Join(Action wake)
    {
        lock (gate) wakes.Add(wake);
    }

    /// <summary>Leaves; true if nobody is left.</summary>
    public bool Leave(Action wake)
    {
        lock (gate)
        {
            wakes.Remove(wake);
            return wakes.Count == 0;
        }
    }
}
