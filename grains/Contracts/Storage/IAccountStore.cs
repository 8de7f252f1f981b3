namespace Cluster.Contracts.Storage;

/// <summary>Accounts and their sessions.</summary>
public interface IAccountStore
{
    Task<Account?> Find(string user, CancellationToken cancellation = default);

    Task<bool> Any(CancellationToken cancellation = default);

    Task<IReadOnlyList<Account>> All(CancellationToken cancellation = default);

    /// <summary>Makes or replaces an account.</summary>
    Task Save(Account account, CancellationToken cancellation = default);

    /// <summary>Ends an account and its sessions.</summary>
    Task<bool> Delete(string user, CancellationToken cancellation = default);

    Task SaveSession(Session session, CancellationToken cancellation = default);

    Task<Session?> FindSession(byte[] tokenHash, CancellationToken cancellation = default);

    Task<IReadOnlyList<byte[]>> EndSessions(string user, CancellationToken cancellation = default);

    Task EndSession(byte[] tokenHash, CancellationToken cancellation = default);

    /// <summary>A small setting of the installation, such as whether the setup is complete.</summary>
    Task<string?> Setting(string name, CancellationToken cancellation = default);

    Task SaveSetting(string name, string value, CancellationToken cancellation = default);
}

/// <summary>A person or a service that may log in.</summary>
public sealed record Account(
    string User, string PasswordHash, bool MustChangePassword, IReadOnlyList<string> Roles,
    string? Procuratorate, string? Department, string? Prosecutor);

/// <summary>A login. Only the SHA-256 of the token is kept.</summary>
public sealed record Session(byte[] TokenHash, string User, DateTimeOffset ExpiresAt);
