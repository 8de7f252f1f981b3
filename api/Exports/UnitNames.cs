using Cluster.Api.Units;

namespace Cluster.Api.Exports;

/// <summary>Names of units that a reader gets to know; the others stand for themselves by their ids.</summary>
internal sealed class UnitNames(UnitTree tree, Rights rights)
{
    private readonly Dictionary<(string Kind, string Id), string> names =
        tree.Rows.Where(rights.Knows).GroupBy(u => (u.Kind, u.Id)).ToDictionary(u => u.Key, u => u.First().Name);

    public Cell Procuratorate(string? id) => Of(UnitTree.Procuratorate, id);

    public Cell Department(string? id) => Of(UnitTree.Department, id);

    public Cell Prosecutor(string? id) => Of(UnitTree.Prosecutor, id);

    private Cell Of(string kind, string? id) => Cell.Of(id is null ? null : names.GetValueOrDefault((kind, id), id));
}
