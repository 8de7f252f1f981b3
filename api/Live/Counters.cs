using System.Text.Json;

namespace Cluster.Api.Live;

/// <summary>Counters of a wall: those of one procuratorate, or the sum over several with the parts it is the sum of.</summary>
internal static class Counters
{
    /// <summary>Writes the counters.</summary>
    /// <param name="writer">Receives one object.</param>
    /// <param name="only">The procuratorate, if they are of one.</param>
    /// <param name="offices">Codes.</param>
    /// <param name="counters">What each counted, as JSON.</param>
    public static void WriteSum(Utf8JsonWriter writer, string? only, IReadOnlyList<string> offices, byte[][] counters)
    {
        JsonDocument[] parts = [.. counters.Select(c => JsonDocument.Parse(c))];
        var levels = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var categories = new SortedDictionary<string, long>(StringComparer.Ordinal);
        long openCases = 0;
        foreach (JsonDocument part in parts)
        {
            Add(levels, part.RootElement, "levels");
            Add(categories, part.RootElement, "categories");
            openCases += part.RootElement.TryGetProperty("openCases", out JsonElement open) ? open.GetInt64() : 0;
        }

        writer.WriteStartObject();
        if (only is not null) writer.WriteString("procuratorate", only);
        Write(writer, "levels", levels);
        Write(writer, "categories", categories);
        // A department belongs to one procuratorate, so the parts do not overlap.
        writer.WriteStartObject("departments");
        foreach (JsonDocument part in parts)
        {
            if (!part.RootElement.TryGetProperty("departments", out JsonElement departments)) continue;
            foreach (JsonProperty department in departments.EnumerateObject()) department.WriteTo(writer);
        }
        writer.WriteEndObject();
        writer.WriteNumber("openCases", openCases);
        if (only is null) WriteParts(writer, offices, parts);
        writer.WriteEndObject();
        foreach (JsonDocument part in parts) part.Dispose();
    }

    // A counters item of the feed replaces one part, so a client needs them to keep its sum.
    private static void WriteParts(Utf8JsonWriter writer, IReadOnlyList<string> offices, JsonDocument[] parts)
    {
        writer.WriteStartArray("parts");
        for (int i = 0; i < parts.Length; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("procuratorate", offices[i]);
            foreach (JsonProperty property in parts[i].RootElement.EnumerateObject())
            {
                if (!property.NameEquals("procuratorate")) property.WriteTo(writer);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void Add(SortedDictionary<string, long> sum, JsonElement part, string name)
    {
        if (!part.TryGetProperty(name, out JsonElement counts)) return;
        foreach (JsonProperty count in counts.EnumerateObject())
            sum[count.Name] = sum.GetValueOrDefault(count.Name) + count.Value.GetInt64();
    }

    private static void Write(Utf8JsonWriter writer, string name, SortedDictionary<string, long> counts)
    {
        writer.WriteStartObject(name);
        foreach ((string key, long value) in counts) writer.WriteNumber(key, value);
        writer.WriteEndObject();
    }
}
