using Cluster.Cases.Rules;
using Cluster.Contracts;
using Cluster.Grains.Assignment;

namespace Cluster.Grains.Verifying;

/// <summary>What procuratorates reported, and when they declared it, as their streams tell it.</summary>
public sealed class StoredOffices
{
    // There are four levels of procuratorates; a ring, which nobody should have defined, still ends.
    private const int Highest = 8;

    private readonly Dictionary<string, List<(DateTimeOffset Since, ProcuratorateDefinition Definition)>> _offices = new(StringComparer.Ordinal);

    /// <summary>Takes in an event of a procuratorate's stream, in the order of the stream.</summary>
    public void Apply(string code, EventMessage e)
    {
        if (e.Type != "procuratorate.defined") return;
        if (!_offices.TryGetValue(code, out var definitions)) _offices[code] = definitions = [];
        definitions.Add((e.Time, UnitJson.Read<ProcuratorateDefinition>(e.Data)));
    }

    /// <summary>What may have counted as reported when a case was last looked at, the latest first: declaring it anew wakes no case.</summary>
    /// <param name="since">When the case was last changed; it may have been looked at later.</param>
    public IEnumerable<Observability> Reports(string? procuratorate, DateTimeOffset since, IReadOnlySet<string> scopes)
    {
        if (string.IsNullOrWhiteSpace(procuratorate) || !_offices.TryGetValue(procuratorate, out var definitions))
        {
            yield return Within(Observability.Default, procuratorate, scopes);
            yield break;
        }
        for (var i = definitions.Count - 1; i >= 0; i--)
        {
            yield return Within(ReportsOf.Cached(definitions[i].Definition), procuratorate, scopes);
            if (definitions[i].Since <= since) yield break;
        }
        yield return Within(Observability.Default, procuratorate, scopes);
    }

    private Observability Within(Observability reports, string? procuratorate, IReadOnlySet<string> scopes)
    {
        var path = new List<string>();
        for (var code = procuratorate; !string.IsNullOrEmpty(code) && path.Count < Highest && !path.Contains(code); code = ParentOf(code)) path.Add(code);
        return ReportsOf.Within(reports, path.FindAll(scopes.Contains));
    }

    private string? ParentOf(string code) => _offices.TryGetValue(code, out var definitions) ? definitions[^1].Definition.Parent : null;
}
