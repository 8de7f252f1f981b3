using Cluster.Cases.Rules;
using Orleans;

namespace Cluster.Contracts;

/// <summary>What an office reports, and which offices' rules apply to its cases.</summary>
public static class OfficePath
{
    // There are four levels of procuratorates; a ring, which nobody should have defined, still ends.
    private const int Highest = 8;

    /// <param name="procuratorate">Code of the office, also of one that nobody defined.</param>
    public static async Task<Observability> Reports(string procuratorate, LiveRules live, IGrainFactory grains)
    {
        var definition = await grains.GetGrain<IProcuratorateGrain>(procuratorate).Definition();
        var reports = definition is null ? Observability.Default : ReportsOf.Cached(definition);
        if (live.Catalogue.Scopes.Count == 0) return reports;

        var path = new List<string> { procuratorate };
        while (definition?.Parent is { Length: > 0 } above && path.Count < Highest && !path.Contains(above))
        {
            path.Add(above);
            definition = await grains.GetGrain<IProcuratorateGrain>(above).Definition();
        }

        return ReportsOf.Within(reports, path.FindAll(live.Catalogue.Scopes.Contains));
    }
}
