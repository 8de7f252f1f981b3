using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace Cluster.Api.Exports;

/// <summary>
/// A workbook of Office Open XML (ISO/IEC 29500) written as it comes: a page of rows is in memory at a time. What does not fit on one worksheet goes on on the next.
/// The libraries for such files keep a whole one in memory before the first byte goes out.
/// </summary>
internal static class XlsxFile
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Rows that a worksheet takes, the heads included.</summary>
    public const int MostRows = 1_048_576;

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";

    // Worksheets are the default of their extension: how many there are is known only at the end, and this part comes first.
    private const string Types = Declaration
        + """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"""
        + """<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"""
        + """<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>"""
        + """<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>""";

    private const string Relations = Declaration
        + $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>""";

    // Formats by their number: plain, heads, dates, instants, and text that was typed as such.
    private const string Styles = Declaration
        + $"""<styleSheet xmlns="{Main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm"/></numFmts>"""
        + """<fonts count="2"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font></fonts>"""
        + """<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>"""
        + """<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"""
        + """<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>"""
        + """<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"""
        + """<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/></cellXfs>"""
        + """<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>""";

    /// <summary>Writes page after page.</summary>
    /// <param name="written">The time that its parts carry.</param>
    /// <param name="mostRows">Rows of a worksheet.</param>
    public static async Task Write<T>(
        Stream output, Table<T> table, IAsyncEnumerable<IReadOnlyList<T>> pages, DateTimeOffset written, CancellationToken cancellation, int mostRows = MostRows)
    {
        var outbox = new Outbox(output);
        using (var zip = new ZipArchive(outbox, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("[Content_Types].xml", Types);
            Add("_rels/.rels", Relations);
            Add("xl/styles.xml", Styles);
            await using IAsyncEnumerator<IReadOnlyList<T>> source = pages.GetAsyncEnumerator(cancellation);
            ReadOnlyMemory<T> left = default;
            int sheets = 0;
            do
            {
                using Stream sheet = Open($"xl/worksheets/sheet{++sheets}.xml");
                sheet.Write(Encoding.UTF8.GetBytes(Beginning(table)));
                sheet.Write(SheetRows.Heads(table.Heads));
                int row = 1;
                while (row < mostRows && (left.Length > 0 || await Next()))
                {
                    int count = Math.Min(left.Length, mostRows - row);
                    sheet.Write(SheetRows.Page(table.Columns, left[..count], row + 1));
                    (row, left) = (row + count, left[count..]);
                    await outbox.Send(cancellation);
                }

                sheet.Write(Encoding.UTF8.GetBytes($"""</sheetData><autoFilter ref="A1:{SheetRows.Place(table.Columns.Count, row)}"/></worksheet>"""));
            }
            while (left.Length > 0 || await Next());
            Add("xl/workbook.xml", Workbook(table.Name, sheets));
            Add("xl/_rels/workbook.xml.rels", WorkbookRelations(sheets));

            async Task<bool> Next()
            {
                while (left.Length == 0 && await source.MoveNextAsync()) left = source.Current.ToArray();
                return left.Length > 0;
            }

            Stream Open(string name)
            {
                ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.Fastest);
                entry.LastWriteTime = written;
                return entry.Open();
            }

            void Add(string name, string text)
            {
                using Stream part = Open(name);
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        await outbox.Send(cancellation);
    }

    private static string Beginning<T>(Table<T> table)
    {
        var text = new StringBuilder(Declaration)
            .Append($"""<worksheet xmlns="{Main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>""");
        for (int i = 0; i < table.Columns.Count; i++) text.Append(CultureInfo.InvariantCulture, $"""<col min="{i + 1}" max="{i + 1}" width="{table.Columns[i].Width}" customWidth="1"/>""");
        return text.Append("</cols><sheetData>").ToString();
    }

    private static string Workbook(string name, int sheets)
    {
        var text = new StringBuilder(Declaration).Append($"""<workbook xmlns="{Main}" xmlns:r="{Relation}"><sheets>""");
        for (int i = 1; i <= sheets; i++) text.Append(CultureInfo.InvariantCulture, $"""<sheet name="{SecurityElement.Escape(name)}{(i == 1 ? "" : $" {i}")}" sheetId="{i}" r:id="rId{i}"/>""");
        return text.Append("</sheets></workbook>").ToString();
    }

    private static string WorkbookRelations(int sheets)
    {
        var text = new StringBuilder(Declaration).Append("""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">""");
        for (int i = 1; i <= sheets; i++) text.Append(CultureInfo.InvariantCulture, $"""<Relationship Id="rId{i}" Type="{Relation}/worksheet" Target="worksheets/sheet{i}.xml"/>""");
        return text.Append(CultureInfo.InvariantCulture, $"""<Relationship Id="rId{sheets + 1}" Type="{Relation}/styles" Target="styles.xml"/></Relationships>""").ToString();
    }
}
