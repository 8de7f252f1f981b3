using Cluster.Contracts.Storage;

namespace Grains.Tests.Storage;

public abstract class AccountStoreTests(StoreKind kind) : IAsyncLifetime
{
    private static readonly Account Wang = new("wang", "hash-1", true, ["handler", "head"], "422826", "d-1", null);
    private readonly StoreUnderTest _store = new(kind);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _store.DisposeAsync().AsTask();

    [StoreFact]
    public async Task An_account_is_made_replaced_and_found()
    {
        Assert.False(await _store.Accounts.Any());
        Assert.Null(await _store.Accounts.Find("wang"));

        await _store.Accounts.Save(Wang);
        await _store.Accounts.Save(Wang with { PasswordHash = "hash-2", MustChangePassword = false, Roles = ["monitor"], Prosecutor = "p-1" });
        await _store.Accounts.Save(Wang with { User = "admin", Roles = [] });
        await _store.Reopen();

        Assert.True(await _store.Accounts.Any());
        Assert.Equivalent(Wang with { PasswordHash = "hash-2", MustChangePassword = false, Roles = ["monitor"], Prosecutor = "p-1" }, await _store.Accounts.Find("wang"), strict: true);
        Assert.Equal(["admin", "wang"], (await _store.Accounts.All()).Select(account => account.User));
    }

    [StoreFact]
    public async Task An_account_ends_with_its_sessions()
    {
        await _store.Accounts.Save(Wang);
        await _store.Accounts.Save(Wang with { User = "li" });
        await Login("wang", 1);
        await Login("li", 2);

        Assert.True(await _store.Accounts.Delete("wang"));

        Assert.Null(await _store.Accounts.Find("wang"));
        Assert.Null(await _store.Accounts.FindSession([1]));
        Assert.NotNull(await _store.Accounts.FindSession([2]));
        Assert.False(await _store.Accounts.Delete("wang"));
    }

    [StoreFact]
    public async Task A_login_that_races_with_the_end_of_its_account_leaves_no_session()
    {
        await Login("nobody", 1);

        Assert.Null(await _store.Accounts.FindSession([1]));
    }

    [StoreFact]
    public async Task Sessions_are_found_and_ended()
    {
        await _store.Accounts.Save(Wang);
        await Login("wang", 1);
        await Login("wang", 2);
        await Login("wang", 3);

        Assert.Equal(Sample.Now.AddHours(8), (await _store.Accounts.FindSession([2]))!.ExpiresAt);
        await _store.Accounts.EndSession([2]);
        Assert.Null(await _store.Accounts.FindSession([2]));
        Assert.Equal([1, 3], (await _store.Accounts.EndSessions("wang")).Select(hash => (int)hash[0]).Order());
        Assert.Empty(await _store.Accounts.EndSessions("wang"));
        Assert.Null(await _store.Accounts.FindSession([1]));
    }

    [StoreFact]
    public async Task Expired_sessions_are_forgotten_as_new_ones_come()
    {
        await _store.Accounts.Save(Wang);
        await Login("wang", 1);
        _store.Clock.Advance(TimeSpan.FromHours(9));
        await Login("wang", 2);

        Assert.Equal(1, _store.Count("SELECT count(*) FROM session"));
    }

    [StoreFact]
    public async Task A_setting_is_kept()
    {
        Assert.Null(await _store.Accounts.Setting("setup"));

        await _store.Accounts.SaveSetting("setup", "open");
        await _store.Accounts.SaveSetting("setup", "complete");
        await _store.Reopen();

        Assert.Equal("complete", await _store.Accounts.Setting("setup"));
    }

    private Task Login(string user, byte hash) =>
        _store.Accounts.SaveSession(new Session([hash], user, _store.Clock.GetUtcNow().AddHours(8)));
}

public sealed class AccountsOnSqlite() : AccountStoreTests(StoreKind.Sqlite);

public sealed class AccountsOnPostgres() : AccountStoreTests(StoreKind.Postgres), IOnPostgres;
