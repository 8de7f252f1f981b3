using System.Security.Cryptography;
using System.Text;

namespace Cluster.Api.Hosting;

/// <summary>The header <c>Idempotency-Key</c>: a request that is sent again with the same key is not done again.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    private const int Longest = 200;

    // Half a SHA-256 tells requests apart.
    private const int Bytes = 16;

    /// <summary>The key of a request; null if it has none.</summary>
    /// <exception cref="ProblemException">400: several keys, or one that is empty or too long.</exception>
    public static string? Sent(HttpContext context)
    {
        if (context.Request.Headers[Header] is not [_, ..] keys) return null;
        return keys is [{ Length: > 0 and <= Longest } key] ? key : throw new ProblemException(Problem.Of(400, "idempotency-key", $"One key of 1 to {Longest} characters."));
    }

    /// <summary>A name for what an account asks for: the same for the same key, else one of its own.</summary>
    /// <exception cref="ProblemException">400: several keys, or one that is empty or too long.</exception>
    // Two people may think of the same key.
    public static string Of(HttpContext context, string user) => Sent(context) is { } key ? Digest(user, key) : Fresh();

    /// <summary>A name made of texts.</summary>
    public static string Digest(params ReadOnlySpan<string?> texts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts))).AsSpan(0, Bytes));

    /// <summary>A name that nothing else has.</summary>
    public static string Fresh() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
}
