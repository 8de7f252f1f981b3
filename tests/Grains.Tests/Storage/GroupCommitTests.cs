using Cluster.Contracts.Storage;

namespace Grains.Tests.Storage;

/// <summary>Commits that wait together are written together; each must still stand or fall alone.</summary>
public abstract class GroupCommitTests(StoreKind kind)
{
    [StoreFact]
    public async Task A_refused_commit_does_not_disturb_its_neighbours()
    {
        await using var store = new StoreUnderTest(kind);
        await store.Journal.Commit(Sample.Commit("case:old", 0, "taken"));
        var (first, stale, conflict, twin, follower) = await Together(store, () => (
            store.Journal.Commit(Sample.Commit("case:a", 0, "1") with { Feed = [Sample.Item("a1", "all")] }),
            store.Journal.Commit(Sample.Commit("case:old", 0, "2") with { Feed = [Sample.Item("stale", "all")] }),
            store.Journal.Commit(Sample.Commit("case:b", 0, "3", "taken") with { Feed = [Sample.Item("conflict", "all")] }),
            store.Journal.Commit(Sample.Commit("case:c", 0, "1") with { Feed = [Sample.Item("twin", "all")] }),
            store.Journal.Commit(Sample.Commit("case:a", 1, "3") with { Feed = [Sample.Item("a2", "all")] })));

        Assert.Empty((await first).Conflicts);
        await Assert.ThrowsAsync<StreamVersionException>(() => stale);
        Assert.Equal([1], (await conflict).Conflicts);
        Assert.Equal([0], (await twin).Conflicts);
        Assert.Equal(2, (await follower).Version);
        Assert.Equal(["1", "3"], (await store.Journal.Read("case:a", 0)).Select(e => e.Event.Id));
        Assert.Empty(await store.Journal.Read("case:b", 0));
        Assert.Empty(await store.Journal.Read("case:c", 0));
        Assert.Equal([1L, 2L], (await store.Feed.After("all", 0, 10))!.Select(item => item.Sequence));
    }

    [StoreFact]
    public async Task A_commit_that_breaks_half_way_fails_alone_and_whole()
    {
        await using var store = new StoreUnderTest(kind);
        var broken = Sample.Commit("case:b", 0, "2") with
        {
            Case = Sample.Case("b"),
            Feed = [Sample.Item("b", "all"), Sample.Item("b", "all") with { Payload = null! }],
        };
        var (before, failed, after) = await Together(store, () => (
            store.Journal.Commit(Sample.Commit("case:a", 0, "1") with { Feed = [Sample.Item("a", "all")] }),
            store.Journal.Commit(broken),
            store.Journal.Commit(Sample.Commit("case:c", 0, "2") with { Feed = [Sample.Item("c", "all")] })));

        await Assert.ThrowsAsync<ArgumentNullException>(() => failed);
        Assert.Equal(1, (await before).Version);
        Assert.Empty((await after).Conflicts);
        Assert.Null(await store.Cases.Find("b"));
        Assert.Equal(["a", "c"], (await store.Feed.After("all", 0, 10))!.Select(item => System.Text.Encoding.UTF8.GetString(item.Payload)));
        Assert.Equal(1, (await store.Journal.Commit(Sample.Commit("case:b", 0, "3"))).Version);
    }

    [StoreFact]
    public async Task A_transaction_that_cannot_be_written_is_not_acknowledged_and_the_journal_goes_on()
    {
        await using var store = new StoreUnderTest(kind);
        await store.Journal.Commit(Sample.Commit("case:a", 0, "1"));
        using var behind = store.Behind();
        StoreUnderTest.Execute(behind, "ALTER TABLE due RENAME TO away");

        var wake = new DueChange("a", Sample.Now);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Journal.Commit(Sample.Commit("case:a", 1, "2") with { Due = wake, Feed = [Sample.Item("x", "all")] }));
        StoreUnderTest.Execute(behind, "ALTER TABLE away RENAME TO due");

        Assert.Single(await store.Journal.Read("case:a", 0));
        Assert.Equal(2, (await store.Journal.Commit(Sample.Commit("case:a", 1, "2") with { Due = wake, Feed = [Sample.Item("x", "all")] })).Version);
        Assert.Equal(1, await store.Feed.Last("all"));
        Assert.True((await store.Health.Check()).Ready);
    }

    [StoreFact]
    public async Task When_too_many_wait_the_sender_is_told_and_those_accepted_are_written()
    {
        await using var store = new StoreUnderTest(kind, maxWaiting: 10);
        var accepted = new List<Task<CommitReceipt>>();
        var refused = 0;
        using (await store.HoldWriter())
        {
            for (var i = 0; i < 30; i++)
            {
                var commit = store.Journal.Commit(Sample.Commit($"case:{i}", 0, $"{i}"));
                if (commit.IsFaulted)
                    refused += commit.Exception.InnerException is JournalOverloadedException ? 1 : 0;
                else
                    accepted.Add(commit);
            }
        }

        await Task.WhenAll(accepted);

        // Before the queue filled up the writer may have taken one group, and one commit to begin the next.
        Assert.InRange(accepted.Count, 10, 21);
        Assert.Equal(30 - accepted.Count, refused);
        Assert.Equal(accepted.Count, store.Count("SELECT count(*) FROM event"));
    }

    [StoreFact]
    public async Task What_waits_at_the_end_is_written_and_what_comes_later_is_refused()
    {
        await using var store = new StoreUnderTest(kind);
        var journal = store.Journal;
        Task<CommitReceipt>[] waiting;
        Task closed;
        using (await store.HoldWriter())
        {
            waiting = [.. Enumerable.Range(0, 20).Select(i => journal.Commit(Sample.Commit($"case:{i}", 0, $"{i}")))];
            closed = store.Close();
        }
        await closed;

        await Task.WhenAll(waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => journal.Commit(Sample.Commit("case:late", 0, "late")));
        Assert.Equal(20, store.Count("SELECT count(*) FROM event"));
    }

    [StoreFact]
    public async Task Observers_learn_of_commits_in_order_once_they_can_be_read()
    {
        var observer = new Recorder();
        await using var store = new StoreUnderTest(kind, 20_000, new Thrower(), observer);
        observer.LastInStore = () => store.Feed.Last("all").GetAwaiter().GetResult();
        await Together(store, () =>
        {
            for (var i = 0; i < 20; i++)
                store.Journal.Commit(Sample.Commit($"case:{i}", 0, $"{i}") with { Feed = [Sample.Item($"{i}", "all", $"case:{i}")], Due = new DueChange($"{i}", Sample.Now.AddHours(i)) });
            return true;
        });
        // Commits are told of before the next group is written, so once this one is there they were.
        await store.Journal.Commit(Sample.Commit("case:end", 0, "end"));
        await store.Journal.Commit(Sample.Commit("case:end", 1));

        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), observer.Feed.Where(item => item.Scope == "all").Select(item => item.Sequence));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), observer.Due.Select(due => due.Case));
        Assert.True(observer.SawOnlyDurable);
        var stored = await store.Feed.After("all", 0, 100);
        Assert.Equal(stored!.Select(item => (item.Sequence, item.At)), observer.Feed.Where(item => item.Scope == "all").Select(item => (item.Sequence, item.At)));
    }

    // Whatever is sent while the writer is held is written in one or two groups.
    private static async Task<T> Together<T>(StoreUnderTest store, Func<T> send)
    {
        using (await store.HoldWriter())
            return send();
    }

    private sealed class Recorder : ICommitObserver
    {
        public Func<long>? LastInStore { get; set; }
        public List<FeedItem> Feed { get; } = [];
        public List<DueChange> Due { get; } = [];
        public bool SawOnlyDurable { get; private set; } = true;

        public void Committed(IReadOnlyList<FeedItem> feed, IReadOnlyList<DueChange> due)
        {
            Feed.AddRange(feed);
            Due.AddRange(due);
            SawOnlyDurable &= feed.Count == 0 || LastInStore!() >= feed.Where(item => item.Scope == "all").Max(item => item.Sequence);
        }
    }

    private sealed class Thrower : ICommitObserver
    {
        public void Committed(IReadOnlyList<FeedItem> feed, IReadOnlyList<DueChange> due) => throw new InvalidOperationException();
    }
}

public sealed class GroupCommitOnSqlite() : GroupCommitTests(StoreKind.Sqlite);

public sealed class GroupCommitOnPostgres() : GroupCommitTests(StoreKind.Postgres), IOnPostgres;
