using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Contracts;

namespace Cluster.Api.Demo;

/// <summary>Deals the cases from before the demo to the qualified prosecutors of their department in turn.</summary>
internal sealed class PastAssignments
{
    private static readonly TimeSpan After = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, string[]> _rosters;
    private readonly Dictionary<string, int> _turns = new(StringComparer.Ordinal);

    public PastAssignments(IEnumerable<DemoProsecutor> prosecutors) => _rosters = prosecutors
        .Where(p => p.Body["qualified"]?.GetValue<bool>() != false)
        .GroupBy(p => p.Body["department"]!.GetValue<string>())
        .ToDictionary(g => g.Key, g => g.Select(p => p.Id).Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);

    /// <summary>The assignment that followed an acceptance; null where the department has nobody.</summary>
    public EventMessage? Next(DemoEvent accepted)
    {
        string? department = accepted.Data["department"]?.GetValue<string>();
        if (department is null || !_rosters.TryGetValue(department, out string[]? roster)) return null;
        int turn = _turns.GetValueOrDefault(department);
        _turns[department] = turn + 1;
        var data = new JsonObject { ["prosecutor"] = roster[turn % roster.Length], ["mode"] = "rotation", ["origin"] = "generated" };
        return new EventMessage(accepted.Source, accepted.Id + "-assigned", "case.assigned", accepted.Time + After, null, JsonSerializer.SerializeToUtf8Bytes(data));
    }
}
