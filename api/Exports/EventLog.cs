using System.Text;
using System.Xml;
using Cluster.Api.Hosting;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Exports;

/// <summary>
/// An event log for process mining (XES, IEEE 1849): a trace a case, with the events that count now, corrections applied. Events tell what happened, when and by whose hand; of what was reported besides,
/// which may name people, nothing.
/// </summary>
internal static class EventLog
{
    public const string MediaType = "application/xml";

    private const string Begin = """
        <?xml version="1.0" encoding="UTF-8"?>
        <log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
        <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
        <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
        <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
        <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
        <global scope="trace"><string key="concept:name" value=""/></global>
        <global scope="event"><string key="concept:name" value=""/><string key="lifecycle:transition" value="complete"/><date key="time:timestamp" value="1970-01-01T00:00:00+00:00"/></global>
        <classifier name="Activity" keys="concept:name"/>
        <classifier name="Resource" keys="org:resource"/>
        <string key="concept:name" value="Cluster"/>

        """;

    private static readonly XmlWriterSettings Settings = new()
    {
        ConformanceLevel = ConformanceLevel.Fragment,
        Encoding = new UTF8Encoding(false),
        NewLineHandling = NewLineHandling.Entitize,
        Indent = true,
        IndentChars = "",
        NewLineChars = "\n",
    };

    // Where an event says by whose hand it is, first of all what is sure to be an account, a prosecutor or a member of staff.
    private static readonly string[] Hands = ["by", "filledBy", "prosecutor"];

    /// <summary>Writes case after case; one history is in memory at a time.</summary>
    /// <param name="now">Later events do not count yet.</param>
    public static async Task Write(Stream output, IAsyncEnumerable<IReadOnlyList<CaseRow>> pages, IJournal journal, DateTimeOffset now, CancellationToken cancellation)
    {
        await output.WriteAsync(Encoding.UTF8.GetBytes(Begin), cancellation);
        await foreach (IReadOnlyList<CaseRow> page in pages.WithCancellation(cancellation))
        {
            foreach (CaseRow row in page)
            {
                IReadOnlyList<JournalEvent> stored = await journal.Read("case:" + row.Id, 0, cancellation);
                CaseHistory history = CaseHistory.Of(stored.Select(s => EventReader.RestoreLater(s.Event.Source, s.Event.Id, s.Event.Type, s.Event.Time, s.Event.RecordedTime, s.Event.Data)));
                await output.WriteAsync(Trace(row, history.EventsAt(now)), cancellation);
            }
        }

        await output.WriteAsync("</log>\n"u8.ToArray(), cancellation);
    }

    private static byte[] Trace(CaseRow row, IReadOnlyList<CaseEvent> events)
    {
        using var buffer = new MemoryStream();
        using (XmlWriter xml = XmlWriter.Create(buffer, Settings))
        {
            xml.WriteStartElement("trace");
            String(xml, "concept:name", row.Id);
            String(xml, "caseType", row.CaseType);
            String(xml, "stage", row.Stage);
            String(xml, "procuratorate", row.Procuratorate);
            String(xml, "department", row.Department);
            String(xml, "prosecutor", row.Prosecutor);
            foreach (CaseEvent e in events)
            {
                xml.WriteStartElement("event");
                String(xml, "concept:name", e.Type);
                String(xml, "concept:instance", e.Id);
                String(xml, "source", e.Source);
                String(xml, "lifecycle:transition", "complete");
                Attribute(xml, "date", "time:timestamp", e.Time.Text());
                String(xml, "org:resource", Hand(e));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private static string? Hand(CaseEvent e) => Hands.Select(name => e.Data[name].Text).FirstOrDefault(hand => hand is not null);

    private static void String(XmlWriter xml, string key, string? value)
    {
        if (value is not null) Attribute(xml, "string", key, CleanText.Of(value));
    }

    private static void Attribute(XmlWriter xml, string kind, string key, string value)
    {
        xml.WriteStartElement(kind);
        xml.WriteAttributeString("key", key);
        xml.WriteAttributeString("value", value);
        xml.WriteEndElement();
    }
}
