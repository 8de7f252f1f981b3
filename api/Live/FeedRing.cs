using System.Diagnostics;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Live;

/// <summary>The newest items of one watched scope, so that following it costs no reading of the store.</summary>
internal sealed class FeedRing
{
    /// <summary>Bytes of payload that are kept. A connection that is further behind reads from the store.</summary>
    public const int MostBytes = 256 * 1024;

    private const int Capacity = 1_024;
    private const int Smallest = 16;

    private readonly Lock gate = new();
    private readonly HashSet<Action> wakes = [];
    // Most scopes are single cases, of which little is told: it grows with what there is to keep.
    private Kept[] items = new Kept[Smallest];
    // Of the items that are kept, those that are traced.
    private Queue<(long Sequence, ActivityContext Trace)>? traced;
    private long first = 1;
    private long last;
    private long bytes;

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

    /// <summary>Learns that the feed has gone on unheard: what is missing here is in the store.</summary>
    public void Notice(long sequence)
    {
        lock (gate)
        {
            if (sequence <= last) return;
            Forget(sequence + 1);
            last = sequence;
            foreach (Action wake in wakes) wake();
        }
    }

    /// <summary>Adds the newest item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="at">Timestamp at which it came; 0 if nobody measures.</param>
    /// <param name="trace">The span that brought it, if it is traced.</param>
    public void Add(FeedItem item, long at = 0, ActivityContext trace = default)
    {
        lock (gate)
        {
            if (item.Sequence <= last) return;
            // A gap: what is between is in the store.
            if (item.Sequence > last + 1) Forget(item.Sequence);
            if (last - first + 1 == items.Length && items.Length < Capacity) Grow();
            if (last - first + 1 == items.Length) Forget(first + 1);
            items[item.Sequence % items.Length] = new Kept(item, at);
            if (trace != default) (traced ??= []).Enqueue((item.Sequence, trace));
            last = item.Sequence;
            bytes += item.Payload.Length;
            while (bytes > MostBytes) Forget(first + 1);
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
            for (int i = 0; i < found.Length; i++) found[i] = items[(sequence + 1 + i) % items.Length].Item!;
            return found;
        }
    }

    /// <summary>When an item came, and by which spans it and those after it up to another; a timestamp of 0 where it is no longer kept.</summary>
    public (long At, IReadOnlyList<ActivityContext> Traces) Origin(long from, long to)
    {
        lock (gate)
        {
            long at = from >= first && from <= last ? items[from % items.Length].At : 0;
            return traced is { Count: > 0 } some ? (at, Between(some, from, to)) : (at, []);
        }
    }

    private static IReadOnlyList<ActivityContext> Between(Queue<(long Sequence, ActivityContext Trace)> traced, long from, long to) =>
        [.. traced.Where(t => t.Sequence >= from && t.Sequence <= to).Select(t => t.Trace)];

    /// <summary>Keeps only what comes from a sequence on; the caller holds the gate.</summary>
    private void Forget(long from)
    {
        for (; first < from && first <= last; first++)
        {
            bytes -= items[first % items.Length].Item!.Payload.Length;
            items[first % items.Length] = default;
        }
        first = from;
        while (traced is not null && traced.TryPeek(out (long Sequence, ActivityContext) oldest) && oldest.Sequence < first) traced.Dequeue();
    }

    private void Grow()
    {
        var grown = new Kept[items.Length * 4];
        for (long sequence = first; sequence <= last; sequence++) grown[sequence % grown.Length] = items[sequence % items.Length];
        items = grown;
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

    private readonly record struct Kept(FeedItem? Item, long At);
}
