using Cluster.Api.Live;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Tests;

public sealed class FeedRingTests
{
    private static FeedItem Item(long sequence) => new("all", sequence, "case", default, []);

    private static IEnumerable<long>? After(FeedRing ring, long sequence, int most = 10_000) => ring.After(sequence, most)?.Select(i => i.Sequence);

    [Fact]
    public void An_empty_ring_sends_those_who_are_behind_to_the_store()
    {
        var ring = new FeedRing();
        ring.Reach(10);
        Assert.Null(After(ring, 9));
        Assert.Equal([], After(ring, 10));
    }

    [Fact]
    public void It_keeps_the_newest_and_knows_what_it_has_dropped()
    {
        var ring = new FeedRing();
        ring.Reach(0);
        for (int i = 1; i <= 5_000; i++) ring.Add(Item(i));
        Assert.Null(After(ring, 5_000 - 1_025));
        Assert.Equal(Enumerable.Range(5_000 - 1_023, 1_024).Select(i => (long)i), After(ring, 5_000 - 1_024));
        Assert.Equal([4_999, 5_000], After(ring, 4_998));
        Assert.Equal([4_990, 4_991], After(ring, 4_989, 2));
    }

    [Fact]
    public void An_item_that_the_reading_of_the_store_already_covered_changes_nothing()
    {
        var ring = new FeedRing();
        ring.Reach(7);
        ring.Add(Item(7));
        Assert.Equal([], After(ring, 7));
        ring.Add(Item(8));
        Assert.Equal([8], After(ring, 7));
        Assert.Null(After(ring, 6));
    }

    [Fact]
    public void Behind_a_gap_it_starts_anew()
    {
        var ring = new FeedRing();
        ring.Reach(0);
        ring.Add(Item(1));
        ring.Add(Item(5));
        Assert.Null(After(ring, 1));
        Assert.Equal([5], After(ring, 4));
    }
}
