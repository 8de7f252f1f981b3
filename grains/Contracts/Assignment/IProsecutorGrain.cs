using Orleans;
using Orleans.Concurrency;

namespace Cluster.Contracts;

/// <summary>One prosecutor: definition, open cases and load. The key is the prosecutor id.</summary>
[Alias("cluster.prosecutor-grain")]
public interface IProsecutorGrain : IGrainWithStringKey
{
    /// <summary>Creates or changes the prosecutor and the roster entry of the department. Durable when it returns.</summary>
    [Alias("define")]
    Task Define(ProsecutorDefinition definition);

    /// <summary>The definition, or null if nobody defined this prosecutor.</summary>
    [Alias("definition"), ReadOnly]
    Task<ProsecutorDefinition?> Definition();

    /// <summary>Learns the state of a case. Idempotent by revision.</summary>
    [Alias("observe"), AlwaysInterleave]
    Task Observe(CaseSummary summary);

    /// <summary>Open weight and open cases.</summary>
    [Alias("load"), ReadOnly]
    Task<ProsecutorLoad> Load();
}

/// <summary>The workload of one prosecutor.</summary>
/// <param name="Weight">Sum of the weights of the open cases.</param>
[GenerateSerializer, Immutable, Alias("cluster.prosecutor-load")]
public sealed record ProsecutorLoad(
    [property: Id(0)] double Weight,
    [property: Id(1)] int OpenCases,
    [property: Id(2)] int OpenAlerts);
