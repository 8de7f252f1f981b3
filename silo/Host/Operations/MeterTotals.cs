using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Cluster.Silo.Operations;

/// <summary>
/// What the meters of this process have counted since it started: one series for each instrument and set of tags. Recording a known series allocates nothing.
/// Of an instrument that has too many sets of tags, the rest are one series.
/// </summary>
public sealed class MeterTotals : IDisposable
{
    // A server's routes by methods and statuses stay below it; what goes beyond is not worth a scraper's memory.
    private const int MostSeries = 1_000;

    private const int LongestTags = 1_024;

    /// <summary>Meters that are kept, with what begins like them.</summary>
    private static readonly string[] Kept = ["Cluster.", "Microsoft.AspNetCore.", "Microsoft.Orleans", "System.Runtime"];

    private readonly ConcurrentDictionary<Instrument, InstrumentTotals> _instruments = new();
    private readonly MeterListener _listener = new();
    private readonly Lock _reading = new();
    private readonly IMeterFactory _meters;

    /// <summary>Listens from now on to the meters of this host and to those that belong to the whole process.</summary>
    public MeterTotals(IMeterFactory meters)
    {
        _meters = meters;
        _listener.InstrumentPublished = Publish;
        _listener.MeasurementsCompleted = (instrument, _) => _instruments.TryRemove(instrument, out var _);
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, state) => Record(state, (double)value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.Start();
    }

    /// <summary>Reads what is observed, and then everything. One reading at a time.</summary>
    public T Read<T>(Func<IReadOnlyCollection<InstrumentTotals>, T> read)
    {
        lock (_reading)
        {
            foreach (var instrument in _instruments.Values) instrument.Observe();
            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException)
            {
                // One that cannot be observed now, as a queue of what is being closed, keeps none of the others from being read.
            }

            return read([.. _instruments.Values]);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Publish(Instrument instrument, MeterListener listener)
    {
        // Another host in the same process, as in a test, counts for itself.
        if (instrument.Meter.Scope is { } scope && !ReferenceEquals(scope, _meters)) return;
        if (!Kept.Any(name => instrument.Meter.Name.StartsWith(name, StringComparison.Ordinal))) return;
        var totals = _instruments.GetOrAdd(instrument, static key => new InstrumentTotals(key, MostSeries));
        listener.EnableMeasurementEvents(instrument, totals);
    }

    private static void Record(object? state, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var totals = (InstrumentTotals)state!;
        Span<char> text = stackalloc char[tags.IsEmpty ? 0 : LongestTags];
        totals.Of(tags, text).Add(value);
    }
}
