using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MessagePack;

namespace Cluster.Api.Live.Packed;

/// <summary>Payloads of the feed, each made into MessagePack once for all screens and all scopes that it goes to, and kept for as long as the payload is.</summary>
internal static class PackedPayloads
{
    private static readonly ConditionalWeakTable<byte[], byte[]> Made = [];

    public static void Write(ref MessagePackWriter writer, ReadOnlyMemory<byte> json)
    {
        // A part of an array would be kept under the whole.
        if (MemoryMarshal.TryGetArray(json, out ArraySegment<byte> held) && held.Count == held.Array!.Length) writer.WriteRaw(Made.GetValue(held.Array, Make));
        else PackedJson.Write(ref writer, json.Span);
    }

    private static byte[] Make(byte[] json)
    {
        var packed = new ArrayBufferWriter<byte>(json.Length);
        var writer = new MessagePackWriter(packed);
        PackedJson.Write(ref writer, json);
        writer.Flush();
        return packed.WrittenSpan.ToArray();
    }
}
