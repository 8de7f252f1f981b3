using Cluster.Contracts;
using Orleans;

namespace Cluster.Grains.Cases;

/// <summary>The head of a case's stream, so that a long history need not be read whole. A cache: the journal alone gives the same.</summary>
[GenerateSerializer, Alias("cluster.case-snapshot")]
public sealed class CaseSnapshot
{
    [Id(0)]
    public long Version { get; set; }

    [Id(1)]
    public List<EventMessage> Events { get; set; } = [];
}
