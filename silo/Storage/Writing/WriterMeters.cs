using System.Diagnostics.Metrics;

namespace Cluster.Storage.Writing;

/// <summary>What the writer's loop tells of itself.</summary>
internal sealed class WriterMeters
{
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly InstrumentAdvice<int> Commits = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000] };

    private readonly Histogram<double> _commit;
    private readonly Histogram<double> _group;
    private readonly Histogram<int> _size;
    private readonly Counter<long> _events;

    /// <param name="waiting">Commits that wait for the disk.</param>
    public WriterMeters(IMeterFactory meters, Func<int> waiting)
    {
        var meter = meters.Create("Cluster.Journal");
        _commit = meter.CreateHistogram("cluster.journal.commit.duration", "s", "From handing a commit over to its being durable, or refused.", null, Seconds);
        _group = meter.CreateHistogram("cluster.journal.group.duration", "s", "One transaction of the writer, to the disk and back.", null, Seconds);
        _size = meter.CreateHistogram("cluster.journal.group.size", "{commit}", "Commits that were written in one transaction.", null, Commits);
        _events = meter.CreateCounter<long>("cluster.journal.events", "{event}", "Events in commits that were written: those of senders and the system's own.");
        meter.CreateObservableGauge("cluster.journal.waiting", waiting, "{commit}", "Commits that wait for the disk.");
    }

    public void Wrote(IReadOnlyList<Work> group, long begun, TimeProvider clock)
    {
        var ended = clock.GetTimestamp();
        _group.Record(clock.GetElapsedTime(begun, ended).TotalSeconds);
        if (group.Count == 0) return;
        _size.Record(group.Count);
        long events = 0;
        foreach (var work in group)
        {
            if (!work.IsRefused) events += work.Events;
            if (work.Since != 0) _commit.Record(clock.GetElapsedTime(work.Since, ended).TotalSeconds);
        }

        _events.Add(events);
    }
}
