using Npgsql;

namespace Cluster.Storage.Postgres;

/// <summary>Reads columns of a row.</summary>
internal static class Columns
{
    public static bool IsNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column);

    public static long Long(this NpgsqlDataReader row, int column) => row.GetInt64(column);

    public static long? OptionalLong(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static int Int(this NpgsqlDataReader row, int column) => row.GetInt32(column);

    public static string Text(this NpgsqlDataReader row, int column) => Texts.Read(row.GetString(column));

    public static string? OptionalText(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.Text(column);

    public static byte[] Blob(this NpgsqlDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    public static DateTimeOffset Instant(this NpgsqlDataReader row, int column) => Instants.FromTicks(row.Long(column));

    public static DateTimeOffset? OptionalInstant(this NpgsqlDataReader row, int column) => Instants.FromTicks(row.OptionalLong(column));

    /// <summary>Every row of the current result.</summary>
    public static List<T> Rest<T>(this NpgsqlDataReader rows, Func<NpgsqlDataReader, T> read)
    {
        var all = new List<T>();
        while (rows.Read())
            all.Add(read(rows));
        return all;
    }
}
