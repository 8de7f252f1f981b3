using System.Runtime.InteropServices;
using System.Text.Json;

namespace Cluster.Cases.Assignment;

/// <summary>The draws of one day as they were kept, in order, written as they are published: everybody in every draw.</summary>
public sealed class DrawsInFull
{
    private readonly SortedDictionary<string, byte[]> _eligible = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, byte[]> _excluded = new(StringComparer.Ordinal);

    /// <summary>Writes the next draw.</summary>
    /// <param name="kept">Kept in whole, or as what changed since the one before.</param>
    public void Write(Utf8JsonWriter json, JsonElement kept)
    {
        json.WriteStartObject();
        foreach (var property in kept.EnumerateObject())
        {
            json.WritePropertyName(property.Name);
            if (property.NameEquals("eligible")) WriteAll(json, property.Value, _eligible);
            else if (property.NameEquals("excluded")) WriteAll(json, property.Value, _excluded);
            else Raw(json, JsonMarshal.GetRawUtf8Value(property.Value));
        }

        json.WriteEndObject();
    }

    private static void WriteAll(Utf8JsonWriter json, JsonElement value, SortedDictionary<string, byte[]> all)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            all.Clear();
            Put(value, all);
            // As it was written, whatever its order: what is wrong with it is found by who verifies it.
            Raw(json, JsonMarshal.GetRawUtf8Value(value));
            return;
        }

        foreach (var id in value.GetProperty(DrawChanges.Not).EnumerateArray()) all.Remove(id.GetString()!);
        Put(value.GetProperty(DrawChanges.But), all);
        json.WriteStartArray();
        foreach (var one in all.Values) Raw(json, one);
        json.WriteEndArray();
    }

    private static void Put(JsonElement array, SortedDictionary<string, byte[]> all)
    {
        foreach (var one in array.EnumerateArray()) all[one.GetProperty("prosecutor").GetString()!] = JsonMarshal.GetRawUtf8Value(one).ToArray();
    }

    private static void Raw(Utf8JsonWriter json, ReadOnlySpan<byte> value) => json.WriteRawValue(value, skipInputValidation: true);
}
