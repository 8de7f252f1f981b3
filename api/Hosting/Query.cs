using Microsoft.Extensions.Primitives;

namespace Cluster.Api.Hosting;

/// <summary>Reads query parameters, each at most once, and refuses what it cannot read instead of ignoring it.</summary>
internal readonly struct Query(HttpRequest request)
{
    private const int LongestText = 256, LongestCursor = 1024;

    public const int LargestPage = 500;

    public string? Text(string name) => Read(name, LongestText);

    public string? Cursor => Read("cursor", LongestCursor);

    public string? OneOf(string name, params ReadOnlySpan<string> values)
    {
        string? text = Text(name);
        if (text is null || values.Contains(text)) return text;
        throw Wrong(name, $"'{name}' is one of {string.Join(", ", values)}.");
    }

    public bool? Bool(string name) => Text(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw Wrong(name, $"'{name}' is true or false."),
    };

    /// <summary>The page size: 50 unless asked.</summary>
    public int Limit()
    {
        if (Text("limit") is not { } text) return 50;
        return int.TryParse(text, out int limit) && limit is >= 1 and <= LargestPage
            ? limit
            : throw Wrong("limit", $"'limit' is a number from 1 to {LargestPage}.");
    }

    public int? Number(string name, int least, int most)
    {
        if (Text(name) is not { } text) return null;
        return int.TryParse(text, out int number) && number >= least && number <= most ? number : throw Wrong(name, $"'{name}' is a number from {least} to {most}.");
    }

    public DateTimeOffset? Instant(string name)
    {
        if (Text(name) is not { } text) return null;
        // An offset's plus sign that was not percent-encoded arrives as a space.
        return Rfc3339.TryParse(text.Replace(' ', '+'), out DateTimeOffset instant)
            ? instant
            : throw Wrong(name, $"'{name}' is an instant of RFC 3339 with an offset, 1979 to 2100.");
    }

    public DateOnly? Date(string name)
    {
        if (Text(name) is not { } text) return null;
        return Rfc3339.TryParseDate(text, out DateOnly date) ? date : throw Wrong(name, $"'{name}' is a date, YYYY-MM-DD, 1979 to 2100.");
    }

    /// <summary>
    /// The first instant that is too late for something due before a date, or before an instant. What is due on a date can be
    /// done until its 24:00, which is 00:00 of the next: due before a date includes that instant.
    /// </summary>
    public DateTimeOffset? DueBefore(string name) => Text(name) is { Length: 10 }
        ? Law.LegalTime.StartOf(Date(name)!.Value).AddTicks(1)
        : Instant(name);

    private string? Read(string name, int longest)
    {
        StringValues values = request.Query[name];
        if (values.Count > 1) throw Wrong(name, $"'{name}' can be given once.");
        if (values.Count == 0 || values[0] is not { Length: > 0 } text) return null;
        if (text.Length > longest || text.Any(char.IsControl)) throw Wrong(name, $"'{name}' is a text of at most {longest} characters.");
        return text;
    }

    public static ProblemException Wrong(string name, string detail) => new(Problem.Unprocessable(detail, parameter: name));
}
