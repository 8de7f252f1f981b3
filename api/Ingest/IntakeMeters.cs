using System.Diagnostics.Metrics;

namespace Cluster.Api.Ingest;

/// <summary>What the intake of events tells of itself.</summary>
internal sealed class IntakeMeters
{
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private readonly Counter<long> events;
    private readonly Histogram<double> latency;
    private readonly TimeProvider clock;

    public IntakeMeters(IMeterFactory meters, Admission admission, TimeProvider clock)
    {
        this.clock = clock;
        Meter meter = meters.Create("Cluster.Events");
        events = meter.CreateCounter<long>("cluster.events", "{event}", "Events answered, by what became of them.");
        latency = meter.CreateHistogram("cluster.events.latency", "s", "From the arrival of a request with events, or of a part of a stream, to its answer.", null, Seconds);
        meter.CreateObservableGauge("cluster.events.pending", () => admission.Pending, "{event}", "Events of requests that wait for their answer, streams apart.");
        meter.CreateObservableGauge("cluster.events.room", () => admission.Room, "{event}", "Events that may wait at the present pace.");
    }

    /// <summary>The timestamp from which latency is measured.</summary>
    public long Arrived() => clock.GetTimestamp();

    public void Answered(long arrived, IReadOnlyList<EventResult> results)
    {
        latency.Record(clock.GetElapsedTime(arrived).TotalSeconds);
        int accepted = 0, duplicate = 0;
        foreach (EventResult result in results)
        {
            if (result.Status == EventResult.Accepted) accepted++;
            else if (result.Status == EventResult.Duplicate) duplicate++;
        }
        Add(EventResult.Accepted, accepted);
        Add(EventResult.Duplicate, duplicate);
        Add(EventResult.Rejected, results.Count - accepted - duplicate);
    }

    private void Add(string outcome, int count)
    {
        if (count > 0) events.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
    }
}
