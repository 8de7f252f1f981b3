using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Cluster.Cases.Events;

/// <summary>Texts of a JSON document, read from its bytes where nothing is escaped.</summary>
internal static class JsonText
{
    /// <summary>Levels of nesting an event may have.</summary>
    public const int MaxDepth = 32;

    private const byte Escape = (byte)'\\';

    /// <summary>The bytes between the quotes, unescaped.</summary>
    public static ReadOnlySpan<byte> Bytes(JsonElement text)
    {
        var inner = JsonMarshal.GetRawUtf8Value(text)[1..^1];
        return inner.Contains(Escape) ? Encoding.UTF8.GetBytes(text.GetString()!) : inner;
    }

    public static ReadOnlySpan<byte> Name(JsonProperty property)
    {
        var name = JsonMarshal.GetRawUtf8PropertyName(property);
        return name.Contains(Escape) ? Encoding.UTF8.GetBytes(property.Name) : name;
    }

    /// <summary>The text, or null if it is longer than so many characters (code points).</summary>
    public static string? Read(JsonElement text, int maxLength)
    {
        var inner = JsonMarshal.GetRawUtf8Value(text)[1..^1];
        if (inner.Length > 12 * maxLength) // even if every character were a pair of escapes
        {
            return null;
        }

        var value = inner.Contains(Escape) ? text.GetString()! : Encoding.UTF8.GetString(inner);
        return IsLonger(value, maxLength) ? null : value;
    }

    /// <summary>Whether every text in it is well-formed Unicode and it is not nested too deep.</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            while (reader.Read())
            {
                if (reader.ValueIsEscaped)
                {
                    reader.GetString(); // throws on a lone surrogate
                }
            }

            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException)
        {
            return false;
        }
    }

    private static bool IsLonger(string value, int maxLength)
    {
        if (value.Length <= maxLength)
        {
            return false;
        }

        var characters = 0;
        foreach (var c in value)
        {
            characters += char.IsLowSurrogate(c) ? 0 : 1;
        }

        return characters > maxLength;
    }
}
