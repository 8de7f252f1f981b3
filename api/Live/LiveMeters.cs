using System.Diagnostics.Metrics;

namespace Cluster.Api.Live;

/// <summary>What live connections tell of themselves.</summary>
internal sealed class LiveMeters
{
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    };

    private readonly Counter<long> items;
    private readonly Histogram<double> lag;
    private readonly TimeProvider clock;

    public LiveMeters(IMeterFactory meters, Farewell farewell, TimeProvider clock)
    {
        this.clock = clock;
        Meter meter = meters.Create("Cluster.Hub");
        meter.CreateObservableGauge("cluster.hub.clients", () => farewell.Connections, "{client}", "Live connections.");
        items = meter.CreateCounter<long>("cluster.hub.items", "{item}", "Items of feeds sent to clients.");
        lag = meter.CreateHistogram("cluster.feed.lag", "s", "From a commit to the sending of the oldest item of a message that it fed; messages read from the store are not measured.", null, Seconds);
    }

    /// <summary>Items were sent.</summary>
    /// <param name="count">How many.</param>
    /// <param name="since">Timestamp at which the first of them was committed; 0 if nobody knows.</param>
    public void Sent(int count, long since)
    {
        items.Add(count);
        if (since != 0) lag.Record(clock.GetElapsedTime(since).TotalSeconds);
    }
}
