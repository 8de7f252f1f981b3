using System.IO.Compression;
using System.Text;
using System.Xml;
using Cluster.Api.Exports;

namespace Cluster.Api.Alerts;

/// <summary>How a paragraph of an official document stands (GB/T 9704-2012).</summary>
internal enum WordStyle
{
    /// <summary>The name of the office and of the document.</summary>
    Title,

    /// <summary>The number under the title.</summary>
    Number,

    /// <summary>Whom it is for.</summary>
    Addressee,

    /// <summary>The text, indented by two characters.</summary>
    Body,

    /// <summary>Who signs, and when.</summary>
    Signature,
}

/// <summary>A plain Word document: paragraphs on A4 with the margins and sizes of an official document. The least that Office Open XML (ISO/IEC 29500) asks for.</summary>
internal static class WordDocument
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const string Main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private const string Types = """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>
        """;

    private const string Relations = """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>
        """;

    // Twentieths of a point: A4, and 37, 26, 35, 28 mm around.
    private static readonly (string Name, string Value)[] Page = [("w", "11906"), ("h", "16838")];

    private static readonly (string Name, string Value)[] Margins =
        [("top", "2098"), ("right", "1474"), ("bottom", "1984"), ("left", "1588"), ("header", "851"), ("footer", "992"), ("gutter", "0")];

    /// <summary>Writes a document. A line break in a text begins a paragraph of the same style.</summary>
    /// <param name="written">The time that its parts carry.</param>
    public static byte[] Write(IEnumerable<(WordStyle Style, string Text)> paragraphs, DateTimeOffset written)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", written, stream => stream.Write(Encoding.UTF8.GetBytes(Types)));
            Add(zip, "_rels/.rels", written, stream => stream.Write(Encoding.UTF8.GetBytes(Relations)));
            Add(zip, "word/document.xml", written, stream => WriteMain(stream, paragraphs));
        }

        return file.ToArray();
    }

    private static void Add(ZipArchive zip, string name, DateTimeOffset written, Action<Stream> write)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = written;
        using Stream stream = entry.Open();
        write(stream);
    }

    private static void WriteMain(Stream stream, IEnumerable<(WordStyle Style, string Text)> paragraphs)
    {
        using XmlWriter xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false) });
        xml.WriteStartDocument(standalone: true);
        xml.WriteStartElement("w", "document", Main);
        Start(xml, "body");
        foreach ((WordStyle style, string text) in paragraphs)
        {
            foreach (string line in text.Split('\n')) WriteParagraph(xml, style, line);
        }

        Start(xml, "sectPr");
        Empty(xml, "pgSz", Page);
        Empty(xml, "pgMar", Margins);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteParagraph(XmlWriter xml, WordStyle style, string text)
    {
        Start(xml, "p");
        Start(xml, "pPr");
        Empty(xml, "spacing", ("line", "560"), ("lineRule", "exact"));
        if (style == WordStyle.Body) Empty(xml, "ind", ("firstLineChars", "200"), ("firstLine", "640"));
        Empty(xml, "jc", ("val", style switch { WordStyle.Title or WordStyle.Number => "center", WordStyle.Signature => "right", _ => "both" }));
        xml.WriteEndElement();

        Start(xml, "r");
        Start(xml, "rPr");
        string font = style == WordStyle.Title ? "宋体" : "仿宋";
        Empty(xml, "rFonts", ("ascii", font), ("hAnsi", font), ("eastAsia", font));
        if (style == WordStyle.Title) Empty(xml, "b");
        // Half points: 二号 and 三号.
        Empty(xml, "sz", ("val", style == WordStyle.Title ? "44" : "32"));
        xml.WriteEndElement();
        Start(xml, "t");
        xml.WriteAttributeString("xml", "space", null, "preserve");
        xml.WriteString(CleanText.Of(text));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Start(XmlWriter xml, string name) => xml.WriteStartElement("w", name, Main);

    private static void Empty(XmlWriter xml, string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(xml, name);
        foreach ((string attribute, string value) in attributes) xml.WriteAttributeString("w", attribute, Main, value);
        xml.WriteEndElement();
    }
}
