using System.Diagnostics.Metrics;

namespace Cluster.Embedded;

/// <summary>What the engine tells of itself, counted only when somebody looks.</summary>
internal sealed class EngineMeters(Engine engine, IMeterFactory meters)
{
    public void Begin()
    {
        var meter = meters.Create("Cluster.Engine");
        meter.CreateObservableGauge("cluster.engine.activations", () => Of(kind => kind.Count), "{activation}", "Grains in memory by kind.");
        meter.CreateObservableCounter("cluster.engine.calls", () => Of(kind => kind.Calls), "{call}", "Calls of grains by kind.");
        meter.CreateObservableGauge("cluster.engine.calls.waiting", () => Of(kind => kind.Activations.Sum(a => (long)a.Waiting)), "{call}", "Calls that wait for their turn, by kind.");
    }

    private IEnumerable<Measurement<long>> Of(Func<GrainClass, long> count) =>
        engine.Classes.Select(kind => new Measurement<long>(count(kind), new KeyValuePair<string, object?>("kind", kind.GrainType.ToString())));
}
