using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Simulation.Living;

namespace Simulation.Truths;

/// <summary>Invariant 6, and more: sequences have no gap, and whoever has followed a scope from the start knows how it stands.</summary>
internal static class FeedTruth
{
    private const int Page = 500;

    public static void Check(Office office, Staff staff)
    {
        office.PassTo(office.Now.AddSeconds(3 * office.Scenario.Speed));
        var stored = office.Stored();
        Claim.Holds("feed", stored.Crooked.Count == 0, () => $"sequences have gaps: {string.Join(' ', stored.Crooked)}");
        office.Browsers.CatchUp(stored, (scope, after) => office.Ask(silo => silo.Service<IFeedStore>().After(scope, after, Page)), office.Machine.Time.GetUtcNow());
        office.Browsers.Check();
        var alerts = stored.Alerts.ToDictionary(a => a.Id);
        foreach (var screen in office.Browsers.Screens)
        {
            var (kind, id) = screen.Scope.Split(':', 2) is [var k, var i] ? (k, i) : (null, null);
            Claim.Same(
                "feed",
                Lines(stored.Cases.Values.Where(c => kind is null || Field(c, kind) == id).Select(c => $"{c.Id} {c.Revision}")),
                Lines(screen.Cases.Values.Select(c => JsonNode.Parse(c)!).Where(c => kind is null || (string?)c[kind == "case" ? "id" : kind] == id).Select(c => $"{c["id"]} {c["revision"]}")),
                () => $"the cases of {screen.Scope} are those it was told of");
            Claim.Same(
                "feed",
                Lines(stored.Alerts.Where(a => IsOpen(a) && (kind is null || Field(a, kind) == id)).Select(a => a.Id)),
                Lines(screen.Alerts.Where(a => alerts.TryGetValue(a.Key, out var row) && IsOpen(row) && (kind is null || Field(row, kind) == id)).Select(a => a.Key)),
                () => $"the open alerts of {screen.Scope} are those it was told of");
            foreach (var (alert, json) in screen.Alerts)
            {
                Claim.Holds("feed", alerts.TryGetValue(alert, out var row), () => $"{screen.Scope} was told of {alert}, which is nowhere");
                if (kind is not null && Field(row!, kind) != id) continue;
                Claim.Holds("feed", row!.Json.AsSpan().SequenceEqual(json), () => $"{screen.Scope} knows {alert} as it stands\n  stored: {Encoding(row.Json)}\n  told:   {Encoding(json)}");
            }
        }

        var screens = office.Browsers.Screens.ToDictionary(s => s.Scope);
        foreach (var department in staff.Departments)
        {
            if (!screens["department:" + department].Others.TryGetValue("workload" + department, out var told)) continue;
            Claim.Same("feed", Undated(office.Ask(silo => silo.Grains.GetGrain<IDepartmentGrain>(department).Workload())!), Undated(told), () => $"the last workload told of {department}");
        }

        foreach (var code in Staff.Offices)
        {
            if (!screens["procuratorate:" + code].Others.TryGetValue("counters" + code, out var told)) continue;
            Claim.Same("feed", Undated(office.Ask(silo => silo.Grains.GetGrain<IProcuratorateGrain>(code).Counters())), Undated(told), () => $"the last counters told of {code}");
        }
    }

    private static bool IsOpen(AlertRow alert) => alert is { ClearedAt: null, RetractedAt: null, Status: not ("closed" or "dismissed") };

    public static string? Field(CaseRow row, string kind) => kind switch
    {
        "procuratorate" => row.Procuratorate,
        "department" => row.Department,
        "prosecutor" => row.Prosecutor,
        _ => row.Id,
    };

    public static string? Field(AlertRow row, string kind) => kind switch
    {
        "procuratorate" => row.Procuratorate,
        "department" => row.Department,
        "prosecutor" => row.Prosecutor,
        _ => row.Case,
    };

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Order(StringComparer.Ordinal));

    private static string Encoding(byte[] json) => JsonSerializer.Serialize(JsonNode.Parse(json));

    // Who is away today changes at midnight, with nobody to tell it.
    private static string Undated(byte[] json)
    {
        var body = JsonNode.Parse(json)!;
        foreach (var prosecutor in body["prosecutors"]?.AsArray() ?? []) prosecutor!.AsObject().Remove("onDuty");
        return body.ToJsonString();
    }
}
