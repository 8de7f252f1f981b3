using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Cluster.Storage;

/// <summary>Where a page of a list ended: the sort key and id of its last row, opaque to the client.</summary>
/// <param name="List">Which list it belongs to.</param>
internal readonly record struct Cursor(byte List, long SortKey, string Id)
{
    private const int Fixed = 1 + sizeof(long);
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    public string Encode()
    {
        var bytes = new byte[Fixed + Utf8.GetByteCount(Id)];
        bytes[0] = List;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), SortKey);
        Utf8.GetBytes(Id, bytes.AsSpan(Fixed));
        return Base64Url.EncodeToString(bytes);
    }

    /// <exception cref="ArgumentException">It was not made by <see cref="Encode"/> for this list.</exception>
    public static Cursor Decode(byte list, string cursor)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(cursor);
            if (bytes.Length > Fixed && bytes[0] == list)
                return new Cursor(list, BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(1)), Utf8.GetString(bytes.AsSpan(Fixed)));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
        }
        throw new ArgumentException("The cursor is not one that this list gave.", nameof(cursor));
    }
}
