using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Cluster.Storage.Sqlite.Integrity;

/// <summary>Moves what the write-ahead log holds into the database, once the sums of it are noted. SQLite's own way of doing so is switched off.</summary>
internal sealed partial class Checkpoints(Connection connection, PageSums sums, ILogger logger)
{
    // 16 MB of log: enough that a page which changes often is written once for many changes, little enough to be read again quickly after a crash.
    private const long Pages = 4000;

    private long _writtenThen;

    /// <summary>Whether the log has grown so long that it should be moved.</summary>
    public bool IsDue => connection.PagesWritten - _writtenThen >= Pages;

    /// <summary>Something is about to be written.</summary>
    public void Begin() => sums.Begin();

    /// <summary>Moves what can be moved while others read. Never fails: the log may grow until it works.</summary>
    public void Run() => Try("PRAGMA wal_checkpoint(PASSIVE)");

    /// <summary>Moves everything; the last thing before the connection closes.</summary>
    /// <returns>Whether all of it is noted.</returns>
    public bool Finish() => Try("PRAGMA wal_checkpoint(TRUNCATE)");

    private bool Try(string move)
    {
        _writtenThen = connection.PagesWritten;
        try
        {
            sums.Note();
            connection.Execute(move);
            return true;
        }
        catch (Exception e) when (e is IOException or SqliteException)
        {
            Failed(logger, e);
            return false;
        }
    }

    [LoggerMessage(EventId = 4301, Level = LogLevel.Warning, Message = "The write-ahead log could not be moved into the database; it grows until that works")]
    private static partial void Failed(ILogger logger, Exception exception);
}
