using Orleans;
using Orleans.Concurrency;

namespace Cluster.Contracts;

/// <summary>One procuratorate: definition and the counters of its wall. The key is the unit code.</summary>
[Alias("cluster.procuratorate-grain")]
public interface IProcuratorateGrain : IGrainWithStringKey
{
    /// <summary>Creates or changes the procuratorate. Durable when it returns.</summary>
    [Alias("define")]
    Task Define(ProcuratorateDefinition definition);

    /// <summary>Learns the state of a case. Idempotent by revision.</summary>
    [Alias("observe"), AlwaysInterleave]
    Task Observe(CaseSummary summary);

    /// <summary>The definition, or null if nobody defined this procuratorate.</summary>
    [Alias("definition"), ReadOnly]
    Task<ProcuratorateDefinition?> Definition();

    /// <summary>Open alerts by level, category and department, and open cases, as JSON.</summary>
    [Alias("counters"), ReadOnly]
    Task<byte[]> Counters();
}
