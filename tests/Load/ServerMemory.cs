using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;

namespace Cluster.Load;

/// <summary>Watches what another process takes: the highest resident memory, and the highest managed heap that was left after any collection.</summary>
internal sealed class ServerMemory : IDisposable
{
    private readonly int _process;
    private readonly EventPipeSession _session;
    private readonly Timer _beat;
    private readonly Task _reading;
    private long _heap;

    public ServerMemory(int process)
    {
        _process = process;
        _session = new DiagnosticsClient(process).StartEventPipeSession(
            [new EventPipeProvider(ClrTraceEventParser.ProviderName, EventLevel.Informational, (long)ClrTraceEventParser.Keywords.GC)], requestRundown: false, circularBufferMB: 16);
        _reading = Task.Run(() =>
        {
            using var source = new EventPipeEventSource(_session.EventStream);
            source.Clr.GCHeapStats += e => _heap = Math.Max(_heap, e.GenerationSize0 + e.GenerationSize1 + e.GenerationSize2 + e.GenerationSize3 + e.GenerationSize4);
            source.Process();
        });
        _beat = new Timer(_ => Resident = Math.Max(Resident, Read("VmRSS:")), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(250));
    }

    /// <summary>Bytes, the highest seen.</summary>
    public long Resident { get; private set; }

    /// <summary>Bytes, the highest seen after a collection.</summary>
    public long Heap => _heap;

    public string Describe() => FormattableString.Invariant($"peak resident {Resident / 1e6:0} MB, peak managed heap after a collection {Heap / 1e6:0} MB");

    public void Dispose()
    {
        _beat.Dispose();
        _session.Stop();
        _reading.Wait(TimeSpan.FromSeconds(10));
        _session.Dispose();
    }

    private long Read(string name)
    {
        string line = File.ReadLines($"/proc/{_process}/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(name.Length).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
