using Cluster.Contracts.Storage;

namespace Grains.Tests.Storage;

public abstract class DueIndexTests(StoreKind kind) : IAsyncLifetime
{
    private readonly StoreUnderTest _store = new(kind);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _store.DisposeAsync().AsTask();

    [StoreFact]
    public async Task Wakes_come_in_time_order_up_to_the_instant_asked_for()
    {
        await Due("c", Sample.Now.AddHours(3));
        await Due("a", Sample.Now.AddHours(5));
        await Due("b", Sample.Now.AddHours(1));
        await Due("d", Sample.Now.AddHours(3));
        await Due("e", DateTimeOffset.MaxValue);

        Assert.Equal([new DueChange("b", Sample.Now.AddHours(1)), new DueChange("c", Sample.Now.AddHours(3)), new DueChange("d", Sample.Now.AddHours(3))], await _store.Due.Until(Sample.Now.AddHours(3), 10));
        Assert.Equal(["b", "c"], (await _store.Due.Until(Sample.Now.AddHours(9), 2)).Select(due => due.Case));
        Assert.Equal(new DueChange("e", DateTimeOffset.MaxValue), (await _store.Due.Until(DateTimeOffset.MaxValue, 10))[^1]);
        Assert.Empty(await _store.Due.Until(Sample.Now.AddHours(1).AddTicks(-1), 10));
    }

    [StoreFact]
    public async Task A_wake_is_moved_removed_or_left_alone()
    {
        await Due("a", Sample.Now.AddHours(1));
        await Due("b", Sample.Now.AddHours(2));
        await Due("a", Sample.Now.AddHours(3));
        await _store.Journal.Commit(Sample.Commit("case:a", 0));
        Assert.Equal(["b", "a"], (await _store.Due.Until(DateTimeOffset.MaxValue, 10)).Select(due => due.Case));

        await Due("b", null);
        await Due("nobody", null);
        Assert.Equal(["a"], (await _store.Due.Until(DateTimeOffset.MaxValue, 10)).Select(due => due.Case));
    }

    [StoreFact]
    public async Task A_revision_is_owed_until_it_is_delivered()
    {
        await Owe("a", 1);
        await Owe("b", 1);
        await _store.Journal.Commit(Sample.Commit("case:c", 0) with { Case = Sample.Case("c") });
        Assert.Equal(["a", "b"], await _store.Due.Undelivered(10));

        _store.Due.Delivered("a", 1);
        Assert.Equal(["b"], await _store.Due.Undelivered(10));
        Assert.Equal(["b"], await _store.Due.Undelivered(1));
        Assert.Empty(await _store.Due.Undelivered(0));
    }

    [StoreFact]
    public async Task Delivering_an_older_revision_leaves_the_newer_one_owed()
    {
        await Owe("a", 1);
        await Owe("a", 2);

        _store.Due.Delivered("a", 1);

        Assert.Equal(["a"], await _store.Due.Undelivered(10));
        await _store.Reopen();
        Assert.Equal(["a"], await _store.Due.Undelivered(10));
    }

    [StoreFact]
    public async Task Deliveries_are_written_with_the_next_commit_or_at_the_end()
    {
        await Owe("a", 1);
        await Owe("b", 1);
        _store.Due.Delivered("a", 1);
        await _store.Journal.Commit(Sample.Commit("case:x", 0));
        Assert.Equal(1, _store.Count("SELECT count(*) FROM undelivered"));

        _store.Due.Delivered("b", 1);
        await _store.Reopen();
        Assert.Empty(await _store.Due.Undelivered(10));
        Assert.Equal(0, _store.Count("SELECT count(*) FROM undelivered"));
    }

    private Task Due(string caseId, DateTimeOffset? at) =>
        _store.Journal.Commit(Sample.Commit($"case:{caseId}", 0) with { Due = new DueChange(caseId, at) });

    private Task Owe(string caseId, long revision) =>
        _store.Journal.Commit(Sample.Commit($"case:{caseId}", 0) with { Case = Sample.Case(caseId, revision), Deliver = true });
}

public sealed class DueIndexOnSqlite() : DueIndexTests(StoreKind.Sqlite);

public sealed class DueIndexOnPostgres() : DueIndexTests(StoreKind.Postgres), IOnPostgres;
