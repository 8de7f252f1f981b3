using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Cluster.Storage.Sqlite.Integrity;

/// <summary>
/// Reads SQLite's write-ahead log (its format is part of SQLite's documentation and does not change) as far as transactions in it are committed. A log that was read
/// before is read on from there.
/// </summary>
internal sealed class WriteAheadLog(string file)
{
    private const int HeaderSize = 32;
    private const int FrameHeaderSize = 24;
    private const uint Magic = 0x377F0682;

    private readonly byte[] _header = new byte[HeaderSize];
    private byte[] _frame = [];
    private long _next;
    private (uint, uint) _sum;

    /// <summary>Takes the newest contents of each page that was committed since the last call; the last of several calls for a page counts.</summary>
    /// <param name="take">Number of a page, from 1, and what it holds.</param>
    /// <returns>False if the log is damaged: a transaction that was followed by others, and so was on the disk, is no longer whole.</returns>
    public bool Read(PageTaker take)
    {
        if (!File.Exists(file)) return true;
        using SafeFileHandle log = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var header = new byte[HeaderSize];
        if (RandomAccess.Read(log, header, 0) < HeaderSize) return true;
        var magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        var bigEndian = (magic & 1) == 1;
        var headerSum = Add((0, 0), header.AsSpan(0, 24), bigEndian);
        if ((magic & ~1u) != Magic || headerSum != SumAt(header, 24)) return RandomAccess.GetLength(log) <= HeaderSize;

        var pageSize = (int)BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(8));
        if (!header.AsSpan().SequenceEqual(_header))
        {
            // Begun anew since the last call: all before has reached the file itself.
            header.CopyTo(_header, 0);
            (_next, _sum) = (0, headerSum);
        }
        if (_frame.Length != FrameHeaderSize + pageSize) _frame = new byte[FrameHeaderSize + pageSize];

        var pending = new List<(uint Page, byte[] Content)>();
        var sum = _sum;
        for (var index = _next; ReadFrame(log, index); index++)
        {
            var next = SumOfFrame(sum, bigEndian);
            if (!IsOfThisLog() || next != SumAt(_frame, 16)) return !HasCommittedBeyond(log, index, bigEndian);
            sum = next;
            pending.Add((BinaryPrimitives.ReadUInt32BigEndian(_frame), _frame[FrameHeaderSize..]));
            if (!IsCommit()) continue;
            foreach (var (page, content) in pending) take(page, content);
            pending.Clear();
            (_next, _sum) = (index + 1, sum);
        }
        return true;
    }

    /// <summary>
    /// Whether frames after one that is not as it was written belong to a transaction later than its own. The last transaction of a log may be torn by a power cut, before anybody
    /// was told of it; every earlier one was on the disk before the next began.
    /// </summary>
    private bool HasCommittedBeyond(SafeFileHandle log, long broken, bool bigEndian)
    {
        var ended = false;
        // Each frame's sum goes on from the one before, so those after a broken one are judged by what that one says of itself.
        var before = SumAt(_frame, 16);
        ended |= IsOfThisLog() && IsCommit();
        for (var index = broken + 1; ReadFrame(log, index); index++)
        {
            var isWhole = IsOfThisLog() && SumOfFrame(before, bigEndian) == SumAt(_frame, 16);
            before = SumAt(_frame, 16);
            if (!isWhole) continue;
            if (ended) return true;
            ended = IsCommit();
        }
        return false;
    }

    private bool ReadFrame(SafeFileHandle log, long index) =>
        RandomAccess.Read(log, _frame, HeaderSize + index * _frame.Length) == _frame.Length;

    private bool IsOfThisLog() => _frame.AsSpan(8, 8).SequenceEqual(_header.AsSpan(16, 8));

    private bool IsCommit() => BinaryPrimitives.ReadUInt32BigEndian(_frame.AsSpan(4)) != 0;

    private (uint, uint) SumOfFrame((uint, uint) before, bool bigEndian) =>
        Add(Add(before, _frame.AsSpan(0, 8), bigEndian), _frame.AsSpan(FrameHeaderSize), bigEndian);

    private static (uint, uint) SumAt(byte[] bytes, int at) =>
        (BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at)), BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at + 4)));

    private static (uint, uint) Add((uint First, uint Second) sum, ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        var (first, second) = sum;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            first += Word(bytes) + second;
            second += Word(bytes[4..]) + first;
        }
        return (first, second);

        uint Word(ReadOnlySpan<byte> at) => bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);
    }
}

/// <summary>Takes what a page holds.</summary>
internal delegate void PageTaker(uint page, ReadOnlySpan<byte> content);
