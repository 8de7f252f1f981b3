using Cluster.Contracts.Storage;
using Cluster.Storage.Snapshots;
using Microsoft.Extensions.DependencyInjection;

namespace Grains.Tests.Storage;

/// <summary>Several processes on one database, none of which relies on being the only one.</summary>
public sealed class SharedDatabaseTests : IOnPostgres, IAsyncLifetime
{
    private readonly StoreUnderTest _store = new(StoreKind.Postgres);
    private ServiceProvider[] _processes = [];

    public async Task InitializeAsync()
    {
        await _store.Close();
        _processes = [_store.Build(exclusive: false), _store.Build(exclusive: false)];
    }

    public async Task DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        await _store.DisposeAsync();
    }

    [StoreFact]
    public async Task Every_scope_is_without_gaps_at_every_moment()
    {
        const int streams = 4, commits = 25;
        var reading = Follow(streams * commits * 2);
        await Task.WhenAll(Enumerable.Range(0, streams * 2).Select(s => Task.Run(async () =>
        {
            for (var i = 0; i < commits; i++)
            {
                // Scopes in an order that differs between the two.
                string[] scopes = s % 2 == 0 ? ["all", "department:d", $"case:{s}"] : [$"case:{s}", "department:d", "all"];
                await Journal(s % 2).Commit(Sample.Commit($"case:{s}", i, $"{s}-{i}") with { Feed = [Sample.Item($"{s}-{i}", scopes)] });
            }
        })));

        Assert.Equal(Enumerable.Range(1, streams * commits * 2).Select(n => (long)n), await reading);
        var feed = _processes[0].GetRequiredService<IFeedStore>();
        Assert.Equal(Enumerable.Range(1, streams * commits * 2).Select(n => (long)n), (await feed.After("department:d", 0, 10_000))!.Select(item => item.Sequence));
    }

    [StoreFact]
    public async Task Of_two_at_one_version_one_wins_and_the_other_is_told()
    {
        for (var version = 0; version < 20; version++)
        {
            var outcomes = await Both(process => Journal(process).Commit(Sample.Commit("case:a", version, $"{process}-{version}")));

            Assert.Single(outcomes, outcome => outcome is null);
            Assert.Single(outcomes, outcome => outcome is StreamVersionException);
        }
        Assert.Equal(20, (await Journal(0).Read("case:a", 0)).Count);
    }

    [StoreFact]
    public async Task Of_two_that_take_one_identity_one_wins_and_the_other_is_told()
    {
        for (var i = 0; i < 20; i++)
        {
            var receipts = await Task.WhenAll(Enumerable.Range(0, 2).Select(process => Task.Run(() => Journal(process).Commit(Sample.Commit($"case:{process}-{i}", 0, $"{i}")))));

            Assert.Single(receipts, receipt => receipt.Conflicts.Count == 0 && receipt.Version == 1);
            Assert.Single(receipts, receipt => receipt.Conflicts is [0] && receipt.Version == 0);
        }
    }

    [StoreFact]
    public async Task Of_two_that_write_one_revision_without_events_one_wins_and_the_other_is_told()
    {
        for (var revision = 1; revision < 20; revision++)
        {
            var outcomes = await Both(process => Journal(process).Commit(Sample.Commit("case:a", 0) with { Case = Sample.Case("a", revision) with { Name = $"{process}" }, Feed = [Sample.Item("x", "all")] }));

            Assert.Single(outcomes, outcome => outcome is null);
            Assert.Single(outcomes, outcome => outcome is StreamVersionException);
        }
        Assert.Equal(19, await _processes[0].GetRequiredService<IFeedStore>().Last("all"));
    }

    [StoreFact]
    public async Task Of_two_that_replace_one_state_one_wins_and_the_other_is_told()
    {
        var etag = await Snapshots(0).Write("case", "a", [0], null);
        for (byte i = 1; i < 20; i++)
        {
            var outcomes = await Both(process => Snapshots(process).Write("case", "a", [i], etag));

            Assert.Single(outcomes, outcome => outcome is null);
            Assert.Single(outcomes, outcome => outcome is SnapshotConflictException);
            etag = (await Snapshots(0).Read("case", "a"))!.Etag;
        }
    }

    private static Task<Exception?[]> Both(Func<int, Task> act) =>
        Task.WhenAll(Enumerable.Range(0, 2).Select(process => Task.Run(() => Record.ExceptionAsync(() => act(process)))))!;

    private IJournal Journal(int process) => _processes[process].GetRequiredService<IJournal>();

    private ISnapshotStore Snapshots(int process) => _processes[process].GetRequiredService<ISnapshotStore>();

    // A client that asks for what it missed, again and again.
    private async Task<List<long>> Follow(int last)
    {
        var feed = _processes[1].GetRequiredService<IFeedStore>();
        var seen = new List<long>();
        while (seen.Count < last)
        {
            foreach (var item in (await feed.After("all", seen.LastOrDefault(), 1_000))!)
                seen.Add(item.Sequence);
            await Task.Yield();
        }
        return seen;
    }
}
