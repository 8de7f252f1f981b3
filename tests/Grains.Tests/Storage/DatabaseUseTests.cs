using Cluster.Contracts.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Grains.Tests.Storage;

/// <summary>What a process holds and asks of a database that it shares with nobody.</summary>
public sealed class DatabaseUseTests : IOnPostgres, IAsyncLifetime
{
    private readonly StoreUnderTest _store = new(StoreKind.Postgres);

    public async Task InitializeAsync() => await _store.Journal.Commit(Sample.Commit("case:a", 0, "1"));

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [StoreFact]
    public async Task A_store_that_lost_its_database_to_another_process_is_away_until_it_has_it_again()
    {
        using (var behind = _store.Behind())
        {
            StoreUnderTest.Execute(behind, """
                SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database());
                SELECT pg_advisory_lock(classid, objid) FROM (VALUES (1131181427, 1)) l(classid, objid);
                """);
            await Eventually(async () => !(await _store.Health.Check()).Ready);
            await Eventually(async () => (await _store.Health.Check()).Problem!.Contains("Another process uses postgres://", StringComparison.Ordinal));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.Journal.Commit(Sample.Commit("case:a", 1, "2")));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.Journal.Read("case:a", 0));
        }
        await Eventually(async () => (await _store.Health.Check()).Ready);
        Assert.Equal(2, (await _store.Journal.Commit(Sample.Commit("case:a", 1, "2"))).Version);
    }

    [StoreFact]
    public async Task A_prepared_read_whose_connection_was_broken_while_idle_runs_on_another()
    {
        for (var time = 0; time < 3; time++)
            Assert.Single(await _store.Journal.Read("case:a", 0));
        using (var behind = _store.Behind())
            StoreUnderTest.Execute(behind, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'cluster' AND pid NOT IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')");
        Assert.Single(await _store.Journal.Read("case:a", 0));
    }

    [StoreFact]
    public async Task Nothing_is_read_while_a_killed_process_may_still_be_committing()
    {
        await _store.Close();
        await using var next = _store.Build();
        using (var orphan = _store.Behind())
        {
            // As the session of a writer, and the lock of its process is free already.
            StoreUnderTest.Execute(orphan, "SELECT pg_advisory_lock_shared(classid, objid) FROM (VALUES (1131181427, 4)) l(classid, objid)");
            await Assert.ThrowsAsync<IOException>(() => OpeningTests.Start(next));
        }
        await Eventually(async () => (await next.GetRequiredService<IStoreHealth>().Check()).Ready);
    }

    [StoreFact]
    public async Task A_writer_tells_others_that_it_writes()
    {
        await _store.Journal.Commit(Sample.Commit("case:a", 1, "2"));
        using var behind = _store.Behind();
        using var command = behind.CreateCommand();
        command.CommandText = "SELECT pg_try_advisory_lock(1131181427, 4)";
        Assert.Equal(false, command.ExecuteScalar());
    }

    [StoreFact]
    public async Task A_commit_is_on_the_disk_whatever_the_database_has_for_its_default()
    {
        using (var behind = _store.Behind())
        {
            StoreUnderTest.Execute(behind, """
                DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$;
                CREATE TABLE seen(setting text);
                CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN NEW; END $$;
                CREATE TRIGGER see BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION see();
                """);
        }
        await _store.Reopen();
        await _store.Journal.Commit(Sample.Commit("case:a", 1, "2"));

        using var after = _store.Behind();
        using var command = after.CreateCommand();
        command.CommandText = "SELECT string_agg(setting, ',') || ' but ' || current_setting('synchronous_commit') FROM seen";
        Assert.Equal("on but off", command.ExecuteScalar());
    }

    [StoreFact]
    public async Task What_is_said_of_a_database_in_use_names_it_without_its_password()
    {
        await using var second = _store.Build();

        var refusal = await Assert.ThrowsAsync<IOException>(() => OpeningTests.Start(second));

        Assert.Contains("postgres@127.0.0.1", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a-password-of-tests", refusal.ToString(), StringComparison.Ordinal);
    }

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await holds())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
    }
}
