using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;

namespace Cluster.Load;

/// <summary>Asks another process for a full collection and for what is left of its managed heap.</summary>
internal static class LiveHeap
{
    /// <summary>Bytes of all generations, large and pinned objects after a full blocking collection.</summary>
    /// <param name="process">Id of a .NET process.</param>
    public static async Task<long> Collect(int process)
    {
        // GCHeapCollect makes the runtime collect when the session begins.
        const long Keywords = (long)(ClrTraceEventParser.Keywords.GC | ClrTraceEventParser.Keywords.GCHeapCollect);
        using EventPipeSession session = await new DiagnosticsClient(process).StartEventPipeSessionAsync(
            [new EventPipeProvider(ClrTraceEventParser.ProviderName, EventLevel.Informational, Keywords)], requestRundown: false, circularBufferMB: 16, CancellationToken.None);
        using var source = new EventPipeEventSource(session.EventStream);
        long heap = -1;
        bool full = false;
        source.Clr.GCStart += e => full |= e.Depth == 2;
        source.Clr.GCHeapStats += e =>
        {
            if (!full || heap >= 0) return;
            heap = e.GenerationSize0 + e.GenerationSize1 + e.GenerationSize2 + e.GenerationSize3 + e.GenerationSize4;
            // Stopping makes the stream end; not from its own thread.
            _ = Task.Run(session.Stop);
        };
        await Task.Run(source.Process).WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);
        return heap >= 0 ? heap : throw new InvalidOperationException("The server did not tell the size of its heap.");
    }
}
