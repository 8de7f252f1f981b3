using System.Text;

namespace Cluster.Api.Hosting;

/// <summary>JSON pointers of RFC 6901.</summary>
internal static class JsonPointer
{
    /// <summary>From the path of a <see cref="System.Text.Json.JsonException"/>: <c>$.a[0]['b.c']</c> is <c>/a/0/b.c</c>.</summary>
    public static string FromPath(string? path)
    {
        if (path is null || !path.StartsWith('$')) return "";
        var pointer = new StringBuilder();
        for (int i = 1; i < path.Length;)
        {
            string end = path[i] == '.' ? "" : path[i..].StartsWith("['", StringComparison.Ordinal) ? "']" : "]";
            int start = i + (end.Length == 2 ? 2 : 1);
            int stop = end.Length == 0 ? path.AsSpan(start).IndexOfAny('.', '[') : path.AsSpan(start).IndexOf(end);
            stop = stop < 0 ? path.Length : start + stop;
            pointer.Append('/').Append(Escape(path[start..stop]));
            i = Math.Min(path.Length, stop + end.Length);
        }
        return pointer.ToString();
    }

    public static string Escape(string name) => name.Replace("~", "~0").Replace("/", "~1");
}
