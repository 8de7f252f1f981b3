namespace Cluster.Api.Hosting;

/// <summary>Checks of single fields of a request; each failure is a 422 that points at the field.</summary>
internal static class Field
{
    /// <summary>A required text.</summary>
    public static string Text(string? value, string pointer, int longest)
    {
        if (value is null) throw Wrong("This field is required.", pointer);
        return Optional(value, pointer, longest)!;
    }

    /// <summary>A text or none.</summary>
    public static string? Optional(string? value, string pointer, int longest)
    {
        if (value is null) return null;
        if (value.Length == 0 || value.Length > longest || value.Any(char.IsControl))
            throw Wrong($"A text of 1 to {longest} characters without control characters.", pointer);
        return value;
    }

    /// <summary>A required text out of a list.</summary>
    public static string OneOf(string? value, string pointer, params ReadOnlySpan<string> values) =>
        value is not null && values.Contains(value) ? value : throw Wrong($"One of {string.Join(", ", values)}.", pointer);

    /// <summary>A list of distinct texts; empty if absent.</summary>
    public static string[] Texts(IReadOnlyList<string?>? values, string pointer, int most, int longest)
    {
        if (values is null) return [];
        if (values.Count > most) throw Wrong($"At most {most} entries.", pointer);
        var texts = new List<string>(values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            string text = Text(values[i], $"{pointer}/{i}", longest);
            if (!texts.Contains(text)) texts.Add(text);
        }
        return [.. texts];
    }

    public static DateOnly Date(string? value, string pointer) =>
        Rfc3339.TryParseDate(value, out DateOnly date) ? date : throw Wrong("A date, YYYY-MM-DD, 1979 to 2100.", pointer);

    public static ProblemException Wrong(string detail, string pointer) => new(Problem.Unprocessable(detail, pointer));
}
