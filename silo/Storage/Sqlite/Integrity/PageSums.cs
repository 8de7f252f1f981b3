using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Cluster.Storage.Sqlite.Integrity;

/// <summary>
/// A check sum of every page of the database, in a file beside it. SQLite itself would notice a bit that turned over only where it breaks the structure; a changed name, date or
/// weight it would serve. Pages reach the database only from the write-ahead log, which has sums of its own: before they do, their sums are taken from there.
/// So at any moment a page is as its sum says, or still in the log.
/// </summary>
internal sealed class PageSums : IDisposable
{
    private const int HeaderSize = 16;
    private const int SumSize = 4;
    private const int PagesAtOnce = 1024;
    private const ulong Magic = 0x3130534D55534C43; // CLSUMS01

    private readonly string _database;
    private readonly WriteAheadLog _log;
    private readonly SafeFileHandle _file;
    private int _pageSize;
    private bool _isClean;
    private HashSet<uint> _inLogAtFirst = [];

    private PageSums(string database, SafeFileHandle file)
    {
        _database = database;
        _log = new WriteAheadLog(database + "-wal");
        _file = file;
    }

    /// <summary>Whether pages were not as their sums say because another program has used the store: they are yet to be checked and taken as they are.</summary>
    public bool MustAdopt { get; private set; }

    /// <summary>Checks every page, before SQLite opens the database. Costs a reading of the file.</summary>
    /// <param name="database">Full path; the sums lie beside it.</param>
    /// <exception cref="StoreFormatException">A page, or the log, is not as it was written.</exception>
    public static PageSums Open(string database)
    {
        var path = Path.ChangeExtension(database, "sums");
        var isNew = !File.Exists(database) || new FileInfo(database).Length == 0;
        var file = File.OpenHandle(path, isNew ? FileMode.Create : FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var sums = new PageSums(database, file);
        try
        {
            sums.Check(isNew);
            return sums;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The database is about to be written to: without its log it will no longer be what the sums say.</summary>
    public void Begin()
    {
        if (_isClean) MarkClean(false);
    }

    /// <summary>Takes the sums of all that the log holds and the database may not yet; from now on it may.</summary>
    /// <exception cref="IOException">They could not be written: then the log must not be moved into the database.</exception>
    public void Note()
    {
        if (!NoteLog(out _)) throw new IOException("The write-ahead log is not as it was written.");
    }

    /// <summary>Takes every page as it is: a store from before there were sums, or one that another program has changed. Before anything is written.</summary>
    public void Adopt()
    {
        Each((page, sum) =>
        {
            if (!_inLogAtFirst.Contains(page)) Write(page, sum);
        });
        RandomAccess.FlushToDisk(_file);
        MustAdopt = false;
    }

    /// <summary>Everything is in the database and noted.</summary>
    public void Close() => MarkClean(true);

    public void Dispose() => _file.Dispose();

    private void Check(bool isNew)
    {
        var header = new byte[HeaderSize];
        var hasSums = RandomAccess.Read(_file, header, 0) == HeaderSize && BinaryPrimitives.ReadUInt64LittleEndian(header) == Magic;
        _pageSize = hasSums ? BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8)) : isNew ? 4096 : PageSizeOf(_database);
        _isClean = hasSums && header[12] == 1;
        if (!hasSums) RandomAccess.SetLength(_file, 0);
        MarkClean(_isClean);
        var known = ReadSums();
        if (!NoteLog(out var inLog))
            throw new StoreFormatException($"The store is damaged: a transaction in {Path.GetFileName(_database)}-wal is not as it was written. Restore a backup.");
        if (isNew) return;
        _inLogAtFirst = inLog;
        var wrong = FirstWrong(known, inLog, out var isAllKnown);
        MustAdopt = !isAllKnown;
        if (wrong is null) return;
        // Nothing of a log is left where there was one: another program has opened the store since and moved it into the database.
        if (!_isClean && inLog.Count == 0) MustAdopt = true;
        else throw new StoreFormatException($"The store is damaged: page {wrong} of {Path.GetFileName(_database)} is not as it was written. Restore a backup; "
            + $"or, if another program was meant to change it, remove {Path.GetFileNameWithoutExtension(_database)}.sums and start again.");
    }

    private bool NoteLog(out HashSet<uint> pages)
    {
        var noted = new Dictionary<uint, uint>();
        var isWhole = _log.Read((page, content) => noted[page] = SumOf(page, content));
        foreach (var (page, sum) in noted) Write(page, sum);
        if (noted.Count > 0) RandomAccess.FlushToDisk(_file);
        pages = [.. noted.Keys];
        return isWhole;
    }

    private uint? FirstWrong(uint[] known, HashSet<uint> inLog, out bool isAllKnown)
    {
        var wrong = uint.MaxValue;
        var unknown = 0;
        var gate = new Lock();
        var pages = Each((page, sum) =>
        {
            if (inLog.Contains(page)) return;
            if (page > known.Length || known[page - 1] is 0) Volatile.Write(ref unknown, 1);
            else if (known[page - 1] != sum) Lower(page);
        });
        isAllKnown = unknown == 0;
        // The end of the database may be missing.
        for (var page = (uint)pages + 1; page <= known.Length && wrong == uint.MaxValue; page++)
        {
            if (known[page - 1] is not 0 && !inLog.Contains(page)) wrong = page;
        }
        return wrong == uint.MaxValue ? null : wrong;

        void Lower(uint page)
        {
            lock (gate) wrong = Math.Min(wrong, page);
        }
    }

    /// <summary>Reads every page, on all cores.</summary>
    /// <returns>How many there are.</returns>
    private long Each(Action<uint, uint> take)
    {
        using var database = File.OpenHandle(_database, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var stretch = PagesAtOnce * _pageSize;
        var length = RandomAccess.GetLength(database);
        Parallel.For(0, (length + stretch - 1) / stretch, () => new byte[stretch], (number, _, buffer) =>
        {
            var read = RandomAccess.Read(database, buffer, number * stretch);
            for (var at = 0; at + _pageSize <= read; at += _pageSize)
            {
                var page = (uint)(number * PagesAtOnce + at / _pageSize + 1);
                take(page, SumOf(page, buffer.AsSpan(at, _pageSize)));
            }
            return buffer;
        }, static _ => { });
        return length / _pageSize;
    }

    private uint[] ReadSums()
    {
        var bytes = new byte[Math.Max(0, RandomAccess.GetLength(_file) - HeaderSize) / SumSize * SumSize];
        for (var at = 0; at < bytes.Length;) at += RandomAccess.Read(_file, bytes.AsSpan(at), HeaderSize + at);
        var sums = new uint[bytes.Length / SumSize];
        for (var i = 0; i < sums.Length; i++) sums[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i * SumSize));
        return sums;
    }

    private void Write(uint page, uint sum)
    {
        Span<byte> bytes = stackalloc byte[SumSize];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, sum);
        RandomAccess.Write(_file, bytes, HeaderSize + (page - 1L) * SumSize);
    }

    private void MarkClean(bool isClean)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        header.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(header, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], _pageSize);
        header[12] = isClean ? (byte)1 : (byte)0;
        RandomAccess.Write(_file, header, 0);
        RandomAccess.FlushToDisk(_file);
        _isClean = isClean;
    }

    // 0 stands for unknown. The number of the page counts too, so that one in another's place is noticed.
    // At a start it runs over gigabytes before anything has got warm.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint SumOf(uint page, ReadOnlySpan<byte> content)
    {
        var sum = BitOperations.Crc32C(uint.MaxValue, page);
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(content)) sum = BitOperations.Crc32C(sum, word);
        return sum == 0 ? 1 : sum;
    }

    private static int PageSizeOf(string database)
    {
        using var file = File.OpenHandle(database, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> size = stackalloc byte[2];
        if (RandomAccess.Read(file, size, 16) < 2) return 4096;
        // 65,536 does not fit into the field and is written as 1.
        return BinaryPrimitives.ReadUInt16BigEndian(size) is var said and not 1 ? Math.Max(512, (int)said) : 65_536;
    }
}
