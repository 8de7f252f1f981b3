using System.Buffers;
using System.IO.Pipelines;
using Cluster.Api.Hosting;
using Cluster.Contracts;

namespace Cluster.Api.Ingest;

/// <summary>Reads a stream of events, one a line, in parts that fit in memory however long the stream is.</summary>
internal sealed class EventLines(PipeReader reader, LegalClock clock)
{
    /// <summary>Bytes of the longest line that is read; of a longer one only its end is looked for.</summary>
    public const int LongestLine = 300 * 1024;

    /// <summary>Events of a part.</summary>
    public const int LargestPart = 500;

    private bool skipping;
    private bool started;

    /// <summary>Reads what has arrived, at least one event unless the stream has ended.</summary>
    /// <param name="part">Receives the events.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>False when there is nothing after this part.</returns>
    public async Task<bool> Read(List<SentEvent> part, CancellationToken cancellation)
    {
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellation);
            ReadOnlySequence<byte> rest = read.Buffer;
            if (!started) rest = WithoutByteOrderMark(rest, read.IsCompleted);
            while (part.Count < LargestPart && rest.PositionOf((byte)'\n') is { } end)
            {
                Take(rest.Slice(0, end), part);
                skipping = false;
                rest = rest.Slice(rest.GetPosition(1, end));
            }
            bool full = part.Count >= LargestPart;
            if (!full && read.IsCompleted)
            {
                Take(rest, part);
                reader.AdvanceTo(read.Buffer.End);
                return false;
            }
            if (!full && rest.Length > LongestLine)
            {
                if (!skipping) part.Add(TooLong());
                skipping = true;
                rest = rest.Slice(rest.End);
            }
            // What is left is a line that goes on; unless the part is full, wait for more of it.
            reader.AdvanceTo(rest.Start, full ? rest.Start : read.Buffer.End);
            if (part.Count > 0) return true;
        }
    }

    private void Take(ReadOnlySequence<byte> line, List<SentEvent> part)
    {
        if (skipping) return;
        if (line.Length > LongestLine) part.Add(TooLong());
        else if (!IsBlank(line)) part.Add(SentEvent.Read(line, clock.GetUtcNow()));
    }

    private ReadOnlySequence<byte> WithoutByteOrderMark(ReadOnlySequence<byte> buffer, bool completed)
    {
        if (buffer.Length < 3 && !completed) return buffer;
        started = true;
        Span<byte> start = stackalloc byte[3];
        if (buffer.Length < 3) return buffer;
        buffer.Slice(0, 3).CopyTo(start);
        return start.SequenceEqual("\uFEFF"u8) ? buffer.Slice(3) : buffer;
    }

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (ReadOnlyMemory<byte> segment in line)
        {
            if (segment.Span.ContainsAnyExcept(" \t\r"u8)) return false;
        }
        return true;
    }

    private static SentEvent TooLong() =>
        SentEvent.Refuse(null, Problem.Of(413, "too-long", $"A line has at most {LongestLine / 1024} KiB."));
}
