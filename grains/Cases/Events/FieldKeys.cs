using System.Collections.Concurrent;
using System.Text;

namespace Cluster.Cases.Events;

/// <summary>Keys that no schema names: card fields and extra fields.</summary>
/// <remarks>
/// The first few thousand distinct ones are interned, so that a rule's key meets them by reference; bounded, because interned
/// texts are never freed and the names come from outside.
/// </remarks>
internal static class FieldKeys
{
    public const int MaxNameLength = 200;
    private const int Bound = 8192;

    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Known.GetAlternateLookup<ReadOnlySpan<char>>();

    private static int count;

    /// <summary>The key of a name under a prefix such as <c>sentBy.</c>; null if the name is too long to be one.</summary>
    public static string? Of(string prefix, ReadOnlySpan<byte> name)
    {
        if (name.Length > 3 * MaxNameLength)
        {
            return null;
        }

        Span<char> key = stackalloc char[prefix.Length + name.Length];
        prefix.CopyTo(key);
        var length = Encoding.UTF8.GetChars(name, key[prefix.Length..]);
        if (length > MaxNameLength)
        {
            return null;
        }

        key = key[..(prefix.Length + length)];
        if (Lookup.TryGetValue(key, out var known))
        {
            return known;
        }

        var text = key.ToString();
        if (Volatile.Read(ref count) >= Bound)
        {
            return text;
        }

        text = string.Intern(text);
        if (Known.TryAdd(text, text))
        {
            Interlocked.Increment(ref count);
        }

        return text;
    }
}
