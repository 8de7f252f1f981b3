using System.Globalization;
using System.Text;
using Cluster.Law;

namespace Cluster.Api.Calendars;

/// <summary>Lines of a calendar (RFC 5545): CRLF after each, folded so that none has more than 75 octets.</summary>
internal sealed class CalendarText
{
    private const int LongestLine = 75;

    private readonly StringBuilder text = new();

    /// <summary>A line as it is.</summary>
    public CalendarText Line(string line)
    {
        int octets = 0;
        foreach (Rune rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LongestLine)
            {
                text.Append("\r\n ");
                octets = 1;
            }

            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
        return this;
    }

    /// <summary>A property whose value is a text.</summary>
    public CalendarText Text(string name, string value) => Line($"{name}:{Escaped(value)}");

    public override string ToString() => text.ToString();

    public static string Day(DateOnly date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>Legal time.</summary>
    public static string Local(DateTimeOffset at) => at.ToOffset(LegalTime.Offset).ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    public static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escaped(string value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (char c in value)
        {
            if (c is '\\' or ';' or ',') escaped.Append('\\').Append(c);
            else if (c == '\n') escaped.Append("\\n");
            else if (!char.IsControl(c)) escaped.Append(c);
        }

        return escaped.ToString();
    }
}
