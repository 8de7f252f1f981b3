using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace Cluster.Api.Tests.Exports;

/// <summary>Workbooks and values separated by commas, read as other programs read them.</summary>
internal static class Sheets
{
    /// <summary>The cells of every worksheet, by what they show; the file must be valid by the schemas of Office.</summary>
    public static List<(string Name, List<Dictionary<string, string>> Rows)> Read(byte[] file)
    {
        using SpreadsheetDocument document = SpreadsheetDocument.Open(new MemoryStream(file), false);
        Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Microsoft365).Validate(document).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        WorkbookPart workbook = document.WorkbookPart!;
        return [.. workbook.Workbook!.Descendants<Sheet>().Select(sheet =>
        {
            var part = (WorksheetPart)workbook.GetPartById(sheet.Id!.Value!);
            var rows = part.Worksheet!.Descendants<Row>().Select(row => row.Elements<Cell>().ToDictionary(c => Letters(c.CellReference!.Value!), Shown)).ToList();
            return (sheet.Name!.Value!, rows.Skip(1).Select(row => rows[0].ToDictionary(head => head.Value, head => row.GetValueOrDefault(head.Key, ""))).ToList());
        })];
    }

    /// <summary>Records of RFC 4180.</summary>
    public static List<string[]> Csv(string text)
    {
        var records = new List<string[]>();
        var fields = new List<string>();
        var field = new System.Text.StringBuilder();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"') field.Append(text[++i]);
            else if (c == '"') quoted = !quoted;
            else if (!quoted && c == ',') End();
            else if (!quoted && c == '\r')
            {
                Assert.Equal('\n', text[++i]);
                End();
                records.Add([.. fields]);
                fields.Clear();
            }
            else field.Append(c);
        }

        Assert.False(quoted);
        Assert.Empty(fields);
        return records;

        void End()
        {
            fields.Add(field.ToString());
            field.Clear();
        }
    }

    private static string Letters(string place) => place.TrimEnd("0123456789".ToCharArray());

    private static string Shown(Cell cell) => cell.DataType?.Value == CellValues.InlineString ? cell.InlineString!.InnerText : cell.CellValue!.Text;
}
