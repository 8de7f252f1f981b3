using System.IO.Pipelines;
using Microsoft.Win32.SafeHandles;

namespace Cluster.Api.Ingest;

/// <summary>
/// Holds results of a stream until its sender reads them. Many senders read nothing before they have sent everything: if
/// the server then waited with reading until its answers are taken, both would wait for ever. So answers queue in a file.
/// </summary>
/// <param name="most">Bytes of results that may wait; a sender that leaves more unread is to be read from no further.</param>
internal sealed class ResultSpool(long most) : IAsyncDisposable
{
    private const int Chunk = 64 * 1024;

    private readonly SafeFileHandle file = File.OpenHandle(
        Path.Combine(Path.GetTempPath(), $"cluster-{Guid.NewGuid():N}.results"),
        FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);

    private readonly SemaphoreSlim more = new(0);
    private readonly SemaphoreSlim taken = new(0);
    private long written;
    private long sent;
    private volatile bool completed;

    /// <summary>Whether nothing was appended.</summary>
    public bool IsEmpty => Interlocked.Read(ref written) == 0;

    /// <summary>Adds results. Never waits for the reader.</summary>
    public void Append(ReadOnlySpan<byte> results)
    {
        RandomAccess.Write(file, results, written);
        Interlocked.Add(ref written, results.Length);
        more.Release();
    }

    /// <summary>Waits until no more waits to be read than may.</summary>
    public async Task Room(CancellationToken cancellation)
    {
        while (Interlocked.Read(ref written) - Interlocked.Read(ref sent) > most) await taken.WaitAsync(cancellation);
    }

    public void Complete()
    {
        completed = true;
        more.Release();
    }

    /// <summary>Sends what was and will be appended, until completed.</summary>
    public async Task CopyTo(PipeWriter output, CancellationToken cancellation)
    {
        while (true)
        {
            bool last = completed;
            long available = Interlocked.Read(ref written);
            while (sent < available)
            {
                Memory<byte> buffer = output.GetMemory(Chunk);
                int count = RandomAccess.Read(file, buffer.Span[..(int)Math.Min(buffer.Length, available - sent)], sent);
                output.Advance(count);
                Interlocked.Add(ref sent, count);
                if ((await output.FlushAsync(cancellation)).IsCompleted) return;
                taken.Release();
            }
            if (last) return;
            await more.WaitAsync(cancellation);
        }
    }

    public ValueTask DisposeAsync()
    {
        file.Dispose();
        more.Dispose();
        taken.Dispose();
        return ValueTask.CompletedTask;
    }
}
