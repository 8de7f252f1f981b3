namespace Grains.Tests.Storage;

public abstract class FeedTests(StoreKind kind) : IAsyncLifetime
{
    private readonly StoreUnderTest _store = new(kind);
    private long _written;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _store.DisposeAsync().AsTask();

    [StoreFact]
    public async Task Sequences_have_no_gaps_in_any_scope_under_parallel_writers()
    {
        const int writers = 8, commits = 40;
        await Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < commits; i++)
            {
                await _store.Journal.Commit(Sample.Commit($"case:{w}", i, $"{w}-{i}") with
                {
                    Feed = [Sample.Item($"{w}-{i}", "all", $"case:{w}", $"department:{w % 2}"), Sample.Item($"{w}-{i}'", "all")],
                });
            }
        })));

        Assert.Equal(Sequences(2 * writers * commits), (await _store.Feed.After("all", 0, 10_000))!.Select(item => item.Sequence));
        for (var w = 0; w < writers; w++)
        {
            var items = await _store.Feed.After($"case:{w}", 0, 10_000);
            Assert.Equal(Sequences(commits), items!.Select(item => item.Sequence));
            Assert.Equal(Enumerable.Range(0, commits).Select(i => $"{w}-{i}"), items!.Select(item => System.Text.Encoding.UTF8.GetString(item.Payload)));
        }
        Assert.Equal(writers / 2 * commits, await _store.Feed.Last("department:1"));
    }

    [StoreFact]
    public async Task A_client_pages_through_what_it_missed()
    {
        await Write(10);

        Assert.Equal([4L, 5L, 6L], (await _store.Feed.After("all", 3, 3))!.Select(item => item.Sequence));
        Assert.Equal([10L], (await _store.Feed.After("all", 9, 3))!.Select(item => item.Sequence));
        Assert.Empty((await _store.Feed.After("all", 10, 3))!);
        Assert.Empty((await _store.Feed.After("nobody", 0, 3))!);
    }

    [StoreFact]
    public async Task A_sequence_that_was_never_given_starts_afresh()
    {
        await Write(1);

        Assert.Null(await _store.Feed.After("all", 2, 10));
    }

    [StoreFact]
    public async Task Items_are_given_up_to_ten_thousand_back_and_up_to_a_day_old()
    {
        await Write(10_001);

        Assert.Null(await _store.Feed.After("all", 0, 1));
        Assert.Equal(2, (await _store.Feed.After("all", 1, 1))!.Single().Sequence);

        _store.Clock.Advance(TimeSpan.FromHours(24));
        Assert.NotNull(await _store.Feed.After("all", 10_000, 1));
        _store.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await _store.Feed.After("all", 10_000, 1));
        Assert.Empty((await _store.Feed.After("all", 10_001, 1))!);
    }

    [StoreFact]
    public async Task What_is_far_back_leaves_the_file_and_sequences_go_on()
    {
        await _store.Journal.Commit(Sample.Commit("case:rare", 0, "rare") with { Feed = [Sample.Item("rare", "all", "case:rare")] });
        for (var i = 0; i < 25; i++)
            await Write(1_000);

        Assert.InRange(_store.Count("SELECT count(*) FROM feed"), 10_000, 13_000);
        Assert.InRange(_store.Count("SELECT count(*) FROM feed_item"), 10_000, 13_000);
        Assert.Equal("rare"u8.ToArray(), (await _store.Feed.After("case:rare", 0, 1))!.Single().Payload);
        Assert.Equal(25_001, await _store.Feed.Last("all"));
        Assert.Equal(25_001 - 9_999, (await _store.Feed.After("all", 15_001, 1))!.Single().Sequence);
    }

    [StoreFact]
    public async Task What_is_old_leaves_the_file_and_sequences_go_on_after_a_restart()
    {
        await Write(2_500);
        _store.Clock.Advance(TimeSpan.FromHours(25));
        await _store.Reopen();
        for (var i = 0; i < 4; i++)
            await _store.Journal.Commit(Sample.Commit("case:a", 0) with { Feed = [Sample.Item("new", "all") with { At = _store.Clock.GetUtcNow() }] });

        Assert.Equal(4, _store.Count("SELECT count(*) FROM feed"));
        Assert.Equal(4, _store.Count("SELECT count(*) FROM feed_item"));
        Assert.Null(await _store.Feed.After("all", 2_499, 10));
        Assert.Equal([2_501L, 2_502L, 2_503L, 2_504L], (await _store.Feed.After("all", 2_500, 10))!.Select(item => item.Sequence));
    }

    private static IEnumerable<long> Sequences(int count) => Enumerable.Range(1, count).Select(i => (long)i);

    private async Task Write(int items)
    {
        var entries = Enumerable.Range(0, items).Select(_ => Sample.Item($"{++_written}", "all") with { At = _store.Clock.GetUtcNow() });
        await _store.Journal.Commit(Sample.Commit("department:d", 0) with { Feed = [.. entries] });
    }
}

public sealed class FeedOnSqlite() : FeedTests(StoreKind.Sqlite);

public sealed class FeedOnPostgres() : FeedTests(StoreKind.Postgres), IOnPostgres;
