using System.Text;

namespace Cluster.Storage.Postgres;

/// <summary>
/// Texts as PostgreSQL can keep them. It cannot keep U+0000, which JSON may bring into names and the like, so that is written as U+0001 U+0001
/// and U+0001 as U+0001 U+0002, which keeps the order of texts. Half a surrogate pair becomes U+FFFD, as everywhere that UTF-8 is written.
/// </summary>
internal static class Texts
{
    private const char Mark = '\u0001';
    private const char One = '\u0002';

    public static string Stored(string text) =>
        text.AsSpan().ContainsAnyInRange('\0', Mark) || text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? Escape(text) : text;

    public static string Read(string stored) => stored.Contains(Mark) ? Unescape(stored) : stored;

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        // An enumerated rune is U+FFFD where the text is not well-formed.
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == 0) escaped.Append(Mark).Append(Mark);
            else if (rune.Value == Mark) escaped.Append(Mark).Append(One);
            else escaped.Append(rune.ToString());
        }
        return escaped.ToString();
    }

    private static string Unescape(string stored)
    {
        var text = new StringBuilder(stored.Length);
        for (var i = 0; i < stored.Length; i++)
            text.Append(stored[i] != Mark ? stored[i] : stored[++i] == Mark ? '\0' : Mark);
        return text.ToString();
    }
}
