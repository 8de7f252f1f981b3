using System.Diagnostics.Metrics;
using Cluster.Contracts;

namespace Cluster.Silo.Due;

/// <summary>
/// What the due service tells of itself. Lateness is what the legal clock reads when a wake starts (or has ended) less the
/// instant at which it was due, in real seconds: on a simulated clock, divided by its speed. A clock that is set moves it with it.
/// </summary>
internal sealed class DueMetrics
{
    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 3600, 21600, 86400],
    };

    private readonly LegalClock _clock;
    private readonly Histogram<double> _started;
    private readonly Histogram<double> _finished;

    public DueMetrics(IMeterFactory meters, DueQueue queue, LegalClock clock)
    {
        _clock = clock;
        var meter = meters.Create("Cluster.Due");
        _started = meter.CreateHistogram("cluster.due.lateness", "s", "From the instant a case was due to the start of its first wake.", null, Buckets);
        _finished = meter.CreateHistogram("cluster.due.completion", "s", "From the instant a case was due to the end of the wake that succeeded.", null, Buckets);
        meter.CreateObservableGauge("cluster.due.waiting", () => queue.Waiting, "{case}", "Wakes held in memory until their time.");
        meter.CreateObservableGauge("cluster.due.waking", () => queue.Taken, "{case}", "Cases being woken.");
        meter.CreateObservableGauge("cluster.due.failing", () => queue.Failing, "{case}", "Cases whose last wake failed; each is tried again after a pause.");
    }

    public void Started(DateTimeOffset at) => _started.Record(Late(at));

    public void Finished(DateTimeOffset at) => _finished.Record(Late(at));

    private double Late(DateTimeOffset at) => (_clock.GetUtcNow() - at).TotalSeconds / _clock.Speed;
}
