using System.Globalization;
using System.Text;
using Cluster.Api.Hosting;
using Cluster.Law;

namespace Cluster.Api.Exports;

/// <summary>Comma-separated values (RFC 4180) in UTF-8 with the byte order mark, without which spreadsheets take Chinese for something else.</summary>
internal static class CsvFile
{
    public const string MediaType = "text/csv; charset=utf-8";

    // With these a spreadsheet begins a formula, the wide ones of a Chinese keyboard included.
    private const string Formula = "=+-@\t\r\n＝＋－＠";

    /// <summary>Writes page after page; one is in memory at a time.</summary>
    public static async Task Write<T>(Stream output, Table<T> table, IAsyncEnumerable<IReadOnlyList<T>> pages, CancellationToken cancellation)
    {
        var text = new StringBuilder("\uFEFF");
        Line(text, table.Heads.Select(head => Cell.Of(head)));
        await Send(output, text, cancellation);
        await foreach (IReadOnlyList<T> page in pages.WithCancellation(cancellation))
        {
            foreach (T row in page) Line(text, table.Columns.Select(c => c.Value(row)));
            await Send(output, text, cancellation);
        }
    }

    private static async Task Send(Stream output, StringBuilder text, CancellationToken cancellation)
    {
        await output.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellation);
        text.Clear();
    }

    private static void Line(StringBuilder text, IEnumerable<Cell> cells)
    {
        text.AppendJoin(',', cells.Select(Field)).Append("\r\n");
    }

    private static string Field(Cell cell) => cell.Kind switch
    {
        CellKind.Text => Quoted(Formula.Contains(cell.Text[0], StringComparison.Ordinal) ? "'" + cell.Text : cell.Text),
        CellKind.Number => cell.Number.ToString(CultureInfo.InvariantCulture),
        CellKind.Date => LegalTime.DateOf(cell.At).Text(),
        CellKind.Instant => cell.At.Text(),
        _ => "",
    };

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n;\t") || text[0] == ' ' || text[^1] == ' ' ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
