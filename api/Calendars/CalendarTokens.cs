using System.Security.Cryptography;
using System.Text.Json;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Calendars;

/// <summary>
/// The tokens in addresses of calendars, one a prosecutor: 32 random bytes, of which only the SHA-256 is kept. One ends with the account that made it, and when that account stops
/// being the prosecutor's.
/// </summary>
internal sealed class CalendarTokens(IAccountStore accounts, LegalClock clock)
{
    private const int LongestId = 64;

    /// <summary>Makes a token in place of the one before.</summary>
    /// <returns>The token, which is nowhere kept.</returns>
    public async Task<string> Create(string prosecutor, string user)
    {
        string token = SessionToken.New();
        await accounts.SaveSetting(Name(prosecutor), JsonSerializer.Serialize(new Kept(user, Convert.ToHexStringLower(SessionToken.Hash(token)), clock.GetUtcNow()), Json.Options));
        return token;
    }

    public Task Revoke(string prosecutor) => accounts.SaveSetting(Name(prosecutor), "");

    /// <summary>Ends the token that an account made, if there is one.</summary>
    public async Task Forget(Account account)
    {
        if (account.Prosecutor is { } prosecutor && await Find(prosecutor, default) is { } kept && kept.User == account.User) await Revoke(prosecutor);
    }

    /// <summary>When the token was made; null while there is none that is good.</summary>
    public async Task<DateTimeOffset?> CreatedAt(string prosecutor, CancellationToken cancellation) =>
        await Find(prosecutor, cancellation) is { } kept && await Owner(kept, prosecutor, cancellation) is not null ? kept.CreatedAt : null;

    /// <summary>The account that made a token for the calendar of a prosecutor; null if that is not the token.</summary>
    public async Task<Account?> Owner(string prosecutor, string? token, CancellationToken cancellation)
    {
        if (prosecutor.Length is 0 or > LongestId || token is null || !SessionToken.IsPlausible(token)) return null;
        Kept? kept = await Find(prosecutor, cancellation);
        return kept is not null && CryptographicOperations.FixedTimeEquals(Convert.FromHexString(kept.Hash), SessionToken.Hash(token)) ? await Owner(kept, prosecutor, cancellation) : null;
    }

    public static bool IsOwn(Account account, string prosecutor) => account.Prosecutor == prosecutor && account.Roles.Contains(Role.Handler);

    private async Task<Account?> Owner(Kept kept, string prosecutor, CancellationToken cancellation) =>
        await accounts.Find(kept.User, cancellation) is { } account && IsOwn(account, prosecutor) ? account : null;

    private async Task<Kept?> Find(string prosecutor, CancellationToken cancellation) =>
        await accounts.Setting(Name(prosecutor), cancellation) is { Length: > 0 } stored ? JsonSerializer.Deserialize<Kept>(stored, Json.Options) : null;

    private static string Name(string prosecutor) => "calendar:" + prosecutor;

    private sealed record Kept(string User, string Hash, DateTimeOffset CreatedAt);
}
