using System.Security.Cryptography;

namespace Cluster.Api.Hosting;

/// <summary>Answers with JSON that is already written.</summary>
/// <param name="utf8">The body.</param>
/// <param name="tagged">With an ETag, so that a client that has this body is told so instead (304).</param>
internal sealed class JsonAnswer(ReadOnlyMemory<byte> utf8, bool tagged = false) : IResult
{
    // Half a SHA-256 tells bodies apart.
    private const int TagBytes = 16;

    public async Task ExecuteAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        if (tagged)
        {
            string tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(utf8.Span).AsSpan(0, TagBytes))}\"";
            response.Headers.ETag = tag;
            response.Headers.CacheControl = "private, no-cache";
            response.Headers.Vary = "Authorization, Cookie";
            if (Matches(context.Request.Headers.IfNoneMatch, tag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }
        response.ContentType = "application/json";
        response.ContentLength = utf8.Length;
        await response.Body.WriteAsync(utf8, context.RequestAborted);
    }

    private static bool Matches(IEnumerable<string?> sent, string tag) =>
        sent.SelectMany(line => (line ?? "").Split(','))
            .Select(value => value.Trim())
            .Any(value => value == "*" || value == tag || value == "W/" + tag);
}
