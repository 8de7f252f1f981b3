using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Cluster.Api.Tests.World;

/// <summary>How a client writes calls and reads messages; read, they have the shape that JSON gives them.</summary>
internal class HubWire
{
    public const byte Separator = 0x1e;

    public virtual string Protocol => "json";

    public virtual int Version => 1;

    public virtual WebSocketMessageType Frames => WebSocketMessageType.Text;

    public static HubWire Of(string protocol) => protocol switch
    {
        "json" => new HubWire(),
#if ORLEANS
        "messagepack" => new Packed.PackedWire(),
#endif
        _ => throw new NotSupportedException(protocol),
    };

    public virtual byte[] Call(string id, string target, object?[] arguments) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(new { type = 1, invocationId = id, target, arguments }), Separator];

    /// <summary>Takes the first message of what has arrived.</summary>
    /// <returns>How many bytes it had; 0 if it is not all there.</returns>
    public virtual int Take(ReadOnlySpan<byte> bytes, out JsonElement message)
    {
        message = default;
        int end = bytes.IndexOf(Separator);
        if (end >= 0) message = JsonDocument.Parse(Encoding.UTF8.GetString(bytes[..end])).RootElement;
        return end + 1;
    }
}
