using Cluster.Storage.Sqlite.Tables;
using Cluster.Storage.Writing;
using Microsoft.Extensions.Logging;

namespace Cluster.Storage.Sqlite;

/// <summary>An open database file.</summary>
internal sealed class OpenStore : IDisposable
{
    private readonly FileStream _lock;
    private readonly Connection _connection;
    private readonly AllTables _tables;
    private bool _disposed;

    public OpenStore(StorageOptions options, Deliveries deliveries, TimeProvider clock, ILogger logger)
    {
        Directory.CreateDirectory(options.Directory);
        // The writer remembers stream versions and sequences, so there must be one. The operating system frees this lock when a process dies.
        _lock = new FileStream(Path.Combine(options.Directory, "cluster.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var file = Path.Combine(options.Directory, "cluster.db");
        try
        {
            _connection = Connection.OpenWriter(file);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
        try
        {
            if (options.VerifyOnStart)
                Verify(_connection);
            Schema.Prepare(_connection);
            _tables = new AllTables(_connection);
        }
        catch
        {
            _connection.Dispose();
            _lock.Dispose();
            throw;
        }
        Readers = new ReadPool(file, options.Readers);
        Writer = new Writer(new SqliteWriter(_tables), options.MaxWaiting, deliveries, clock, logger);
    }

    public ReadPool Readers { get; }

    public Writer Writer { get; }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Writer.Stop();
        Readers.Dispose();
        _tables.Dispose();
        _connection.Dispose();
        _lock.Dispose();
    }

    private static void Verify(Connection connection)
    {
        var finding = connection.Prepare("PRAGMA quick_check(1)").One(row => row.Text(0));
        if (finding != "ok")
            throw new StoreFormatException($"The store is damaged: {finding}. Restore a backup.");
    }
}
