using System.IO.Compression;
using Cluster.Contracts.Storage;
using Cluster.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Grains.Tests.Storage;

public abstract class OpeningTests(StoreKind kind)
{
    [StoreFact]
    public async Task A_store_of_a_newer_program_is_left_alone()
    {
        await using var store = new StoreUnderTest(kind);
        await store.Journal.Commit(Sample.Commit("case:a", 0, "1"));
        await store.Close();
        using (var behind = store.Behind())
            StoreUnderTest.Execute(behind, "UPDATE meta SET value = value + 1 WHERE name = 'schema'");
        // A newer program would have kept the sums of pages in its own way.
        File.Delete(Path.ChangeExtension(store.File, "sums"));

        await store.Reopen();

        var refusal = await Assert.ThrowsAsync<StoreFormatException>(() => store.Journal.Read("case:a", 0));
        Assert.Contains("newer program", refusal.Message, StringComparison.Ordinal);
        Assert.False((await store.Health.Check()).Ready);
        await Assert.ThrowsAsync<StoreFormatException>(() => Start(store.Build()));
    }

    [StoreFact]
    public async Task One_process_at_a_time_uses_a_store()
    {
        await using var store = new StoreUnderTest(kind);
        await store.Journal.Commit(Sample.Commit("case:a", 0, "1"));
        await using var second = store.Build();

        await Assert.ThrowsAsync<IOException>(() => Start(second));
        await store.Close();
        await Start(second);
        Assert.True((await second.GetRequiredService<IStoreHealth>().Check()).Ready);
    }

    [StoreFact]
    public async Task After_a_failed_write_the_check_writes_before_it_calls_the_store_ready()
    {
        await using var store = new StoreUnderTest(kind);
        Assert.True((await store.Health.Check()).Ready);
        using var broken = store.Break("INSERT", "event", "broken");
        var alsoBroken = store.Break("UPDATE", "meta", "still broken");
        await Assert.ThrowsAnyAsync<Exception>(() => store.Journal.Commit(Sample.Commit("case:a", 0, "1")));

        Assert.Contains("still broken", (await store.Health.Check()).Problem, StringComparison.Ordinal);

        alsoBroken.Dispose();
        Assert.Null((await store.Health.Check()).Problem);
    }

    [StoreFact]
    public async Task Reading_does_not_wait_for_the_writer()
    {
        await using var store = new StoreUnderTest(kind);
        await store.Journal.Commit(Sample.Commit("case:a", 0, "1"));
        using var held = await store.HoldWriter();
        var waiting = store.Journal.Commit(Sample.Commit("case:a", 1, "2"));

        Assert.Single(await store.Journal.Read("case:a", 0));
        Assert.False(waiting.IsCompleted);
        held.Dispose();
        await waiting;
        Assert.Equal(2, (await store.Journal.Read("case:a", 0)).Count);
    }

    internal static async Task Start(ServiceProvider services)
    {
        foreach (var service in services.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
    }
}

public sealed class OpeningOnSqlite() : OpeningTests(StoreKind.Sqlite)
{
    [Fact]
    public async Task A_store_of_the_first_schema_is_brought_up_to_date_with_everything_in_it()
    {
        await using var store = new StoreUnderTest(StoreKind.Sqlite);
        using (var packed = new GZipStream(typeof(OpeningTests).Assembly.GetManifestResourceStream("version-1.db.gz")!, CompressionMode.Decompress))
        using (var file = File.Create(store.File))
            await packed.CopyToAsync(file);
        Assert.Equal(1, store.Count("SELECT value FROM meta WHERE name = 'schema'"));
        Assert.Equal(0, store.Count("SELECT count(*) FROM sqlite_master WHERE name = 'audit'"));

        Assert.Equal(["case.accepted", "case.assigned", "plea.signed"], (await store.Journal.Read("case:case-1", 0)).Select(e => e.Event.Type));
        var row = (await store.Cases.Find("case-1"))!;
        Assert.Equal(("PRO", "422826", "d-1", "p-1", 3L), (row.CaseType, row.Procuratorate, row.Department, row.Prosecutor, row.Version));
        Assert.Equal(3, (await store.Cases.AlertsOf("case-1")).Count);
        Assert.NotNull(await store.Accounts.Find("admin"));
        Assert.Equal(3, (await store.Units.All()).Count);
        await store.Audit.Append(AuditLogTests.Act("case.read"));
        await store.Reopen();

        Assert.True((await store.Audit.Verify()).Ok);
        Assert.Single(await store.Audit.After(0, 10));
        Assert.Equal(4, store.Count("SELECT value FROM meta WHERE name = 'schema'"));
        Assert.Equal(8, store.Count("SELECT count(*) FROM event"));
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_the_schema_before_it()
    {
        await using var store = new StoreUnderTest(StoreKind.Sqlite);
        using (var behind = store.Behind())
            StoreUnderTest.Execute(behind, "CREATE TABLE audit(mine INTEGER)");

        await Assert.ThrowsAsync<IOException>(() => store.Journal.Read("case:a", 0));
        Assert.Equal(2, store.Count("SELECT value FROM meta WHERE name = 'schema'"));
        Assert.Equal(0, store.Count("SELECT count(*) FROM sqlite_master WHERE name IN ('audit_head', 'audit_at')"));

        using (var behind = store.Behind())
            StoreUnderTest.Execute(behind, "DROP TABLE audit");
        await store.Journal.Commit(Sample.Commit("case:a", 0, "1"));
        Assert.Equal(4, store.Count("SELECT value FROM meta WHERE name = 'schema'"));
    }

    [Fact]
    public async Task A_damaged_store_is_refused_when_asked_to_verify()
    {
        await using var store = new StoreUnderTest(StoreKind.Sqlite);
        for (var i = 0; i < 200; i++)
            await store.Journal.Commit(Sample.Commit($"case:{i}", 0, $"{i}"));
        await store.Reopen(verify: true);
        Assert.True((await store.Health.Check()).Ready);
        await store.Close();

        using (var file = File.OpenHandle(store.File, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.Write(file, new byte[2_000], RandomAccess.GetLength(file) - 3_000);
        await store.Reopen(verify: true);

        Assert.False((await store.Health.Check()).Ready);
    }
}

public sealed class OpeningOnPostgres() : OpeningTests(StoreKind.Postgres), IOnPostgres
{
    [StoreFact]
    public async Task A_database_of_the_first_schema_is_brought_up_to_date_with_everything_in_it()
    {
        await using var store = new StoreUnderTest(StoreKind.Postgres);
        await store.Journal.Commit(Sample.Commit("case:a", 0, "1"));
        await store.Close();
        using (var behind = store.Behind())
            StoreUnderTest.Execute(behind, "DROP TABLE audit, audit_head; DROP FUNCTION audit_is_append_only; ALTER TABLE case_row DROP COLUMN closed_on; DROP INDEX case_accepted; UPDATE meta SET value = 1 WHERE name = 'schema'");
        await store.Reopen();

        Assert.Single(await store.Journal.Read("case:a", 0));
        await store.Audit.Append(AuditLogTests.Act("case.read"));
        Assert.True((await store.Audit.Verify()).Ok);
        Assert.Equal(3, store.Count("SELECT value FROM meta WHERE name = 'schema'"));
    }
}
