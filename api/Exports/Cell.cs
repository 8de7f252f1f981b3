namespace Cluster.Api.Exports;

/// <summary>What a cell of a table holds.</summary>
internal enum CellKind
{
    Empty,
    Text,
    Number,

    /// <summary>A legal date.</summary>
    Date,

    /// <summary>An instant.</summary>
    Instant,
}

/// <summary>A cell of a table, in whatever file it is written.</summary>
internal readonly record struct Cell(CellKind Kind, string Text, double Number, DateTimeOffset At)
{
    public static Cell Of(string? text) => string.IsNullOrEmpty(text) ? default : new(CellKind.Text, text, 0, default);

    public static Cell Of(double number) => new(CellKind.Number, "", number, default);

    public static Cell Of(DateTimeOffset? at) => at is { } instant ? new(CellKind.Instant, "", 0, instant) : default;

    public static Cell Of(DateOnly? date) => date is { } day ? new(CellKind.Date, "", 0, Law.LegalTime.StartOf(day)) : default;

    /// <summary>A due date of the contract: a date, or an instant for a limit counted in hours.</summary>
    public static Cell Due(string? text) =>
        Hosting.Rfc3339.TryParseDate(text, out DateOnly date) ? Of(date) : Hosting.Rfc3339.TryParse(text, out DateTimeOffset at) ? Of(at) : Of(text);
}

/// <summary>A column of a table.</summary>
/// <param name="Zh">Its head in Chinese.</param>
/// <param name="En">Its head in English.</param>
/// <param name="Width">In characters.</param>
/// <param name="Value">The cell of a row.</param>
internal sealed record Column<T>(string Zh, string En, int Width, Func<T, Cell> Value);

/// <summary>A table to write: its name, and its columns under their heads in one language.</summary>
internal sealed record Table<T>(string Name, bool Chinese, IReadOnlyList<Column<T>> Columns)
{
    public IEnumerable<string> Heads => Columns.Select(c => Chinese ? c.Zh : c.En);
}
