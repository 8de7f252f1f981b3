using System.Collections.Frozen;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Units;

/// <summary>Procuratorates, departments and prosecutors as they hang together. Immutable.</summary>
internal sealed class UnitTree
{
    public const string Procuratorate = "procuratorate", Department = "department", Prosecutor = "prosecutor";

    private readonly FrozenDictionary<string, UnitRow> procuratorates, departments, prosecutors;
    private readonly ILookup<string?, UnitRow> below;

    public UnitTree(IReadOnlyList<UnitRow> rows)
    {
        Rows = rows;
        procuratorates = Of(Procuratorate);
        departments = Of(Department);
        prosecutors = Of(Prosecutor);
        below = procuratorates.Values.ToLookup(p => p.Parent);
    }

    public static UnitTree Empty { get; } = new([]);

    public IReadOnlyList<UnitRow> Rows { get; }

    public IEnumerable<string> Procuratorates => procuratorates.Keys;

    public bool HasProcuratorate(string code) => procuratorates.ContainsKey(code);

    public bool HasDepartment(string id) => departments.ContainsKey(id);

    public UnitRow? FindProsecutor(string id) => prosecutors.GetValueOrDefault(id);

    public string? ProcuratorateOf(string department) => departments.GetValueOrDefault(department)?.Parent;

    public string? DepartmentOf(string prosecutor) => prosecutors.GetValueOrDefault(prosecutor)?.Parent;

    public IEnumerable<string> DepartmentsOf(string procuratorate) =>
        departments.Values.Where(d => d.Parent == procuratorate).Select(d => d.Id);

    /// <summary>A procuratorate and everything under it. A code that nobody defined stands for itself.</summary>
    public IReadOnlyList<string> AndBelow(string procuratorate)
    {
        // In the order found; a ring, which nobody should have defined, still ends.
        var found = new HashSet<string> { procuratorate };
        var open = new Queue<string>(found);
        while (open.TryDequeue(out string? code))
        {
            foreach (UnitRow row in below[code])
            {
                if (found.Add(row.Id)) open.Enqueue(row.Id);
            }
        }
        return [.. found];
    }

    /// <summary>A procuratorate and those above it. A code that nobody defined stands for itself.</summary>
    public IReadOnlyList<string> AndAbove(string procuratorate)
    {
        var path = new List<string> { procuratorate };
        while (procuratorates.GetValueOrDefault(path[^1])?.Parent is { Length: > 0 } parent && !path.Contains(parent)) path.Add(parent);
        return path;
    }

    /// <summary>Whether two trees give the same rights to everybody.</summary>
    public bool SameShape(UnitTree other) =>
        Rows.Count == other.Rows.Count
        && Rows.Select(Shape).ToHashSet().SetEquals(other.Rows.Select(Shape));

    private static (string, string, string?) Shape(UnitRow row) => (row.Kind, row.Id, row.Parent);

    private FrozenDictionary<string, UnitRow> Of(string kind) =>
        Rows.Where(r => r.Kind == kind).ToFrozenDictionary(r => r.Id, StringComparer.Ordinal);
}
