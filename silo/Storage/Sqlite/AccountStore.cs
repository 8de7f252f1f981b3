using System.Text.Json;
using Cluster.Contracts.Storage;

namespace Cluster.Storage.Sqlite;

/// <summary>
/// Accounts and sessions on SQLite. A session of an account that does not exist is not kept: a login that races
/// with the end of its account must not outlive it. Sessions that expired are forgotten as new ones come.
/// </summary>
internal sealed class AccountStore(Store store) : IAccountStore
{
    private const string Columns = "name, password_hash, must_change_password, roles, procuratorate, department, prosecutor";

    public Task<Account?> Find(string user, CancellationToken cancellation = default) =>
        store.Read(connection => connection.Prepare($"SELECT {Columns} FROM account WHERE name = ?1").Set(1, user).One(ReadAccount), cancellation);

    public Task<bool> Any(CancellationToken cancellation = default) =>
        store.Read(connection => connection.Prepare("SELECT 1 FROM account LIMIT 1").One(_ => true), cancellation);

    public async Task<IReadOnlyList<Account>> All(CancellationToken cancellation = default) =>
        await store.Read(connection => connection.Prepare($"SELECT {Columns} FROM account ORDER BY name").All(ReadAccount), cancellation);

    public Task Save(Account account, CancellationToken cancellation = default) => Write(
        connection => connection.Prepare($"""
            INSERT INTO account({Columns}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT(name) DO UPDATE SET password_hash = excluded.password_hash, must_change_password = excluded.must_change_password,
                roles = excluded.roles, procuratorate = excluded.procuratorate, department = excluded.department, prosecutor = excluded.prosecutor
            """)
            .Set(1, account.User)
            .Set(2, account.PasswordHash)
            .Set(3, account.MustChangePassword)
            .Set(4, JsonSerializer.Serialize(account.Roles))
            .Set(5, account.Procuratorate)
            .Set(6, account.Department)
            .Set(7, account.Prosecutor)
            .Run(),
        cancellation);

    public Task<bool> Delete(string user, CancellationToken cancellation = default) => Write(
        connection =>
        {
            connection.Prepare("DELETE FROM session WHERE account = ?1").Set(1, user).Run();
            return connection.Prepare("DELETE FROM account WHERE name = ?1").Set(1, user).Run() > 0;
        },
        cancellation);

    public Task SaveSession(Session session, CancellationToken cancellation = default) => Write(
        connection =>
        {
            connection.Prepare("DELETE FROM session WHERE expires_at < ?1").Set(1, store.Now.UtcTicks).Run();
            return connection.Prepare("""
                INSERT INTO session(token_hash, account, expires_at) SELECT ?1, name, ?3 FROM account WHERE name = ?2
                ON CONFLICT(token_hash) DO UPDATE SET account = excluded.account, expires_at = excluded.expires_at
                """)
                .Set(1, session.TokenHash).Set(2, session.User).Set(3, session.ExpiresAt.UtcTicks).Run();
        },
        cancellation);

    public Task<Session?> FindSession(byte[] tokenHash, CancellationToken cancellation = default) =>
        store.Read(
            connection => connection.Prepare("SELECT token_hash, account, expires_at FROM session WHERE token_hash = ?1").Set(1, tokenHash)
                .One(row => new Session(row.Blob(0), row.Text(1), row.Instant(2))),
            cancellation);

    public async Task<IReadOnlyList<byte[]>> EndSessions(string user, CancellationToken cancellation = default) => await Write(
        connection => connection.Prepare("DELETE FROM session WHERE account = ?1 RETURNING token_hash").Set(1, user).All(row => row.Blob(0)),
        cancellation);

    public Task EndSession(byte[] tokenHash, CancellationToken cancellation = default) => Write(
        connection => connection.Prepare("DELETE FROM session WHERE token_hash = ?1").Set(1, tokenHash).Run(),
        cancellation);

    public Task<string?> Setting(string name, CancellationToken cancellation = default) =>
        store.Read(connection => connection.Prepare("SELECT value FROM setting WHERE name = ?1").Set(1, name).One(row => row.Text(0)), cancellation);

    public Task SaveSetting(string name, string value, CancellationToken cancellation = default) => Write(
        connection => connection.Prepare("INSERT INTO setting(name, value) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET value = excluded.value")
            .Set(1, name).Set(2, value).Run(),
        cancellation);

    private async Task<T> Write<T>(Func<Connection, T> write, CancellationToken cancellation) =>
        await store.Write(new TableWork<T>(tables => write(tables.Connection)), cancellation);

    private static Account ReadAccount(Statement row) => new(
        row.Text(0), row.Text(1), row.Bool(2), JsonSerializer.Deserialize<string[]>(row.Text(3))!,
        row.OptionalText(4), row.OptionalText(5), row.OptionalText(6));
}
