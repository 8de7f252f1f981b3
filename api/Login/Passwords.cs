using System.Globalization;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Cluster.Api.Hosting;
using Microsoft.Extensions.Options;

namespace Cluster.Api.Login;

/// <summary>Password hashes: <c>pbkdf2-sha256$rounds$salt$hash</c>, the last two in base64.</summary>
internal sealed class Passwords(IOptions<LoginOptions> options) : IDisposable
{
    /// <summary>Shortest password that a person may choose.</summary>
    public const int ShortestChosen = 12;

    /// <summary>Shortest password that an administrator may give.</summary>
    public const int ShortestGiven = 8;

    public const int Longest = 256;

    private const string Scheme = "pbkdf2-sha256";
    private const int SaltBytes = 16, HashBytes = 32;

    // What an unknown user's password is compared with, so that it takes as long as a known one's; the hash of nothing.
    private readonly string decoy = Write(options.Value.Rounds, RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(HashBytes));

    // Hashing is the one thing a stranger can make the server compute; more than the cores can do waits, and not for ever.
    private readonly ConcurrencyLimiter cores = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Environment.ProcessorCount,
        QueueLimit = 16 * Environment.ProcessorCount,
    });

    public async Task<string> Hash(string password, CancellationToken cancellation)
    {
        using RateLimitLease lease = await Core(cancellation);
        return Derive(password, options.Value.Rounds);
    }

    /// <summary>Whether the password is the one that was hashed; false, after the same time, where there is none.</summary>
    public async Task<bool> Matches(string password, string? stored, CancellationToken cancellation)
    {
        using RateLimitLease lease = await Core(cancellation);
        return Verify(password, stored ?? decoy) && stored is not null;
    }

    public void Dispose() => cores.Dispose();

    private async ValueTask<RateLimitLease> Core(CancellationToken cancellation)
    {
        RateLimitLease lease = await cores.AcquireAsync(1, cancellation);
        return lease.IsAcquired ? lease : throw new ProblemException(Problem.Of(429));
    }

    private static string Derive(string password, int rounds)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        byte[] hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, HashAlgorithmName.SHA256, HashBytes);
        return Write(rounds, salt, hash);
    }

    private static string Write(int rounds, byte[] salt, byte[] hash) =>
        string.Create(CultureInfo.InvariantCulture, $"{Scheme}${rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");

    private static bool Verify(string password, string stored)
    {
        if (stored.Split('$') is not [Scheme, var rounds, var salt, var hash]) return false;
        byte[] derived = Rfc2898DeriveBytes.Pbkdf2(
            password, Convert.FromBase64String(salt), int.Parse(rounds, CultureInfo.InvariantCulture), HashAlgorithmName.SHA256, HashBytes);
        return CryptographicOperations.FixedTimeEquals(derived, Convert.FromBase64String(hash));
    }
}
