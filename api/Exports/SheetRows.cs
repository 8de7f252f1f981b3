using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Cluster.Law;

namespace Cluster.Api.Exports;

/// <summary>Rows of a worksheet (ISO/IEC 29500) as XML.</summary>
internal static partial class SheetRows
{
    /// <summary>Characters that a cell takes.</summary>
    public const int LongestText = 32_767;

    // Of the formats that the workbook declares.
    private const string Head = "1", Date = "2", Instant = "3", AsTyped = "4";

    private static readonly DateTime Epoch = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    private static readonly XmlWriterSettings Settings = new()
    {
        ConformanceLevel = ConformanceLevel.Fragment,
        Encoding = new UTF8Encoding(false),
        NewLineHandling = NewLineHandling.Entitize,
    };

    /// <summary>The row of heads.</summary>
    public static byte[] Heads(IEnumerable<string> heads) => Written(xml => Row(xml, 1, heads.Select(h => Cell.Of(h)), Head));

    /// <summary>A page of rows.</summary>
    /// <param name="first">Number of the first one, from 1.</param>
    public static byte[] Page<T>(IReadOnlyList<Column<T>> columns, ReadOnlyMemory<T> rows, int first) => Written(xml =>
    {
        for (int i = 0; i < rows.Length; i++)
        {
            T row = rows.Span[i];
            Row(xml, first + i, columns.Select(c => c.Value(row)), null);
        }
    });

    /// <summary>Where a cell lies, such as B7.</summary>
    public static string Place(int column, int row)
    {
        string letters = "";
        for (int left = column; left > 0; left = (left - 1) / 26) letters = (char)('A' + ((left - 1) % 26)) + letters;
        return letters + row.ToString(CultureInfo.InvariantCulture);
    }

    private static byte[] Written(Action<XmlWriter> write)
    {
        using var buffer = new MemoryStream();
        using (XmlWriter xml = XmlWriter.Create(buffer, Settings)) write(xml);
        return buffer.ToArray();
    }

    private static void Row(XmlWriter xml, int number, IEnumerable<Cell> cells, string? style)
    {
        xml.WriteStartElement("row");
        xml.WriteAttributeString("r", number.ToString(CultureInfo.InvariantCulture));
        int column = 0;
        foreach (Cell cell in cells)
        {
            column++;
            if (cell.Kind != CellKind.Empty) Write(xml, Place(column, number), cell, style);
        }

        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, string place, Cell cell, string? style)
    {
        xml.WriteStartElement("c");
        xml.WriteAttributeString("r", place);
        string? format = style ?? cell.Kind switch
        {
            CellKind.Date => Date,
            CellKind.Instant => Instant,
            // A text is never a formula here; this keeps it one when somebody edits the cell.
            CellKind.Text when "=+-@'".Contains(cell.Text[0], StringComparison.Ordinal) => AsTyped,
            _ => null,
        };
        if (format is not null) xml.WriteAttributeString("s", format);
        if (cell.Kind == CellKind.Text)
        {
            xml.WriteAttributeString("t", "inlineStr");
            xml.WriteStartElement("is");
            xml.WriteStartElement("t");
            xml.WriteAttributeString("xml", "space", null, "preserve");
            xml.WriteString(Fitting(cell.Text));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        else
        {
            double value = cell.Kind == CellKind.Number ? cell.Number : (cell.At.ToOffset(LegalTime.Offset).DateTime - Epoch).TotalDays;
            xml.WriteElementString("v", value.ToString("R", CultureInfo.InvariantCulture));
        }

        xml.WriteEndElement();
    }

    private static string Fitting(string text)
    {
        string clean = CleanText.Of(text);
        if (clean.Length > LongestText) clean = clean[..(char.IsHighSurrogate(clean[LongestText - 2]) ? LongestText - 2 : LongestText - 1)] + "…";
        // What looks like an escape of a character would be read as one.
        return clean.Contains("_x", StringComparison.Ordinal) ? Escapes().Replace(clean, "_x005F_") : clean;
    }

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)")]
    private static partial Regex Escapes();
}
