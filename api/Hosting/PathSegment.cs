using Microsoft.AspNetCore.Http.Features;

namespace Cluster.Api.Hosting;

/// <summary>
/// Identifiers in addresses. The server decodes a path once but keeps %2F, and a catch-all route joins segments, so an
/// id that contains a slash or "%2F" can be told apart only in the target as it was sent.
/// </summary>
internal static class PathSegment
{
    /// <summary>The decoded rest of the path after <paramref name="prefix"/> and before <paramref name="suffix"/>.</summary>
    public static string After(HttpContext context, string prefix, string suffix = "")
    {
        string raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        int query = raw.IndexOf('?');
        if (query >= 0) raw = raw[..query];
        // An absolute-form target (through a proxy) names the host first.
        int start = raw.StartsWith('/') ? 0 : raw.IndexOf(prefix, StringComparison.Ordinal);
        if (start < 0 || !raw.AsSpan(start).StartsWith(prefix) || !raw.EndsWith(suffix, StringComparison.Ordinal) || raw.Length < start + prefix.Length + suffix.Length)
            return "";
        return Uri.UnescapeDataString(raw[(start + prefix.Length)..^suffix.Length]);
    }
}
