using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cluster.Law;

/// <summary>A period in JSON is its text: <c>"15d"</c>.</summary>
public sealed class PeriodJsonConverter : JsonConverter<Period>
{
    /// <inheritdoc/>
    public override Period Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return Period.TryParse(text, out Period period)
            ? period
            : throw new JsonException("Expected a period: <n>h, <n>d, <n>wd, <n>m or <n>y.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Period value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
