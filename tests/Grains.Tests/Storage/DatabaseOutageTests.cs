using System.Diagnostics;
using Cluster.Contracts.Storage;
using Cluster.Shared;

namespace Grains.Tests.Storage;

/// <summary>A database that goes away and comes back: nobody waits long for it, and nobody has to be started again.</summary>
public sealed class DatabaseOutageTests : IOnPostgres, IAsyncLifetime
{
    // What the program promises is 5 s for an answer; the machine of a test may be busy.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BackWithin = TimeSpan.FromSeconds(20);

    private PostgresServer _server = null!;
    private StoreUnderTest _store = null!;

    public async Task InitializeAsync()
    {
        _server = await PostgresServer.StartOwn();
        _store = new StoreUnderTest(StoreKind.Postgres, _server);
        await _store.Journal.Commit(Sample.Commit("case:a", 0, "1") with { Feed = [Sample.Item("1", "all")] });
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _server.DisposeAsync();
    }

    [StoreFact]
    public async Task A_server_that_ended_is_told_of_at_once_and_used_again_when_it_is_back()
    {
        await _server.Stop();
        await AssertAway();
        await _server.Resume();
        await AssertBack();
    }

    [StoreFact]
    public async Task A_server_that_was_killed_is_used_again_when_it_is_back()
    {
        await _server.Kill();
        await AssertAway();
        await _server.Resume();
        await AssertBack();
    }

    [StoreFact]
    public async Task A_server_that_does_not_answer_keeps_nobody_waiting()
    {
        await _server.Pause();
        await AssertAway();
        await _server.Continue();
        await AssertBack();
    }

    [StoreFact]
    public async Task A_server_that_was_away_only_between_two_commits_is_not_noticed()
    {
        await _server.Stop();
        await _server.Resume();
        // Unless the lock's session met it meanwhile, which may be told of for a moment.
        await AssertBack();
    }

    private async Task AssertAway()
    {
        var time = Stopwatch.StartNew();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.Journal.Commit(Sample.Commit("case:a", 1, "2")));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.Journal.Read("case:a", 0));
        Assert.InRange(time.Elapsed, TimeSpan.Zero, 2 * AnswerWithin);
        var health = await _store.Health.Check();
        Assert.False(health.Ready);
        Assert.NotEmpty(health.Problem!);
    }

    private async Task AssertBack()
    {
        var time = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                var stored = await _store.Journal.Read("case:a", 0);
                // A commit that was refused while the server was away may have been written after all.
                if (stored.Count == 1)
                    await _store.Journal.Commit(Sample.Commit("case:a", 1, "2") with { Feed = [Sample.Item("2", "all")] });
                break;
            }
            catch (StoreUnavailableException) when (time.Elapsed < BackWithin)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
        Assert.Equal(["1", "2"], (await _store.Journal.Read("case:a", 0)).Select(e => e.Event.Id));
        Assert.True((await _store.Health.Check()).Ready);
        Assert.Equal(3, (await _store.Journal.Commit(Sample.Commit("case:a", 2, "3"))).Version);
    }
}
