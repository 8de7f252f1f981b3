using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cluster.Law;

public sealed partial class HolidayCalendar
{
    // Legal dates of this system lie in 1979 (the first CPL) to 2100; a calendar beyond them is a typing error.
    private const int EarliestYear = 1979, LatestYear = 2100;

    /// <summary>Reads <c>{"2026-01-01":{"name":"元旦","isOffDay":true},…}</c>.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="version">What to call this calendar in proofs.</param>
    /// <exception cref="FormatException">Not of that shape, or a date outside 1979–2100.</exception>
    public static HolidayCalendar Parse(Stream json, string version)
    {
        try
        {
            return Create(JsonSerializer.Deserialize<Dictionary<string, AnnouncedDay>>(json), version);
        }
        catch (JsonException e)
        {
            throw NotACalendar(version, e);
        }
    }

    /// <inheritdoc cref="Parse(Stream, string)"/>
    public static HolidayCalendar Parse(ReadOnlySpan<byte> json, string version)
    {
        try
        {
            return Create(JsonSerializer.Deserialize<Dictionary<string, AnnouncedDay>>(json), version);
        }
        catch (JsonException e)
        {
            throw NotACalendar(version, e);
        }
    }

    private static HolidayCalendar Create(Dictionary<string, AnnouncedDay>? days, string version)
    {
        if (days is null) throw new FormatException($"Holiday calendar {version} is null.");
        var announced = new Dictionary<DateOnly, AnnouncedDay>();
        foreach ((string key, AnnouncedDay? day) in days)
        {
            if (!DateOnly.TryParseExact(key, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
                || date.Year is < EarliestYear or > LatestYear
                || day is null)
                throw new FormatException($"Holiday calendar {version}: '{key}' is not a day of {EarliestYear}–{LatestYear} with a name and isOffDay.");
            announced[date] = day;
        }
        return new HolidayCalendar(announced, version);
    }

    private static FormatException NotACalendar(string version, JsonException cause) =>
        new($"Holiday calendar {version} is not a map of dates to name and isOffDay: {cause.Message}", cause);

    private static HolidayCalendar ReadDefault()
    {
        using Stream json = typeof(HolidayCalendar).Assembly.GetManifestResourceStream("Cluster.Law.Data.holidays-cn.json")!;
        return Parse(json, "cn-2007-2026");
    }

    private sealed record AnnouncedDay(
        [property: JsonPropertyName("name"), JsonRequired] string Name,
        [property: JsonPropertyName("isOffDay"), JsonRequired] bool IsOffDay);
}
