using System.Globalization;

namespace Cluster.Api.Hosting;

/// <summary>Instants and dates as the contract takes them.</summary>
internal static class Rfc3339
{
    // The years in which there is law to apply, and far from where arithmetic ends.
    private const int EarliestYear = 1979, LatestYear = 2100;

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads an instant; one without an offset is none.</summary>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        // K would take a missing offset for the machine's own.
        return text is { Length: >= 20 and <= 35 }
            && (text.EndsWith('Z') || text[^6] is '+' or '-')
            && DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out instant)
            && instant.UtcDateTime.Year is >= EarliestYear and <= LatestYear;
    }

    public static bool TryParseDate(string? text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date)
            && date.Year is >= EarliestYear and <= LatestYear;
}
