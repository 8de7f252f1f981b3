using System.Buffers;
using System.Text.Json;
using Cluster.Api.Hosting;

namespace Cluster.Api.Wall;

/// <summary>Payloads of feeds and snapshots for a screen that nobody sits at: names masked, and without what anybody wrote.</summary>
internal static class MaskedPayload
{
    // Rules say what is wrong in words of their own; these may quote the case.
    private static readonly string[] LeftOut = ["message", "evidence", "acts", "note", "reason", "suspects", "history"];

    /// <summary>An alert, a case, an assignment, a workload or counters.</summary>
    /// <param name="kind">Kind of the feed's item.</param>
    /// <param name="json">Its payload.</param>
    public static byte[] Of(string kind, ReadOnlySpan<byte> json)
    {
        if (kind == "counters") return json.ToArray();
        var buffer = new ArrayBufferWriter<byte>(json.Length);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Json.Options.Encoder }))
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read()) Copy(ref reader, writer, kind);
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer, string kind)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.PropertyName:
                Property(ref reader, writer, kind);
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(reader.GetString());
                break;
            default:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
        }
    }

    private static void Property(ref Utf8JsonReader reader, Utf8JsonWriter writer, string kind)
    {
        string name = reader.GetString()!;
        int depth = reader.CurrentDepth;
        if (LeftOut.Contains(name))
        {
            reader.Read();
            reader.Skip();
            return;
        }
        writer.WritePropertyName(name);
        if (Mask(name, depth, kind) is not { } mask) return;
        reader.Read();
        if (reader.TokenType == JsonTokenType.String) writer.WriteStringValue(mask(reader.GetString()!));
        else Copy(ref reader, writer, kind);
    }

    private static Func<string, string>? Mask(string property, int depth, string kind) => (property, kind) switch
    {
        ("caseName", _) => MaskedName.OfCase,
        ("name", "case") => MaskedName.OfCase,
        // Of a workload itself it is the department's name.
        ("name", "workload") when depth > 1 => MaskedName.OfPerson,
        _ => null,
    };
}
