using System.Runtime.CompilerServices;
using Cluster.Cases.Rules;
using Cluster.Contracts;

namespace Cluster.Grains.Cases;

/// <summary>What a procuratorate reports, made once for each definition.</summary>
internal static class ReportsOf
{
    private static readonly ConditionalWeakTable<ProcuratorateDefinition, Observability> Made = [];

    public static Observability Cached(ProcuratorateDefinition definition) =>
        Made.GetValue(definition, static d => Observability.Of(d.ReportsOn, d.ReportsOff));
}
