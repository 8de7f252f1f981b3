using System.Text.Json.Nodes;
using Cluster.Cases.Assessment;
using Cluster.Cases.Rules;
using Cluster.Contracts;
using Simulation.Living;

namespace Simulation.Truths;

/// <summary>The rules that apply, read from what is published and from nothing that a running process remembers.</summary>
internal sealed class LawInForce(Office office)
{
    private LiveCatalogue _rules = new(Assessor.Default);

    public long Revision => _rules.Current.Revision;

    /// <summary>Rules that offices ever published.</summary>
    public IReadOnlyList<string> Touched => _rules.Current.Touched;

    public void Update()
    {
        if (office.Ask(silo => silo.Grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key).Contents(Revision)) is not { } contents) return;
        _rules = new LiveCatalogue(Assessor.Default);
        _rules.Adopt(contents);
    }

    public CaseAssessment Assess(Stored stored, CaseHistory history, DateTimeOffset now)
    {
        var assessor = _rules.Current.Assessor;
        return assessor.Assess(history, now, Reports(stored, assessor.Assess(history, now).Procuratorate));
    }

    private Observability Reports(Stored stored, string? procuratorate)
    {
        if (string.IsNullOrWhiteSpace(procuratorate)) return Observability.Default;
        var definition = Definition(stored, procuratorate);
        var reports = definition is null
            ? Observability.Default
            : Observability.Of([.. definition["reportsOn"]!.AsArray().Select(r => (string)r!)], [.. definition["reportsOff"]!.AsArray().Select(r => (string)r!)]);
        var path = new List<string> { procuratorate };
        while ((string?)definition?["parent"] is { Length: > 0 } above)
        {
            path.Add(above);
            definition = Definition(stored, above);
        }

        return ReportsOf.Within(reports, path.FindAll(_rules.Current.Catalogue.Scopes.Contains));
    }

    private static JsonNode? Definition(Stored stored, string code) =>
        stored.Units.FirstOrDefault(u => u.Kind == "procuratorate" && u.Id == code) is { } unit ? JsonNode.Parse(unit.Json) : null;
}
