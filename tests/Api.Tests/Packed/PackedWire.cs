using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Api.Tests.World;
using MessagePack;

namespace Cluster.Api.Tests.Packed;

/// <summary>The MessagePack hub protocol as its specification says it.</summary>
internal sealed class PackedWire : HubWire
{
    public override string Protocol => "messagepack";

    public override int Version => 2;

    public override WebSocketMessageType Frames => WebSocketMessageType.Binary;

    public override byte[] Call(string id, string target, object?[] arguments) =>
        Frame(MessagePackSerializer.Serialize<object?[]>([1, new Dictionary<string, string>(), id, target, arguments]));

    public override int Take(ReadOnlySpan<byte> bytes, out JsonElement message)
    {
        message = default;
        int length = 0, prefix = 0;
        do
        {
            if (prefix == bytes.Length) return 0;
            length |= (bytes[prefix] & 0x7f) << (7 * prefix);
        }
        while ((bytes[prefix++] & 0x80) != 0);
        if (bytes.Length < prefix + length) return 0;
        message = Shape(Unpacked.Read(bytes.Slice(prefix, length).ToArray()));
        return prefix + length;
    }

    /// <summary>A message with its length before it.</summary>
    public static byte[] Frame(byte[] message)
    {
        var prefix = new List<byte>();
        for (int length = message.Length; ; length >>= 7)
        {
            prefix.Add((byte)((length & 0x7f) | (length > 0x7f ? 0x80 : 0)));
            if (length <= 0x7f) return [.. prefix, .. message];
        }
    }

    private static JsonElement Shape(JsonElement message)
    {
        int type = message[0].GetInt32();
        var shaped = new JsonObject { ["type"] = type };
        if (type == 1)
        {
            shaped["target"] = Copy(message[3]);
            shaped["arguments"] = Copy(message[4]);
        }
        else if (type == 3)
        {
            shaped["invocationId"] = Copy(message[2]);
            // 1: an error, 2: nothing, 3: a result.
            if (message[3].GetInt32() != 2) shaped[message[3].GetInt32() == 1 ? "error" : "result"] = Copy(message[4]);
        }
        return JsonSerializer.SerializeToElement(shaped);
    }

    private static JsonNode? Copy(JsonElement element) => JsonNode.Parse(element.GetRawText());
}
