using System.Text.Json.Nodes;
using Cluster.Cases.Assessment;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Simulation.Living;

namespace Simulation.Truths;

/// <summary>Invariant 5: what prosecutors, departments and procuratorates carry is what their cases say.</summary>
internal static class LoadTruth
{
    public static void Check(Office office, Stored stored, Staff staff, IReadOnlyDictionary<string, Expected> expected)
    {
        var cases = expected.ToDictionary(e => e.Key, e => e.Value.Assessment);
        var open = stored.Alerts.Where(a => a is { ClearedAt: null, RetractedAt: null, Status: not ("closed" or "dismissed") }).ToList();
        foreach (var prosecutor in staff.Prosecutors) CheckProsecutor(office, prosecutor, cases, open);
        foreach (var department in staff.Departments) CheckDepartment(office, stored, department, cases, open);
        foreach (var code in Staff.Offices) CheckProcuratorate(office, code, cases, open);
    }

    private static void CheckProsecutor(Office office, string prosecutor, Dictionary<string, CaseAssessment> cases, List<AlertRow> open)
    {
        var load = office.Ask(silo => silo.Grains.GetGrain<IProsecutorGrain>(prosecutor).Load());
        var mine = cases.Values.Where(c => c.Open && c.Prosecutor == prosecutor).ToList();
        Claim.Same(
            "load",
            $"{Math.Round(mine.Sum(c => c.Weight.Value), 6)} {mine.Count} {open.Count(a => a.Prosecutor == prosecutor)}",
            $"{Math.Round(load.Weight, 6)} {load.OpenCases} {load.OpenAlerts}",
            () => $"load of {prosecutor}");
    }

    private static void CheckDepartment(Office office, Stored stored, string department, Dictionary<string, CaseAssessment> cases, List<AlertRow> open)
    {
        var workload = JsonNode.Parse(office.Ask(silo => silo.Grains.GetGrain<IDepartmentGrain>(department).Workload())!)!;
        var here = cases.Values.Where(c => c.Open && c.Department == department).ToList();
        Claim.Holds("load", (int)workload["unassigned"]! == here.Count(c => c.Prosecutor is null), () => $"{department} has {here.Count(c => c.Prosecutor is null)} unassigned cases, not {workload["unassigned"]}");
        var roster = stored.Units.Where(u => u.Kind == "prosecutor" && u.Parent == department).Select(u => u.Id);
        Claim.Same("roster", string.Join(' ', roster), string.Join(' ', workload["prosecutors"]!.AsArray().Select(p => (string?)p!["id"])), () => $"roster of {department}");
        foreach (var row in workload["prosecutors"]!.AsArray())
        {
            var mine = here.Where(c => c.Prosecutor == (string?)row!["id"]).ToList();
            Claim.Same(
                "load",
                $"{Math.Round(mine.Sum(c => c.Weight.Value) / (double)row!["capacity"]!, 4)} {mine.Count} {open.Count(a => a.Department == department && a.Prosecutor == (string?)row["id"])}",
                $"{(double)row["load"]!} {row["openCases"]} {row["alerts"]}",
                () => $"workload of {row["id"]} in {department}, open: {string.Join(' ', cases.Where(c => mine.Contains(c.Value)).Select(c => $"{c.Key}/{c.Value.Weight.Value}"))}");
        }
    }

    private static void CheckProcuratorate(Office office, string code, Dictionary<string, CaseAssessment> cases, List<AlertRow> open)
    {
        var counters = JsonNode.Parse(office.Ask(silo => silo.Grains.GetGrain<IProcuratorateGrain>(code).Counters()))!;
        var mine = open.Where(a => a.Procuratorate == code).ToList();
        Claim.Holds("load", (int)counters["openCases"]! == cases.Values.Count(c => c.Open && c.Procuratorate == code), () => $"open cases of {code}: {counters["openCases"]}");
        Claim.Same("load", Counted(mine, a => a.Level), Counts(counters["levels"]!), () => $"levels of {code}");
        Claim.Same("load", Counted(mine, a => a.Category), Counts(counters["categories"]!), () => $"categories of {code}");
    }

    private static string Counted(IEnumerable<AlertRow> alerts, Func<AlertRow, string> by) =>
        string.Join(' ', alerts.GroupBy(by).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key}={g.Count()}"));

    private static string Counts(JsonNode counts) => string.Join(' ', counts.AsObject().OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={c.Value}"));
}
