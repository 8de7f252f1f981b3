using System.Text.Json;
using Cluster.Contracts.Storage;
using Npgsql;

namespace Cluster.Storage.Postgres;

/// <summary>
/// Accounts and sessions on PostgreSQL. A session of an account that does not exist is not kept: a login that races
/// with the end of its account must not outlive it. Sessions that expired are forgotten as new ones come.
/// </summary>
internal sealed class AccountStore(PostgresStore store) : IAccountStore
{
    private const string Columns = "name, password_hash, must_change_password, roles, procuratorate, department, prosecutor";

    public Task<Account?> Find(string user, CancellationToken cancellation = default) =>
        store.One(new Statement($"SELECT {Columns} FROM account WHERE name = $1").Set(user), ReadAccount, cancellation);

    public Task<bool> Any(CancellationToken cancellation = default) =>
        store.One(new Statement("SELECT true FROM account LIMIT 1"), row => row.GetBoolean(0), cancellation);

    public async Task<IReadOnlyList<Account>> All(CancellationToken cancellation = default) =>
        await store.All(new Statement($"SELECT {Columns} FROM account ORDER BY name"), ReadAccount, cancellation);

    public Task Save(Account account, CancellationToken cancellation = default) => Write(
        session => new Statement($"""
            INSERT INTO account({Columns}) VALUES($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT(name) DO UPDATE SET password_hash = excluded.password_hash, must_change_password = excluded.must_change_password,
                roles = excluded.roles, procuratorate = excluded.procuratorate, department = excluded.department, prosecutor = excluded.prosecutor
            """)
            .Set(account.User)
            .Set(account.PasswordHash)
            .Set(account.MustChangePassword)
            .Set(JsonSerializer.Serialize(account.Roles))
            .Set(account.Procuratorate)
            .Set(account.Department)
            .Set(account.Prosecutor)
            .Run(session),
        cancellation);

    public Task<bool> Delete(string user, CancellationToken cancellation = default) => Write(
        session =>
        {
            // The account first: a login that holds its row ends before, and its session is then deleted with the others.
            var isEnded = new Statement("DELETE FROM account WHERE name = $1").Set(user).Run(session) > 0;
            new Statement("DELETE FROM session WHERE account = $1").Set(user).Run(session);
            return isEnded;
        },
        cancellation);

    public Task SaveSession(Session login, CancellationToken cancellation = default) => Write(
        session =>
        {
            new Statement("DELETE FROM session WHERE expires_at < $1").Set(store.Now.UtcTicks).Run(session);
            return new Statement("""
                INSERT INTO session(token_hash, account, expires_at) SELECT $1, name, $3 FROM account WHERE name = $2 FOR SHARE
                ON CONFLICT(token_hash) DO UPDATE SET account = excluded.account, expires_at = excluded.expires_at
                """)
                .Set(login.TokenHash).Set(login.User).Set(login.ExpiresAt.UtcTicks).Run(session);
        },
        cancellation);

    public Task<Session?> FindSession(byte[] tokenHash, CancellationToken cancellation = default) =>
        store.One(
            new Statement("SELECT token_hash, account, expires_at FROM session WHERE token_hash = $1").Set(tokenHash),
            row => new Session(row.Blob(0), row.Text(1), row.Instant(2)),
            cancellation);

    public async Task<IReadOnlyList<byte[]>> EndSessions(string user, CancellationToken cancellation = default) => await Write(
        session => new Statement("DELETE FROM session WHERE account = $1 RETURNING token_hash").Set(user).All(session, row => row.Blob(0)),
        cancellation);

    public Task EndSession(byte[] tokenHash, CancellationToken cancellation = default) => Write(
        session => new Statement("DELETE FROM session WHERE token_hash = $1").Set(tokenHash).Run(session),
        cancellation);

    public Task<string?> Setting(string name, CancellationToken cancellation = default) =>
        store.One(new Statement("SELECT value FROM setting WHERE name = $1").Set(name), row => row.Text(0), cancellation);

    public Task SaveSetting(string name, string value, CancellationToken cancellation = default) => Write(
        session => new Statement("INSERT INTO setting(name, value) VALUES($1, $2) ON CONFLICT(name) DO UPDATE SET value = excluded.value").Set(name).Set(value).Run(session),
        cancellation);

    private Task<T> Write<T>(Func<NpgsqlConnection, T> write, CancellationToken cancellation) => store.Write(new SessionWork<T>(write), cancellation);

    private static Account ReadAccount(NpgsqlDataReader row) => new(
        row.Text(0), row.Text(1), row.GetBoolean(2), JsonSerializer.Deserialize<string[]>(row.Text(3))!,
        row.OptionalText(4), row.OptionalText(5), row.OptionalText(6));
}
