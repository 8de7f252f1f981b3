using Cluster.Storage.Sqlite;

namespace Cluster.Storage.Moving.Sqlite;

/// <summary>A new embedded store, filled under another name in its folder and renamed when it is whole. What a crash leaves is swept up by the next try.</summary>
internal sealed class SqliteFilling : IStoreFilling
{
    // A transaction of this many rows is some ten megabytes: longer ones gain nothing.
    private const int RowsPerTransaction = 50_000;

    private readonly string _file;
    private readonly string _temporary;
    private readonly FileStream _lock;
    private readonly Connection _connection;
    private Statement? _insert;
    private int _rows;
    private bool _open;

    /// <exception cref="StoreMoveException">A server uses the folder, or there is something in its store.</exception>
    public SqliteFilling(string folder)
    {
        Directory.CreateDirectory(folder);
        _file = SqliteFolder.File(folder);
        _temporary = _file + ".importing";
        _lock = SqliteFolder.TryLock(folder) ?? throw new StoreMoveException($"A server uses the store in {folder}; stop it first.");
        try
        {
            if (File.Exists(_file)) RequireEmpty(folder);
            File.Delete(_temporary);
            using (WrittenFile.Create(_temporary))
            {
            }
            _connection = Connection.OpenToFill(_temporary);
            Schema.Prepare(_connection);
        }
        catch
        {
            _connection?.Dispose();
            _lock.Dispose();
            throw;
        }
    }

    public void Begin(MovedTable table)
    {
        Start();
        var places = string.Join(", ", Enumerable.Range(1, table.Columns.Count).Select(i => $"?{i}"));
        _insert = _connection.Own($"INSERT INTO {table.Name}({table.Names}) VALUES({places})");
    }

    public void Add(object?[] row)
    {
        for (var i = 0; i < row.Length; i++) _insert!.SetValue(i + 1, row[i]);
        _insert!.Run();
        if (++_rows % RowsPerTransaction != 0) return;
        Commit();
        Start();
    }

    public void End()
    {
        _insert?.Dispose();
        _insert = null;
        Commit();
    }

    public void SetMeta(string name, long value) =>
        _connection.Prepare("INSERT INTO meta(name, value) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET value = excluded.value").Set(1, name).Set(2, value).Run();

    public IStoreReading Read() => SqliteReading.OpenFile(_temporary);

    public void Finish()
    {
        _connection.Dispose();
        WrittenFile.ToDisk(_temporary);
        // The log of the empty store that was there is none of the new one.
        File.Delete(_file + "-wal");
        File.Delete(_file + "-shm");
        File.Move(_temporary, _file, overwrite: true);
        WrittenFile.FolderToDisk(Path.GetDirectoryName(_file)!);
    }

    public void Dispose()
    {
        _insert?.Dispose();
        _connection.Dispose();
        File.Delete(_temporary);
        _lock.Dispose();
    }

    private void Start()
    {
        if (!_open) _connection.Execute("BEGIN");
        _open = true;
    }

    private void Commit()
    {
        if (_open) _connection.Execute("COMMIT");
        _open = false;
    }

    private void RequireEmpty(string folder)
    {
        using var store = SqliteReading.OpenFile(_file);
        StoreEmptiness.Require(store, folder);
    }
}
