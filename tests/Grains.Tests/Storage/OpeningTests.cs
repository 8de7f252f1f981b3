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

    private static async Task Start(ServiceProvider services)
    {
        foreach (var service in services.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
    }
}

public sealed class OpeningOnSqlite() : OpeningTests(StoreKind.Sqlite)
{
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

public sealed class OpeningOnPostgres() : OpeningTests(StoreKind.Postgres), IOnPostgres;
