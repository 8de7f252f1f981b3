using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cluster.Api.Hosting;

/// <summary>JSON that is already written: a body a grain made, a payload of a feed.</summary>
/// <param name="Utf8">Valid UTF-8 JSON.</param>
[JsonConverter(typeof(Converter))]
internal readonly record struct RawJson(ReadOnlyMemory<byte> Utf8)
{
    public static RawJson Null { get; } = new("null"u8.ToArray());

    private sealed class Converter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }
}
