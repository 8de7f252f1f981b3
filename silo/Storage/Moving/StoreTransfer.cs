using System.Diagnostics;
using Cluster.Storage.Moving.Sqlite;
using Cluster.Storage.Sqlite;

namespace Cluster.Storage.Moving;

/// <summary>Moves a whole store through a file, from either engine to either.</summary>
public static class StoreTransfer
{
    // Sequences that another server may have given out after the export are passed over by far more than anybody keeps.
    internal const long FeedLeap = 1_000_000_000;

    /// <summary>Writes everything that is true in a store to a new file, from one state of it, beside a running server.</summary>
    /// <param name="now">On the real clock, for the header.</param>
    /// <exception cref="StoreMoveException">There is no such store, or the file cannot be written.</exception>
    public static TransferReport Export(StorageOptions from, string file, DateTimeOffset now, CancellationToken cancellation = default)
    {
        var began = Stopwatch.GetTimestamp();
        using var written = new WrittenFile(file);
        using var store = Open(from);
        long bytes;
        IReadOnlyDictionary<string, long> counts;
        using (var stream = written.Open())
        {
            using var lines = new ExportWriter(stream);
            lines.Header(new ExportHeader(
                ExportHeader.Name, ExportHeader.Latest, Schema.Version, store.Engine, store.Live, now, LastInstant(store),
                MovedTables.All.ToDictionary(t => t.Name, t => store.Number($"SELECT count(*) FROM {t.Name}", cancellation) ?? 0)));
            foreach (var table in MovedTables.All) store.Each(table.Select, row => lines.Row(table, row), cancellation);
            lines.Trailer();
            (bytes, counts) = (lines.Bytes, lines.Counts);
        }
        written.Finish();
        return new TransferReport(counts, bytes, new FileInfo(file).Length, Stopwatch.GetElapsedTime(began), store.Live, Leapt: false);
    }

    /// <summary>Fills an empty store from a file, all or nothing, and checks what came in.</summary>
    /// <exception cref="StoreMoveException">The store is not empty or in use, or the file is not whole; nothing of it was taken over.</exception>
    public static TransferReport Import(StorageOptions into, string file, CancellationToken cancellation = default)
    {
        var began = Stopwatch.GetTimestamp();
        if (!File.Exists(file)) throw new StoreMoveException($"There is no file {file}.");
        using var stream = File.OpenRead(file);
        using var lines = new ExportReader(stream);
        if (lines.Header.Schema > Schema.Version)
            throw new StoreMoveException($"The export has schema {lines.Header.Schema}; this program knows {Schema.Version}. Use the newer program.");
        using var store = Fill(into);
        MovedTable? current = null;
        lines.Each(
            (table, row) =>
            {
                if (current != table)
                {
                    if (current is not null) store.End();
                    store.Begin(current = table);
                }
                // Whoever has sequences of a server that went on without us starts afresh; nobody else has to.
                if (lines.Header.Live && table.Name == "feed_scope") row[LastColumn] = (long)row[LastColumn]! + FeedLeap;
                if (!(lines.Header.Live && table.Name is "feed" or "feed_item")) store.Add(row);
            },
            cancellation);
        if (current is not null) store.End();
        if (lines.Header.LastInstant is { } last) store.SetMeta("last-instant", last.UtcTicks);
        using (var reading = store.Read())
        {
            if (StoreTruth.Faults(reading, cancellation).FirstOrDefault() is { } fault) throw new StoreMoveException($"The export does not make a true store: {fault} Nothing was taken over.");
        }
        store.Finish();
        return new TransferReport(lines.Counts, 0, stream.Length, Stopwatch.GetElapsedTime(began), lines.Header.Live, lines.Header.Live);
    }

    /// <summary>Opens one state of a store for reading.</summary>
    /// <exception cref="StoreMoveException">There is none.</exception>
    public static IStoreReading Open(StorageOptions store) => SqliteReading.Open(store.Directory);

    private static int LastColumn { get; } = MovedTables.All.Single(t => t.Name == "feed_scope").Columns.Select(c => c.Name).ToList().IndexOf("last");

    private static IStoreFilling Fill(StorageOptions store) => new SqliteFilling(store.Directory);

    private static DateTimeOffset? LastInstant(IStoreReading store) =>
        store.Number($"SELECT value FROM {MovedTables.Meta} WHERE name = 'last-instant'") is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
}

/// <summary>What an export or import moved.</summary>
/// <param name="Rows">Of each table.</param>
/// <param name="PlainBytes">Before compression; 0 for an import.</param>
/// <param name="FileBytes">Of the file.</param>
/// <param name="Live">Whether the store may have been written to after the export.</param>
/// <param name="Leapt">Whether the feeds begin anew, so that screens start afresh.</param>
public sealed record TransferReport(IReadOnlyDictionary<string, long> Rows, long PlainBytes, long FileBytes, TimeSpan Took, bool Live, bool Leapt);
