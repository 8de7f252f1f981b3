using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Cluster.Api.Login;

/// <summary>Session tokens: 32 random bytes in base64url. The server keeps only their SHA-256.</summary>
internal static class SessionToken
{
    private const int Bytes = 32;

    private static readonly int Length = Base64Url.GetEncodedLength(Bytes);

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static bool IsPlausible(string token) => token.Length == Length;

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>The antiforgery token of a session: what a page of another site cannot know, because it cannot read our answers.</summary>
    public static string Antiforgery(string token) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), "antiforgery"u8));

    public static bool IsAntiforgery(string token, string? sent) =>
        sent is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Antiforgery(token)), Encoding.UTF8.GetBytes(sent));
}
