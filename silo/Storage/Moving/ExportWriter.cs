using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Cluster.Storage.Moving;

/// <summary>Writes the lines of an export, compressed, and their hash at the end.</summary>
internal sealed class ExportWriter : IDisposable
{
    private readonly Stream _compressed;
    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private readonly Utf8JsonWriter _json;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Dictionary<string, long> _counts = [];

    public ExportWriter(Stream file)
    {
        _compressed = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true);
        _json = new Utf8JsonWriter(_buffer, RowLine.Written);
    }

    /// <summary>Bytes before compression.</summary>
    public long Bytes { get; private set; }

    public IReadOnlyDictionary<string, long> Counts => _counts;

    public void Header(ExportHeader header)
    {
        _json.Reset();
        JsonSerializer.Serialize(_json, header, JsonSerializerOptions.Web);
        EndLine();
    }

    public void Row(MovedTable table, object?[] row)
    {
        _json.Reset();
        RowLine.Write(_json, table, row);
        EndLine();
        _counts[table.Name] = _counts.GetValueOrDefault(table.Name) + 1;
    }

    /// <summary>Ends the file. The hash is that of every byte before this last line, uncompressed.</summary>
    public void Trailer()
    {
        Flush();
        var trailer = new ExportTrailer(_counts, Convert.ToHexStringLower(_hash.GetHashAndReset()));
        _json.Reset();
        JsonSerializer.Serialize(_json, trailer, JsonSerializerOptions.Web);
        EndLine();
        Flush();
        _compressed.Dispose();
    }

    public void Dispose()
    {
        _json.Dispose();
        _hash.Dispose();
        _compressed.Dispose();
    }

    private void EndLine()
    {
        _json.Flush();
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= 64 * 1024) Flush();
    }

    private void Flush()
    {
        _hash.AppendData(_buffer.WrittenSpan);
        _compressed.Write(_buffer.WrittenSpan);
        Bytes += _buffer.WrittenCount;
        _buffer.ResetWrittenCount();
    }
}
