using System.Runtime.CompilerServices;
using Cluster.Cases.Rules;

namespace Cluster.Contracts;

/// <summary>What a procuratorate reports, made once for each definition.</summary>
public static class ReportsOf
{
    private static readonly ConditionalWeakTable<ProcuratorateDefinition, Observability> Made = [];

    public static Observability Cached(ProcuratorateDefinition definition) =>
        Made.GetValue(definition, static d => Observability.Of(d.ReportsOn, d.ReportsOff));
}
