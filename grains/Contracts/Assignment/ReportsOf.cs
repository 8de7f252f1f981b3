using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Cluster.Cases.Rules;

namespace Cluster.Contracts;

/// <summary>What a procuratorate reports, made once for each definition.</summary>
public static class ReportsOf
{
    private static readonly ConditionalWeakTable<ProcuratorateDefinition, Observability> Made = [];

    // Under each, one for every path that has rules of its own: as a rule one.
    private static readonly ConditionalWeakTable<Observability, ConcurrentDictionary<string, Observability>> Below = [];

    public static Observability Cached(ProcuratorateDefinition definition) =>
        Made.GetValue(definition, static d => Observability.Of(d.ReportsOn, d.ReportsOff));

    /// <summary>The same where offices have rules of their own.</summary>
    /// <param name="path">Those of the procuratorate and the ones above it that have.</param>
    public static Observability Within(Observability reports, IReadOnlyCollection<string> path) => path.Count == 0
        ? reports
        : Below.GetOrCreateValue(reports).GetOrAdd(string.Join('\n', path), static (_, of) => of.Reports.Within(of.Path), (Reports: reports, Path: path));
}
