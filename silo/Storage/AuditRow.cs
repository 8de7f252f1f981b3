using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cluster.Storage;

/// <summary>
/// Fields of an audit entry as the databases keep them. What somebody wrote over an entry is read as far as it goes: the check of the chain must be able to
/// say where it is, not fail on it.
/// </summary>
internal static class AuditRow
{
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
