using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cluster.Contracts.Storage;

namespace Cluster.Storage;

/// <summary>
/// Fields of an audit entry as the databases keep them. What somebody wrote over an entry is read as far as it goes: the check of the chain must be able to
/// say where it is, not fail on it.
/// </summary>
internal static class AuditRow
{
    // Beside the lists of cases and alerts.
    private const byte List = 3;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static DateTimeOffset At(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), Latest));

    /// <summary>The first whole millisecond that is not before an instant.</summary>
    public static long? NotBefore(DateTimeOffset? instant) => instant is { } known
        ? known.ToUnixTimeMilliseconds() + (known.UtcTicks % TimeSpan.TicksPerMillisecond > 0 ? 1 : 0)
        : null;

    public static string Text(IReadOnlyList<string> roles) => JsonSerializer.Serialize(roles, Plain);

    public static string Text(IReadOnlyDictionary<string, string> detail) => JsonSerializer.Serialize(detail, Plain);

    public static IReadOnlyList<string> Roles(string json) => Parse<string[]>(json) ?? [json];

    public static IReadOnlyDictionary<string, string> Detail(string json) => Parse<Dictionary<string, string>>(json) ?? new Dictionary<string, string> { [""] = json };

    /// <summary>Where a page ended.</summary>
    /// <exception cref="ArgumentException">The cursor is none of this list.</exception>
    public static (long At, long Number) Position(string cursor)
    {
        var position = Cursor.Decode(List, cursor);
        return long.TryParse(position.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (position.SortKey, number)
            : throw new ArgumentException("The cursor is not one that this list gave.", nameof(cursor));
    }

    /// <summary>A page of what was read, which is one more than fits where there are more.</summary>
    public static Page<AuditEntry> Page(List<AuditEntry> rows, int limit)
    {
        if (rows.Count <= limit)
            return new Page<AuditEntry>(rows, null);
        rows.RemoveRange(limit, rows.Count - limit);
        return new Page<AuditEntry>(rows, new Cursor(List, rows[^1].At.ToUnixTimeMilliseconds(), rows[^1].Number.ToString(CultureInfo.InvariantCulture)).Encode());
    }

    private static T? Parse<T>(string json) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
