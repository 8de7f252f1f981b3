using System.Text.Json.Nodes;
using Cluster.Crash.Load;

namespace Cluster.Crash.Truth;

/// <summary>What all cases and alerts add up to, and whether everybody who counts them comes to the same.</summary>
internal sealed class Lists
{
    private static readonly string[] Shown = ["caseType", "stage", "procuratorate", "department", "prosecutor", "weight", "custody", "open", "version", "nextDueOn", "light"];

    private Lists(List<JsonNode> cases, List<JsonNode> alerts) => (Cases, OpenAlerts) = (cases, alerts);

    public List<JsonNode> Cases { get; }

    public List<JsonNode> OpenAlerts { get; }

    public static async Task<Lists> Read(Office office) => new(await office.List("/api/cases"), await office.List("/api/alerts?open=true"));

    /// <summary>Nothing is listed twice, and no case that somebody could take waits for a prosecutor.</summary>
    public void AreSound()
    {
        Claim.Holds(Cases.DistinctBy(Id).Count() == Cases.Count, () => "every case is listed once");
        Claim.Holds(OpenAlerts.DistinctBy(Id).Count() == OpenAlerts.Count, () => "every alert is listed once");
        JsonNode? waiting = Cases.Find(c => (bool)c["open"]! && c["department"] is not null && c["prosecutor"] is null);
        Claim.Holds(waiting is null, () => $"{Id(waiting!)} has an owner");
    }

    /// <summary>Workload of each department: who is on its roster, and the sum of the weights of their open cases.</summary>
    public async Task MatchWorkloads(Office office, IReadOnlyDictionary<string, List<JsonObject>> possible)
    {
        JsonNode units = await office.Get("/api/units");
        foreach (string department in Office.Departments)
        {
            JsonNode workload = await office.Get($"/api/departments/{department}/workload");
            var roster = units["prosecutors"]!.AsArray().Where(p => (string?)p!["department"] == department).ToDictionary(p => Id(p!), p => p!);
            var rows = workload["prosecutors"]!.AsArray().ToDictionary(p => Id(p!), p => p!);
            Claim.Holds(rows.Keys.Order().SequenceEqual(roster.Keys.Order()), () => $"the roster of {department}: {string.Join(' ', rows.Keys)}");
            List<JsonNode> here = Cases.FindAll(c => (bool)c["open"]! && (string?)c["department"] == department);
            Claim.Holds((int)workload["unassigned"]! == here.Count(c => c["prosecutor"] is null), () => $"unassigned of {department}: {workload["unassigned"]}");
            foreach ((string id, JsonNode row) in rows)
            {
                if (possible.TryGetValue(id, out List<JsonObject>? definitions))
                    Claim.Holds(definitions.Exists(d => Is(d, roster[id])), () => $"{id} is as last defined: {roster[id].ToJsonString()} is none of {string.Join(' ', definitions.Select(d => d.ToJsonString()))}");
                Claim.Holds((double)row["capacity"]! == (double)roster[id]["capacity"]! , () => $"capacity of {id}: {row["capacity"]}");
                List<JsonNode> mine = here.FindAll(c => (string?)c["prosecutor"] == id);
                double load = Math.Round(mine.Sum(c => (double)c["weight"]!) / (double)row["capacity"]!, 4);
                int alerts = OpenAlerts.Count(a => (string?)a["department"] == department && (string?)a["prosecutor"] == id);
                Claim.Holds(
                    Math.Abs((double)row["load"]! - load) < 0.0002 && (int)row["openCases"]! == mine.Count && (int)row["alerts"]! == alerts,
                    () => $"workload of {id}: {row.ToJsonString()}, while the lists say {load}, {mine.Count} cases, {alerts} alerts");
            }
        }
    }

    /// <summary>The counters of the wall.</summary>
    public void MatchCounters(JsonNode counters, string whose)
    {
        // A case whose acceptance has not come yet is nobody's.
        List<JsonNode> ours = OpenAlerts.FindAll(a => (string?)a["procuratorate"] == Office.Procuratorate);
        int open = Cases.Count(c => (bool)c["open"]! && (string?)c["procuratorate"] == Office.Procuratorate);
        Claim.Holds((int)counters["openCases"]! == open, () => $"{whose}: {counters["openCases"]} open cases, the list has {open}");
        Same(counters["levels"]!, "level");
        Same(counters["categories"]!, "category");

        void Same(JsonNode counted, string by)
        {
            string told = string.Join(' ', counted.AsObject().Where(c => (int)c.Value! > 0).Select(c => $"{c.Key}={c.Value}").Order(StringComparer.Ordinal));
            string listed = string.Join(' ', ours.CountBy(a => (string)a[by]!).Select(c => $"{c.Key}={c.Value}").Order(StringComparer.Ordinal));
            Claim.Holds(told == listed, () => $"{whose}, by {by}: {told}, the lists say {listed}");
        }
    }

    /// <summary>Who followed the feed knows what the lists say.</summary>
    public void MatchFollowed(Watcher watcher)
    {
        var followed = watcher.Followed();
        Claim.Holds(followed.Cases.Count == Cases.Count, () => $"the feed told of {followed.Cases.Count} cases, the list has {Cases.Count}");
        foreach (JsonNode listed in Cases)
        {
            JsonNode? told = followed.Cases.GetValueOrDefault(Id(listed));
            foreach (string field in Shown)
                Claim.Holds(told?[field]?.ToJsonString() == listed[field]?.ToJsonString(), () => $"{field} of {Id(listed)}: the feed says {told?[field]?.ToJsonString()}, the list {listed[field]?.ToJsonString()}");
        }
        string[] open = [.. followed.Alerts.Values.Where(a => a["clearedAt"] is null && a["retractedAt"] is null).Select(Alert).Order(StringComparer.Ordinal)];
        string[] list = [.. OpenAlerts.Select(Alert).Order(StringComparer.Ordinal)];
        Claim.Holds(open.SequenceEqual(list), () => $"open alerts: the feed alone has {string.Join(' ', open.Except(list).Take(5))}, the list alone {string.Join(' ', list.Except(open).Take(5))}");
        if (followed.Counters.TryGetValue(Office.Procuratorate, out JsonNode? counters)) MatchCounters(counters, "the last counters of the feed");
    }

    public static string Id(JsonNode item) => (string)item["id"]!;

    public static string Alert(JsonNode a) => $"{a["id"]} {a["level"]} {a["prosecutor"]}";

    private static bool Is(JsonObject defined, JsonNode unit) =>
        (double)defined["capacity"]! == (double)unit["capacity"]! && (bool)defined["onDuty"]! == (bool)unit["onDuty"]! && (string?)defined["department"] == (string?)unit["department"];
}
