using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cluster.Storage.Moving;

/// <summary>A row as a line of JSON, and back. Columns that are null are left out.</summary>
internal static class RowLine
{
    /// <summary>The property that says which table a row is of; always the first.</summary>
    public const string Table = "table";

    private const string Base64 = "Base64";
    private const int Deepest = 64;

    public static readonly JsonWriterOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(Utf8JsonWriter json, MovedTable table, object?[] row)
    {
        json.WriteStartObject();
        json.WriteString(Table, table.Name);
        for (var i = 0; i < row.Length; i++)
        {
            var (name, kind) = table.Columns[i];
            if (row[i] is { } value) Write(json, name, kind, value);
        }
        json.WriteEndObject();
    }

    /// <exception cref="StoreMoveException">It is not a row of the table as this program knows it.</exception>
    public static void Read(ReadOnlySpan<byte> line, MovedTable table, object?[] row)
    {
        Array.Clear(row);
        try
        {
            var json = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = Deepest + 2 });
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals(Table))
                {
                    json.Skip();
                    continue;
                }
                var column = ColumnOf(ref json, table, out var isBase64);
                json.Read();
                row[column] = isBase64 ? json.GetBytesFromBase64() : Read(ref json, line, table.Columns[column].Kind);
            }
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            throw new StoreMoveException($"A line of table {table.Name} cannot be read: {e.Message}");
        }
    }

    private static int ColumnOf(ref Utf8JsonReader json, MovedTable table, out bool isBase64)
    {
        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (json.ValueTextEquals(table.Columns[i].Name))
            {
                isBase64 = false;
                return i;
            }
            if (table.Columns[i].Kind == MovedKind.Json && json.ValueTextEquals(table.Columns[i].Name + Base64))
            {
                isBase64 = true;
                return i;
            }
        }
        throw new StoreMoveException($"Table {table.Name} has no column {json.GetString()} that this program knows: use the program that wrote the export, or a newer one.");
    }

    private static void Write(Utf8JsonWriter json, string name, MovedKind kind, object value)
    {
        switch (kind)
        {
            case MovedKind.Integer:
                json.WriteNumber(name, (long)value);
                break;
            case MovedKind.Real:
                json.WriteNumber(name, (double)value);
                break;
            case MovedKind.Text:
                json.WriteString(name, (string)value);
                break;
            case MovedKind.Instant:
                json.WriteString(name, new DateTime((long)value, DateTimeKind.Utc));
                break;
            case MovedKind.Date:
                json.WriteString(name, DateOnly.FromDayNumber((int)(long)value).ToString("O", System.Globalization.CultureInfo.InvariantCulture));
                break;
            case MovedKind.Json when value is byte[] bytes && FitsLine(bytes):
                json.WritePropertyName(name);
                json.WriteRawValue(bytes, skipInputValidation: true);
                break;
            default:
                json.WriteBase64String(name + Base64, (byte[])value);
                break;
        }
    }

    private static object? Read(ref Utf8JsonReader json, ReadOnlySpan<byte> line, MovedKind kind)
    {
        switch (kind)
        {
            case MovedKind.Integer:
                return json.GetInt64();
            case MovedKind.Real:
                return json.GetDouble();
            case MovedKind.Text:
                return json.GetString();
            case MovedKind.Instant:
                return json.GetDateTime().Ticks;
            case MovedKind.Date:
                return (long)DateOnly.ParseExact(json.GetString()!, "O", System.Globalization.CultureInfo.InvariantCulture).DayNumber;
            default:
                var start = (int)json.TokenStartIndex;
                json.Skip();
                return line[start..(int)json.BytesConsumed].ToArray();
        }
    }

    // White space before or after the value would be lost, and a line end inside it would end the line.
    private static bool FitsLine(byte[] bytes)
    {
        if (bytes.Length == 0 || bytes[0] <= ' ' || bytes[^1] <= ' ' || bytes.AsSpan().ContainsAny((byte)'\n', (byte)'\r')) return false;
        try
        {
            var json = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = Deepest });
            while (json.Read())
            {
                // Strings are only checked when they are looked at.
                if (json.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && !System.Text.Unicode.Utf8.IsValid(json.ValueSpan)) return false;
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
