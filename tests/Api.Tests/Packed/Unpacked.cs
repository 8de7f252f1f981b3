using System.Buffers;
using System.Text.Json;
using MessagePack;

namespace Cluster.Api.Tests.Packed;

/// <summary>MessagePack as JSON. The library's own way shortens numbers and leaves signs unescaped.</summary>
internal static class Unpacked
{
    public static JsonElement Read(ReadOnlyMemory<byte> packed)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { MaxDepth = 10_000 }))
        {
            var reader = new MessagePackReader(packed);
            Copy(ref reader, writer);
            Assert.True(reader.End);
        }
        return JsonDocument.Parse(json.WrittenMemory, new JsonDocumentOptions { MaxDepth = 10_000 }).RootElement;
    }

    private static void Copy(ref MessagePackReader reader, Utf8JsonWriter writer)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Map:
                writer.WriteStartObject();
                for (int left = reader.ReadMapHeader(); left > 0; left--)
                {
                    writer.WritePropertyName(reader.ReadString()!);
                    Copy(ref reader, writer);
                }
                writer.WriteEndObject();
                break;
            case MessagePackType.Array:
                writer.WriteStartArray();
                for (int left = reader.ReadArrayHeader(); left > 0; left--) Copy(ref reader, writer);
                writer.WriteEndArray();
                break;
            case MessagePackType.String:
                writer.WriteStringValue(reader.ReadString());
                break;
            case MessagePackType.Integer when reader.NextCode == MessagePackCode.UInt64:
                writer.WriteNumberValue(reader.ReadUInt64());
                break;
            case MessagePackType.Integer:
                writer.WriteNumberValue(reader.ReadInt64());
                break;
            case MessagePackType.Float:
                writer.WriteNumberValue(reader.ReadDouble());
                break;
            case MessagePackType.Boolean:
                writer.WriteBooleanValue(reader.ReadBoolean());
                break;
            case MessagePackType.Nil:
                reader.ReadNil();
                writer.WriteNullValue();
                break;
            default:
                throw new NotSupportedException(reader.NextMessagePackType.ToString());
        }
    }
}
