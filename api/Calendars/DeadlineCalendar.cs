using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cluster.Api.Hosting;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Calendars;

/// <summary>A running deadline of a case, as its calendar shows it.</summary>
/// <param name="Uid">The same for the same deadline for ever, whatever its date.</param>
/// <param name="Case">The number of the case.</param>
/// <param name="CaseName">Its name, for those who are logged in.</param>
/// <param name="Id">The limit.</param>
/// <param name="Subject"><c>case</c>, or the number of the suspect whose limit it is.</param>
/// <param name="Zh">What the limit is called in Chinese.</param>
/// <param name="En">And in English.</param>
/// <param name="DueOn">A date, or an instant for a limit counted in hours.</param>
/// <param name="Revision">Grows whenever the case does.</param>
/// <param name="ChangedAt">Last change of the case.</param>
internal sealed record CalendarEntry(string Uid, string Case, string? CaseName, string Id, string Subject, string Zh, string En, string DueOn, long Revision, DateTimeOffset ChangedAt)
{
    /// <summary>What a calendar shows of it.</summary>
    public string Summary(bool chinese) => $"{Case} {(chinese ? Zh : En)}" + (Subject == "case" ? "" : chinese ? $"（嫌疑人{Subject}）" : $" (suspect {Subject})");

    /// <summary>The running deadlines in the body of a case.</summary>
    public static IEnumerable<CalendarEntry> Of(CaseRow row, byte[] body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        if (!document.RootElement.TryGetProperty("deadlines", out JsonElement deadlines)) yield break;
        foreach (JsonElement deadline in deadlines.EnumerateArray())
        {
            if (deadline.GetProperty("status").GetString() != "running") continue;
            string id = deadline.GetProperty("id").GetString()!, instance = deadline.GetProperty("instance").GetString()!, subject = deadline.GetProperty("subject").GetString()!;
            yield return new CalendarEntry(
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{row.Id}\n{id}\n{subject}\n{instance}")).AsSpan(0, 16)) + "@cluster",
                row.Id, row.Name, id, subject, deadline.GetProperty("name").GetProperty("zh").GetString()!, deadline.GetProperty("name").GetProperty("en").GetString()!, deadline.GetProperty("dueOn").GetString()!, row.Version, row.UpdatedAt);
        }
    }
}

/// <summary>A calendar of deadlines (RFC 5545). It says the number of a case and the name of its limit, and nobody's name: a telephone shows it on its locked screen.</summary>
internal static class DeadlineCalendar
{
    public const string MediaType = "text/calendar; charset=utf-8";

    public static byte[] Write(IEnumerable<CalendarEntry> entries, bool chinese)
    {
        var text = new CalendarText();
        text.Line("BEGIN:VCALENDAR").Line("VERSION:2.0").Line("PRODID:-//Cluster//Deadlines//ZH").Line("CALSCALE:GREGORIAN").Line("METHOD:PUBLISH")
            .Text("X-WR-CALNAME", chinese ? "办案期限" : "Case deadlines").Line("X-WR-TIMEZONE:Asia/Shanghai")
            .Line("REFRESH-INTERVAL;VALUE=DURATION:PT1H").Line("X-PUBLISHED-TTL:PT1H")
            .Line("BEGIN:VTIMEZONE").Line("TZID:Asia/Shanghai").Line("BEGIN:STANDARD").Line("DTSTART:19700101T000000").Line("TZOFFSETFROM:+0800").Line("TZOFFSETTO:+0800").Line("TZNAME:CST").Line("END:STANDARD").Line("END:VTIMEZONE");
        foreach (CalendarEntry entry in entries) Write(text, entry, chinese);
        return Encoding.UTF8.GetBytes(text.Line("END:VCALENDAR").ToString());
    }

    private static void Write(CalendarText text, CalendarEntry entry, bool chinese)
    {
        text.Line("BEGIN:VEVENT").Text("UID", entry.Uid).Line($"DTSTAMP:{CalendarText.Utc(entry.ChangedAt)}").Line($"LAST-MODIFIED:{CalendarText.Utc(entry.ChangedAt)}").Line($"SEQUENCE:{entry.Revision}");
        if (Rfc3339.TryParseDate(entry.DueOn, out DateOnly due))
            text.Line($"DTSTART;VALUE=DATE:{CalendarText.Day(due)}").Line($"DTEND;VALUE=DATE:{CalendarText.Day(due.AddDays(1))}");
        else if (Rfc3339.TryParse(entry.DueOn, out DateTimeOffset at))
            text.Line($"DTSTART;TZID=Asia/Shanghai:{CalendarText.Local(at)}").Line("DURATION:PT0S");
        text.Text("SUMMARY", entry.Summary(chinese)).Line("TRANSP:TRANSPARENT").Line("CLASS:PRIVATE").Line("END:VEVENT");
    }
}
