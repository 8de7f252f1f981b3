namespace Cluster.Storage.Moving;

/// <summary>How a value stands in an export.</summary>
internal enum MovedKind
{
    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A binary floating-point number, written so that it reads back to the same bits.</summary>
    Real,

    Text,

    /// <summary>An instant: RFC 3339 in UTC with up to seven places, of ticks in the store.</summary>
    Instant,

    /// <summary>A day, <c>YYYY-MM-DD</c>, of a day number in the store.</summary>
    Date,

    /// <summary>JSON as its sender wrote it, byte for byte; as base64 under the name and <c>Base64</c> where it would break the line.</summary>
    Json,
}

/// <summary>A column that is moved; in an export it has the same name.</summary>
internal readonly record struct MovedColumn(string Name, MovedKind Kind);

/// <summary>A table that is moved whole, row by row, in the order of its key.</summary>
/// <param name="Key">Columns that order it; for the journal, the order of commits.</param>
internal sealed record MovedTable(string Name, string Key, IReadOnlyList<MovedColumn> Columns)
{
    public string Names { get; } = string.Join(", ", Columns.Select(c => c.Name));

    public string Select { get; } = $"SELECT {string.Join(", ", Columns.Select(c => c.Name))} FROM {Name} ORDER BY {Key}";
}
