using System.IO.Compression;
using System.Text.Json;
using Cluster.Cases.Assignment;

namespace Cluster.Grains.Assignment;

/// <summary>
/// The draws of one day, as JSON. A draw tells of everybody on the roster, but one draw is much like the next, so they are kept as what changed since the one before; a day
/// that is over is also packed until somebody asks for it.
/// </summary>
internal sealed class DrawnDay(byte[] secret, string commitment)
{
    // Of 500 prosecutors a draw that is kept in whole has 35 KB: only a window of megabytes, which Brotli's is, sees that it is like the one before.
    private static readonly BrotliCompressionOptions Packing = new() { Quality = 2 };

    private readonly List<byte[]> _fresh = [];
    private byte[]? _packed;

    public byte[] Secret => secret;

    public string Commitment => commitment;

    public int Count { get; private set; }

    public void Add(byte[] draw)
    {
        _fresh.Add(draw);
        Count++;
    }

    /// <summary>Writes the array of all draws, everybody in every draw.</summary>
    public void Write(Utf8JsonWriter json)
    {
        using var all = new MemoryStream();
        WriteTo(all);
        using var draws = JsonDocument.Parse(all.GetBuffer().AsMemory(0, (int)all.Length));
        var full = new DrawsInFull();
        json.WriteStartArray();
        foreach (var draw in draws.RootElement.EnumerateArray()) full.Write(json, draw);
        json.WriteEndArray();
    }

    public void Pack()
    {
        if (_fresh.Count == 0) return;
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, Packing)) WriteTo(brotli);
        _packed = packed.ToArray();
        _fresh.Clear();
        _fresh.TrimExcess();
    }

    private void WriteTo(Stream stream)
    {
        var separator = (byte)'[';
        if (_packed is { } packed)
        {
            using var unpacked = new MemoryStream();
            using (var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress)) brotli.CopyTo(unpacked);
            stream.Write(unpacked.GetBuffer(), 0, (int)unpacked.Length - 1);
            separator = (byte)',';
        }

        foreach (var draw in _fresh)
        {
            stream.WriteByte(separator);
            stream.Write(draw);
            separator = (byte)',';
        }

        if (separator == '[') stream.WriteByte((byte)'[');
        stream.WriteByte((byte)']');
    }
}
