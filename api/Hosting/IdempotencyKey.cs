using System.Security.Cryptography;
using System.Text;

namespace Cluster.Api.Hosting;

/// <summary>The header <c>Idempotency-Key</c>: a request that is sent again with the same key is not done again.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    private const int Longest = 200;

    /// <summary>A name for what an account asks for: the same for the same key, else one of its own.</summary>
    /// <exception cref="ProblemException">400: several keys, or one that is empty or too long.</exception>
    public static string Of(HttpContext context, string user)
    {
        if (context.Request.Headers[Header] is not [_, ..] keys) return Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        if (keys is not [{ Length: > 0 and <= Longest } key]) throw new ProblemException(Problem.Of(400, "idempotency-key", $"One key of 1 to {Longest} characters."));
        // Two people may think of the same key.
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{user}\n{key}")).AsSpan(0, 16));
    }
}
