using System.Diagnostics;
using Cluster.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cluster.Storage.Moving.Sqlite;

/// <summary>
/// A copy of an embedded store, made beside the server that serves it. The copy is one state: the reading that it is made from holds that state
/// fast, so it is never begun again however much is written meanwhile, and never keeps the writer waiting. It goes in small steps, each on the disk before
/// the next, so that the disk always has room for a commit.
/// </summary>
public static class SqliteBackup
{
    // Four megabytes: some ten milliseconds of an ordinary disk.
    private const int PagesPerStep = 1024;

    // Between two steps, for whoever waits for the disk.
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(5);

    /// <summary>Copies the store of a folder to a new file that is a store itself.</summary>
    /// <exception cref="StoreMoveException">There is no store, the file exists, or the copy is damaged.</exception>
    public static async Task<BackupReport> Copy(string folder, string file, TimeProvider clock, CancellationToken cancellation = default)
    {
        var began = Stopwatch.GetTimestamp();
        using var written = new WrittenFile(file);
        long pages;
        using (var store = SqliteReading.Open(folder))
        {
            pages = await CopyPages(store, written.Temporary, clock, cancellation);
        }
        SetApart(written.Temporary);
        using (var copy = SqliteReading.OpenFile(written.Temporary))
        {
            if (copy.Damage(cancellation) is [var damage, ..]) throw new StoreMoveException($"The copy is damaged, so the store may be: {damage}");
        }
        written.Finish();
        return new BackupReport(pages, new FileInfo(file).Length, Stopwatch.GetElapsedTime(began));
    }

    /// <summary>Puts a backup in the place of a store that nobody uses. The old one is kept beside it, with its log, which must not be taken for that of the new one.</summary>
    /// <param name="now">On the real clock, for the name of what is kept.</param>
    /// <returns>The name of what was there before; null if there was nothing.</returns>
    /// <exception cref="StoreMoveException">A server uses the store, or the file is no sound store.</exception>
    public static string? Restore(string folder, string file, DateTimeOffset now, CancellationToken cancellation = default)
    {
        if (!File.Exists(file)) throw new StoreMoveException($"There is no file {file}.");
        Directory.CreateDirectory(folder);
        using var held = SqliteFolder.TryLock(folder) ?? throw new StoreMoveException($"A server uses the store in {folder}; stop it first.");
        var place = SqliteFolder.File(folder);
        var coming = place + ".restoring";
        File.Delete(coming);
        using (var copy = WrittenFile.Create(coming))
        using (var backup = File.OpenRead(file))
        {
            backup.CopyTo(copy);
            copy.Flush(flushToDisk: true);
        }
        try
        {
            using var store = SqliteReading.OpenFile(coming);
            if (store.Damage(cancellation) is [var damage, ..]) throw new StoreMoveException($"{file} is damaged: {damage}");
            if (store.Number("SELECT value FROM meta WHERE name = 'schema'") is null) throw new StoreMoveException($"{file} is no store of this program.");
        }
        catch (SqliteException e)
        {
            File.Delete(coming);
            throw new StoreMoveException($"{file} is damaged, or no store of this program: {e.Message}");
        }
        catch (StoreMoveException)
        {
            File.Delete(coming);
            throw;
        }

        string? aside = null;
        if (File.Exists(place))
        {
            aside = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{place}.replaced-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");
            File.Move(place, aside);
            foreach (var log in (string[])["-wal", "-shm"])
            {
                if (File.Exists(place + log)) File.Move(place + log, aside + log);
            }
        }
        File.Delete(place + "-wal");
        File.Delete(place + "-shm");
        File.Move(coming, place);
        WrittenFile.FolderToDisk(folder);
        return aside;
    }

    private static async Task<long> CopyPages(SqliteReading store, string file, TimeProvider clock, CancellationToken cancellation)
    {
        using var copy = Connection.OpenToFill(file);
        var backup = raw.sqlite3_backup_init(copy.Handle, "main", store.Connection.Handle, "main");
        if (backup.IsInvalid) SqliteException.ThrowExceptionForRC(raw.sqlite3_errcode(copy.Handle), copy.Handle);
        try
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                var result = raw.sqlite3_backup_step(backup, PagesPerStep);
                if (result == raw.SQLITE_DONE) return raw.sqlite3_backup_pagecount(backup);
                SqliteException.ThrowExceptionForRC(result, copy.Handle);
                WrittenFile.ToDisk(file);
                await Task.Delay(Breath, clock, cancellation);
            }
        }
        finally
        {
            _ = raw.sqlite3_backup_finish(backup);
        }
    }

    /// <summary>
    /// Makes the copy a store that may take the place of the one it was made from. Screens may have seen more of the feeds than it knows: the feeds go on
    /// far beyond that, so that every screen starts afresh and none gets a gap. Logins end with the restore.
    /// </summary>
    private static void SetApart(string file)
    {
        using var copy = Connection.OpenToFill(file);
        copy.Execute($"""
            PRAGMA journal_mode = DELETE;
            BEGIN;
            DELETE FROM feed;
            DELETE FROM feed_item;
            UPDATE feed_scope SET last = last + {StoreTransfer.FeedLeap};
            DELETE FROM session;
            COMMIT;
            """);
    }
}

/// <summary>What a backup copied.</summary>
public sealed record BackupReport(long Pages, long Bytes, TimeSpan Took);
