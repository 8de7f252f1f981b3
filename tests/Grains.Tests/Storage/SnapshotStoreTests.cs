using Cluster.Storage.Snapshots;

namespace Grains.Tests.Storage;

public abstract class SnapshotStoreTests(StoreKind kind) : IAsyncLifetime
{
    private readonly StoreUnderTest _store = new(kind);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _store.DisposeAsync().AsTask();

    [StoreFact]
    public async Task A_state_is_replaced_by_who_knows_its_etag()
    {
        Assert.Null(await _store.Snapshots.Read("case", "a"));

        var first = await _store.Snapshots.Write("case", "a", [1], null);
        var second = await _store.Snapshots.Write("case", "a", [2], first);
        await _store.Snapshots.Write("case", "b", [], null);
        await _store.Reopen();

        Assert.NotEqual(first, second);
        Assert.Equivalent(new Snapshot([2], second), await _store.Snapshots.Read("case", "a"), strict: true);
        Assert.Empty((await _store.Snapshots.Read("case", "b"))!.State);
        Assert.Null(await _store.Snapshots.Read("department", "a"));
    }

    [StoreFact]
    public async Task A_stale_etag_is_refused_and_the_state_stays()
    {
        var first = await _store.Snapshots.Write("case", "a", [1], null);
        await _store.Snapshots.Write("case", "a", [2], first);

        await Assert.ThrowsAsync<SnapshotConflictException>(() => _store.Snapshots.Write("case", "a", [3], first));
        await Assert.ThrowsAsync<SnapshotConflictException>(() => _store.Snapshots.Write("case", "a", [3], null));
        await Assert.ThrowsAsync<SnapshotConflictException>(() => _store.Snapshots.Clear("case", "a", first));
        await Assert.ThrowsAsync<SnapshotConflictException>(() => _store.Snapshots.Write("case", "new", [3], first));

        Assert.Equal([2], (await _store.Snapshots.Read("case", "a"))!.State);
    }

    [StoreFact]
    public async Task An_etag_from_before_a_clear_is_never_good_again()
    {
        var first = await _store.Snapshots.Write("case", "a", [1], null);
        await _store.Snapshots.Clear("case", "a", first);
        Assert.Null(await _store.Snapshots.Read("case", "a"));
        await _store.Snapshots.Clear("case", "a", null);

        var again = await _store.Snapshots.Write("case", "a", [2], null);

        Assert.NotEqual(first, again);
        await Assert.ThrowsAsync<SnapshotConflictException>(() => _store.Snapshots.Write("case", "a", [3], first));
    }
}

public sealed class SnapshotsOnSqlite() : SnapshotStoreTests(StoreKind.Sqlite);

public sealed class SnapshotsOnPostgres() : SnapshotStoreTests(StoreKind.Postgres), IOnPostgres;
