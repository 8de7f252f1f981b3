using System.Security.Cryptography;
using System.Text;
using Cluster.Api.Hosting;
using Microsoft.Extensions.Primitives;

namespace Cluster.Api.Alerts;

/// <summary>The name that a client gave to a request, so that sending it again does nothing again.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    public const string Description =
        "1 to 255 visible ASCII characters, of the account's own choice and remembered for ever. The same request under the same key is done once and answers the same; "
        + "what was refused did nothing, and is decided anew. Another request under it is 422 `idempotency-key-reused`.";

    private const int Longest = 255;

    // Half a SHA-256 tells requests apart.
    private const int Bytes = 16;

    /// <summary>The key of a request; null if it has none.</summary>
    /// <exception cref="ProblemException">400: it is no key.</exception>
    public static string? Of(HttpRequest request)
    {
        StringValues sent = request.Headers[Header];
        if (sent.Count == 0) return null;
        return sent is [{ Length: > 0 and <= Longest } key] && key.All(c => c is > ' ' and <= '~')
            ? key
            : throw new ProblemException(Problem.Of(400, "invalid-idempotency-key", $"{Header}: 1 to {Longest} visible ASCII characters, once."));
    }

    public static string Digest(params ReadOnlySpan<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts!))).AsSpan(0, Bytes));

    /// <summary>A name for a request without one.</summary>
    public static string Fresh() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
}
