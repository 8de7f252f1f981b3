namespace Cluster.Storage.Sqlite;

/// <summary>Reads instants out of rows.</summary>
internal static class InstantColumns
{
    public static DateTimeOffset Instant(this Statement row, int column) => Instants.FromTicks(row.Long(column));

    public static DateTimeOffset? OptionalInstant(this Statement row, int column) => Instants.FromTicks(row.OptionalLong(column));
}
