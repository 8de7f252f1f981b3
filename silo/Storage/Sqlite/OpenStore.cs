using Cluster.Storage.Sqlite.Integrity;
using Cluster.Storage.Sqlite.Tables;
using Cluster.Storage.Writing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Cluster.Storage.Sqlite;

/// <summary>An open database file.</summary>
internal sealed partial class OpenStore : IDisposable
{
    private readonly Stack<IDisposable> _opened = new();
    private readonly PageSums _sums;
    private readonly Connection _connection;
    private readonly AllTables _tables;
    private readonly Checkpoints _checkpoints;
    private bool _disposed;

    /// <exception cref="StoreFormatException">The file is damaged, or a newer program wrote it.</exception>
    /// <exception cref="IOException">Another process uses it, or it cannot be read or written.</exception>
    public OpenStore(StorageOptions options, Deliveries deliveries, TimeProvider clock, ILogger logger, WriterMeters? meters = null)
    {
        Directory.CreateDirectory(options.Directory);
        var file = Path.Combine(options.Directory, "cluster.db");
        try
        {
            // The writer remembers stream versions and sequences, so there must be one. The operating system frees this lock when a process dies.
            Keep(new FileStream(Path.Combine(options.Directory, "cluster.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            _sums = Keep(PageSums.Open(file));
            _connection = Keep(Connection.OpenWriter(file));
            if (options.VerifyOnStart || _sums.MustAdopt)
                Verify(_connection);
            if (_sums.MustAdopt)
            {
                Adopting(logger);
                _sums.Adopt();
            }
            Schema.Prepare(_connection);
            _tables = Keep(new AllTables(_connection));
        }
        catch (Exception e)
        {
            while (_opened.TryPop(out var opened))
                opened.Dispose();
            if (e is SqliteException { SqliteErrorCode: raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT })
                throw new StoreFormatException($"The store is damaged: {e.Message} Restore a backup.");
            if (e is SqliteException)
                throw new IOException($"The store cannot be opened: {e.Message}", e);
            throw;
        }
        _checkpoints = new Checkpoints(_connection, _sums, logger);
        Readers = new ReadPool(file, options.Readers);
        Writer = new Writer(new SqliteWriter(_tables, _checkpoints), options.MaxWaiting, deliveries, clock, logger, meters);
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
        var isNoted = _checkpoints.Finish();
        _connection.Dispose();
        if (isNoted)
            _sums.Close();
        while (_opened.TryPop(out var opened))
            opened.Dispose();
    }

    private T Keep<T>(T opened) where T : IDisposable
    {
        _opened.Push(opened);
        return opened;
    }

    private static void Verify(Connection connection)
    {
        var finding = connection.Prepare("PRAGMA quick_check(1)").One(row => row.Text(0));
        if (finding != "ok")
            throw new StoreFormatException($"The store is damaged: {finding}. Restore a backup.");
    }

    [LoggerMessage(EventId = 4302, Level = LogLevel.Warning, Message = "The pages of the store have no sums, or another program has used it since; its structure is sound, and its pages are taken as they are")]
    private static partial void Adopting(ILogger logger);
}
