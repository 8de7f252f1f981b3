using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Cluster.Storage.Moving;

/// <summary>Reads the lines of an export, and says at the end whether they are those that were written.</summary>
internal sealed class ExportReader : IDisposable
{
    // A line holds one event or alert; the largest the API takes is far below.
    private const int LongestLine = 256 * 1024 * 1024;

    private readonly GZipStream _lines;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Dictionary<string, long> _counts = [];
    private byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;

    public ExportReader(Stream file)
    {
        _lines = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        try
        {
            Header = JsonSerializer.Deserialize<ExportHeader>(Line(), JsonSerializerOptions.Web)!;
        }
        catch (JsonException)
        {
            throw NoExport();
        }
        if (Header is not { Format: ExportHeader.Name, Rows: not null }) throw NoExport();
        if (Header.Version > ExportHeader.Latest)
            throw new StoreMoveException($"The file has format {Header.Version}; this program reads up to {ExportHeader.Latest}. Use the newer program.");
    }

    public ExportHeader Header { get; }

    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>Gives every row with its table, in order; then checks that the file is whole.</summary>
    /// <param name="row">Takes a row; the array is reused.</param>
    /// <exception cref="StoreMoveException">The file is not whole, or not as it was written.</exception>
    public void Each(Action<MovedTable, object?[]> row, CancellationToken cancellation)
    {
        MovedTable? table = null;
        var values = Array.Empty<object?>();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var line = Line(hash: false);
            if (TableOf(line) is not { } name)
            {
                Check(line);
                return;
            }
            Hash(line);
            if (table?.Name != name)
            {
                table = MovedTables.All.FirstOrDefault(t => t.Name == name) ?? throw new StoreMoveException($"This program knows no table {name}: use the program that wrote the export, or a newer one.");
                values = new object?[table.Columns.Count];
            }
            RowLine.Read(line, table, values);
            _counts[name] = _counts.GetValueOrDefault(name) + 1;
            row(table, values);
        }
    }

    public void Dispose()
    {
        _lines.Dispose();
        _hash.Dispose();
    }

    private static StoreMoveException NoExport() => new("The file is not an export of this program.");

    private static StoreMoveException Cut() => new("The export is cut off: it ends without its last line. Nothing was taken over.");

    private void Check(ReadOnlySpan<byte> line)
    {
        ExportTrailer? trailer = null;
        try
        {
            trailer = JsonSerializer.Deserialize<ExportTrailer>(line, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            // Said below.
        }
        if (trailer is not { Sha256: not null, Rows: not null }) throw new StoreMoveException("The export is damaged: a line in it is neither a row nor the end. Nothing was taken over.");
        if (Convert.ToHexStringLower(_hash.GetHashAndReset()) != trailer.Sha256)
            throw new StoreMoveException("The export was changed or damaged: its lines do not have the hash that it states. Nothing was taken over.");
        if (!Same(trailer.Rows) || !Same(Header.Rows)) throw new StoreMoveException("The export does not hold as many rows as it states. Nothing was taken over.");
        if (_end > _start || Fill() > 0) throw new StoreMoveException("Something follows the end of the export. Nothing was taken over.");
    }

    private bool Same(IReadOnlyDictionary<string, long> stated) =>
        MovedTables.All.All(t => stated.GetValueOrDefault(t.Name) == _counts.GetValueOrDefault(t.Name)) && stated.Keys.All(k => MovedTables.All.Any(t => t.Name == k));

    private static string? TableOf(ReadOnlySpan<byte> line)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            return json.Read() && json.TokenType == JsonTokenType.StartObject && json.Read() && json.TokenType == JsonTokenType.PropertyName
                && json.ValueTextEquals(RowLine.Table) && json.Read() && json.TokenType == JsonTokenType.String ? string.Intern(json.GetString()!) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The next line without its end.</summary>
    private ReadOnlySpan<byte> Line(bool hash = true)
    {
        var searched = _start;
        while (true)
        {
            var found = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                var line = _buffer.AsSpan(_start, searched + found - _start);
                _start = searched + found + 1;
                if (hash) Hash(line);
                return line;
            }
            searched = _end - _start;
            if (Fill() == 0) throw Cut();
        }
    }

    private void Hash(ReadOnlySpan<byte> line)
    {
        _hash.AppendData(line);
        _hash.AppendData("\n"u8);
    }

    /// <summary>Reads more behind what is there, which moves to the front.</summary>
    private int Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= LongestLine) throw new StoreMoveException("The export is damaged: a line in it does not end. Nothing was taken over.");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        try
        {
            var read = _lines.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            return read;
        }
        catch (InvalidDataException)
        {
            throw new StoreMoveException("The export is damaged: it cannot be unpacked. Nothing was taken over.");
        }
    }
}
