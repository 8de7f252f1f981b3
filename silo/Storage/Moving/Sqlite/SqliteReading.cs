using Cluster.Storage.Sqlite;

namespace Cluster.Storage.Moving.Sqlite;

/// <summary>
/// One state of an embedded store, read through a connection of its own that cannot write. A server beside it goes on; what it writes meanwhile
/// stays in the write-ahead log until the reading ends.
/// </summary>
internal sealed class SqliteReading : IStoreReading
{
    private readonly FileStream? _lock;
    private readonly Connection _connection;

    private SqliteReading(FileStream? held, Connection connection, bool live)
    {
        _lock = held;
        _connection = connection;
        Live = live;
        // A transaction begins with its first read: from here on this is the state that is read.
        connection.Execute("BEGIN; SELECT count(*) FROM sqlite_master");
    }

    public string Engine => "sqlite";

    public bool Live { get; }

    public Connection Connection => _connection;

    /// <summary>Opens the store of a folder. While it is read, no server can begin to use it; one that does already is not disturbed.</summary>
    /// <exception cref="StoreMoveException">There is none.</exception>
    public static SqliteReading Open(string folder)
    {
        var file = SqliteFolder.File(folder);
        if (!File.Exists(file)) throw new StoreMoveException($"There is no store in {folder}.");
        var held = SqliteFolder.TryLock(folder);
        try
        {
            return new SqliteReading(held, Connection.OpenBeside(file), held is null);
        }
        catch
        {
            held?.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file that is nobody's store.</summary>
    public static SqliteReading OpenFile(string file) => new(null, Connection.OpenBeside(file), live: false);

    public void Each(string sql, Action<object?[]> row, CancellationToken cancellation = default)
    {
        using var statement = _connection.Own(sql);
        object?[]? values = null;
        statement.Each(found =>
        {
            cancellation.ThrowIfCancellationRequested();
            values ??= new object?[found.Columns];
            for (var i = 0; i < values.Length; i++) values[i] = found.Value(i);
            row(values);
        });
    }

    // What follows U+0000 in a query is not read, so texts go in as bytes.
    public string Literal(string text) => $"CAST(x'{Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(text))}' AS TEXT)";

    public IReadOnlyList<string> Damage(CancellationToken cancellation = default)
    {
        var lines = new List<string>();
        Each("PRAGMA integrity_check(20)", row => lines.Add((string)row[0]!), cancellation);
        return lines is ["ok"] ? [] : lines;
    }

    public void Dispose()
    {
        _connection.Rollback();
        _connection.Dispose();
        _lock?.Dispose();
    }
}
