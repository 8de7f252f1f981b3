using System.Text;
using System.Text.Json.Nodes;
using Cluster.Cases.Assessment;
using Cluster.Cases.Assignment;
using Cluster.Cases.Events;
using Cluster.Cases.Rules;
using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Simulation;

/// <summary>What must stay true, whatever failed and whenever.</summary>
internal static class Truth
{
    private static readonly string[] Handling = ["status", "detectedAt", "retractedAt", "acts"];

    public static void Check(SimulatedOffice office)
    {
        AcknowledgedEventsAreInTheJournalOnce(office);
        NothingIsOverdue(office);
        Holds(!office.Silo.Store.OwedNow.Any(), () => $"nobody is owed news for long: {string.Join(' ', office.Silo.Store.OwedNow)}");
        foreach (var row in office.Disk.Cases.Values.ToList()) CaseIsWhatItsEventsSay(office, row);
        CasesOfNobodyAreInvisible(office);
        LoadsAddUp(office);
        DrawsAreTrue(office);
        FeedsTellTheTruth(office);
    }

    /// <summary>Invariant 4: no case sleeps over its time by more than a second of the machine.</summary>
    public static void NothingIsOverdue(SimulatedOffice office)
    {
        var latest = office.Now - TimeSpan.FromSeconds(Silo.Speed);
        foreach (var (caseId, at) in office.Disk.Due) Holds(at > latest, () => $"{caseId} was due at {at:O}, now it is {office.Now:O}");
    }

    // Invariant 1.
    private static void AcknowledgedEventsAreInTheJournalOnce(SimulatedOffice office)
    {
        foreach (var (stream, events) in office.Disk.Streams)
        {
            Holds(events.Select(e => e.Version).SequenceEqual(Enumerable.Range(1, events.Count).Select(n => (long)n)), () => $"versions of {stream}");
            foreach (var e in events) Holds(office.Disk.Holder[(e.Event.Source, e.Event.Id)] == stream, () => $"{e.Event.Id} is in {stream} only");
        }

        foreach (var sending in office.Sent)
        {
            if (sending.Answer is not { } answer) continue;
            for (var i = 0; i < answer.Length; i++)
            {
                var e = sending.Events[i];
                var holder = office.Disk.Holder.GetValueOrDefault((e.Source, e.Id));
                Holds(answer[i].Status != EventStatus.Rejected, () => $"{e.Id} is well-formed");
                Holds(answer[i].Status == EventStatus.Accepted ? holder == "case:" + sending.Case : holder is not null, () => $"{e.Id} was acknowledged to {sending.Case} and is in {holder ?? "no stream"}");
            }
        }
    }

    // Invariants 2, 3 and 4.
    private static void CaseIsWhatItsEventsSay(SimulatedOffice office, CaseRow row)
    {
        var history = CaseHistory.Of(office.Disk.EventsOf("case:" + row.Id)
            .Select(e => EventReader.Restore(e.Event.Source, e.Event.Id, e.Event.Type, e.Event.Time, e.Event.RecordedTime, e.Event.Data)));
        var answer = office.Ask(grains => grains.GetGrain<ICaseGrain>(row.Id).Read(null));
        Holds(answer is not null, () => $"{row.Id} can be read");
        var now = DateTimeOffset.Parse((string)JsonNode.Parse(answer!.Json)!["asOf"]!, System.Globalization.CultureInfo.InvariantCulture);
        var first = Assessor.Default.Assess(history, now);
        var assessment = Assessor.Default.Assess(history, now, Reports(office, first.Procuratorate));
        var scratch = CaseJson.Case(row.Id, history, assessment, static (_, _) => Cluster.Cases.Assessment.Handling.None);
        Same(Plain(scratch), Plain(answer.Json), () => $"{row.Id} as read is as assessed from scratch");
        Holds((row.Stage, row.Procuratorate, row.Department, row.Prosecutor, row.Open, row.CaseType) == (assessment.Stage, assessment.Procuratorate, assessment.Department, assessment.Prosecutor, assessment.Open, assessment.CaseType), () => $"the row of {row.Id} is as assessed: {row}");
        Holds(row.Version == history.All.Count && row.Weight == assessment.Weight.Value, () => $"version and weight of {row.Id}");

        var alerts = office.Disk.Alerts.Values.Where(a => a.Case == row.Id).ToList();
        Holds(alerts.Select(a => (a.Rule, a.Subject, a.Instance)).Distinct().Count() == alerts.Count, () => $"one alert for each finding of {row.Id}");
        Holds(alerts.All(a => a.DetectedAt >= a.RaisedAt), () => $"no alert of {row.Id} came early");
        var standing = alerts.Where(a => a.RetractedAt is null).Select(a => Stripped(JsonNode.Parse(a.Json)!)).Order(StringComparer.Ordinal);
        var found = JsonNode.Parse(scratch)!["alerts"]!.AsArray().Select(a => Stripped(a!)).Order(StringComparer.Ordinal);
        Same(string.Join('\n', found), string.Join('\n', standing), () => $"the alerts of {row.Id} are its findings");

        var due = office.Disk.Due.TryGetValue(row.Id, out var at) ? at : (DateTimeOffset?)null;
        Holds(assessment.NextChange is null || due <= assessment.NextChange, () => $"{row.Id} changes at {assessment.NextChange:O} and is due at {due:O}");
        var waits = assessment is { Open: true, Prosecutor: null } && assessment.CaseType.Length > 0 && !string.IsNullOrWhiteSpace(assessment.Department);
        Holds(waits || due == assessment.NextChange, () => $"{row.Id} changes at {assessment.NextChange:O} and is due at {due:O}");
    }

    private static void CasesOfNobodyAreInvisible(SimulatedOffice office)
    {
        foreach (var (stream, events) in office.Disk.Streams)
        {
            if (!stream.StartsWith("case:", StringComparison.Ordinal)) continue;
            var reported = events.Exists(e => !e.Event.Source.StartsWith("/cluster/", StringComparison.Ordinal));
            Holds(reported == office.Disk.Cases.ContainsKey(stream["case:".Length..]), () => $"{stream} is visible exactly if somebody reported it");
        }
    }

    // Invariant 5.
    private static void LoadsAddUp(SimulatedOffice office)
    {
        var cases = office.Disk.Cases.Values.ToList();
        var alerts = office.Disk.Alerts.Values.Where(a => a is { ClearedAt: null, RetractedAt: null }).ToList();
        foreach (var prosecutor in SimulatedOffice.KnownProsecutors)
        {
            var load = office.Ask(grains => grains.GetGrain<IProsecutorGrain>(prosecutor).Load());
            var mine = cases.Where(c => c.Open && c.Prosecutor == prosecutor).ToList();
            Holds(
                (Math.Round(load.Weight, 6), load.OpenCases, load.OpenAlerts) == (Math.Round(mine.Sum(c => c.Weight), 6), mine.Count, alerts.Count(a => a.Prosecutor == prosecutor)),
                () => $"load of {prosecutor}: {load}, not {mine.Sum(c => c.Weight)}, {mine.Count}, {alerts.Count(a => a.Prosecutor == prosecutor)}");
        }

        foreach (var department in SimulatedOffice.KnownDepartments)
        {
            var workload = JsonNode.Parse(office.Ask(grains => grains.GetGrain<IDepartmentGrain>(department).Workload())!)!;
            var here = cases.Where(c => c.Open && c.Department == department).ToList();
            Holds((int)workload["unassigned"]! == here.Count(c => c.Prosecutor is null), () => $"{department} has {here.Count(c => c.Prosecutor is null)} unassigned cases, not {workload["unassigned"]}");
            var roster = office.Disk.Units.Values.Where(u => u.Kind == "prosecutor" && u.Parent == department).Select(u => u.Id);
            Same(string.Join(' ', roster), string.Join(' ', workload["prosecutors"]!.AsArray().Select(p => (string?)p!["id"])), () => $"roster of {department}");
            foreach (var row in workload["prosecutors"]!.AsArray())
            {
                var mine = here.Where(c => c.Prosecutor == (string?)row!["id"]).ToList();
                Holds(
                    ((double)row!["load"]!, (int)row["openCases"]!, (int)row["alerts"]!)
                        == (Math.Round(mine.Sum(c => c.Weight) / (double)row["capacity"]!, 4), mine.Count, alerts.Count(a => a.Department == department && a.Prosecutor == (string?)row["id"])),
                    () => $"workload of {row["id"]} in {department}: {row.ToJsonString()}, open: {string.Join(' ', mine.Select(c => $"{c.Id}/{c.Weight}"))}");
            }
        }

        foreach (var code in SimulatedOffice.KnownOffices)
        {
            var counters = JsonNode.Parse(office.Ask(grains => grains.GetGrain<IProcuratorateGrain>(code).Counters()))!;
            var mine = alerts.Where(a => a.Procuratorate == code).ToList();
            Holds((int)counters["openCases"]! == cases.Count(c => c.Open && c.Procuratorate == code), () => $"open cases of {code}: {counters["openCases"]}");
            Same(Counted(mine, a => a.Level), Counts(counters["levels"]!), () => $"levels of {code}");
            Same(Counted(mine, a => a.Category), Counts(counters["categories"]!), () => $"categories of {code}");
        }
    }

    private static void DrawsAreTrue(SimulatedOffice office)
    {
        var today = Cluster.Law.LegalTime.DateOf(office.Now);
        foreach (var department in SimulatedOffice.KnownDepartments)
        {
            var days = JsonNode.Parse(office.Ask(grains => grains.GetGrain<IDepartmentGrain>(department).Draws(today.AddDays(-60), today)))!.AsArray();
            foreach (var day in days)
            {
                if ((string?)day!["secret"] is null) continue;
                var faults = DrawVerifier.Verify(day.ToJsonString());
                Holds(faults.Count == 0, () => $"the draws of {department} on {day["date"]} can be recomputed: {string.Join(' ', faults)}");
            }

            var chosen = days.SelectMany(d => d!["draws"]!.AsArray().Select(w => ($"{department}/{d["date"]}/{w!["number"]}", ((string?)w["case"], (string?)w["chosen"])))).ToDictionary();
            foreach (var (stream, events) in office.Disk.Streams)
            {
                foreach (var e in events.Where(e => e.Event.Source == CaseOwnership.DrawSource && e.Event.Id.StartsWith(department + "/", StringComparison.Ordinal)))
                {
                    var prosecutor = (string?)JsonNode.Parse(e.Event.Data)!["prosecutor"];
                    Holds(chosen.GetValueOrDefault(e.Event.Id) == (stream["case:".Length..], prosecutor), () => $"{e.Event.Id} gave {stream} to {prosecutor}, and is published as {chosen.GetValueOrDefault(e.Event.Id)}");
                }
            }
        }
    }

    // Invariant 6, and more: whoever has followed a scope from the start knows how it stands.
    private static void FeedsTellTheTruth(SimulatedOffice office)
    {
        office.PassTo(office.Now.AddSeconds(3 * Silo.Speed));
        foreach (var (scope, items) in office.Disk.Feed)
        {
            Holds(items.Select(i => i.Sequence).SequenceEqual(Enumerable.Range(1, items.Count).Select(n => (long)n)), () => $"sequence of {scope}");
            var cases = new Dictionary<string, JsonNode>();
            var alerts = new Dictionary<string, JsonNode>();
            foreach (var item in items)
            {
                if (item.Kind is not ("case" or "alert")) continue;
                var payload = JsonNode.Parse(item.Payload)!;
                (item.Kind == "case" ? cases : alerts)[(string)payload["id"]!] = payload;
            }

            Func<JsonNode, bool> mine = scope.Split(':') is [var kind, var id] ? p => (string?)p[kind == "case" ? p["case"] is null ? "id" : "case" : kind] == id : _ => true;
            Same(
                string.Join('\n', office.Disk.Cases.Values.Select(r => JsonNode.Parse(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(r, System.Text.Json.JsonSerializerOptions.Web))!).Where(mine).Select(p => $"{p["id"]} {p["revision"]}")),
                string.Join('\n', cases.Values.Where(mine).Select(p => $"{p["id"]} {p["revision"]}").Order(StringComparer.Ordinal)),
                () => $"the cases of {scope} are those it was told of");
            Same(
                string.Join('\n', office.Disk.Alerts.Values.Where(IsOpen).Select(a => JsonNode.Parse(a.Json)!).Where(mine).Select(a => a.ToJsonString()).Order(StringComparer.Ordinal)),
                string.Join('\n', alerts.Values.Where(mine).Where(a => a["clearedAt"] is null && a["retractedAt"] is null).Select(a => a.ToJsonString()).Order(StringComparer.Ordinal)),
                () => $"the open alerts of {scope} are those it was told of");
        }

        foreach (var department in SimulatedOffice.KnownDepartments)
            Same(Told(office, "department:" + department, "workload"), Undated(office.Ask(grains => grains.GetGrain<IDepartmentGrain>(department).Workload())!), () => $"the last workload told of {department}");
        foreach (var code in SimulatedOffice.KnownOffices)
            Same(Told(office, "procuratorate:" + code, "counters"), Undated(office.Ask(grains => grains.GetGrain<IProcuratorateGrain>(code).Counters())), () => $"the last counters told of {code}");
    }

    private static bool IsOpen(AlertRow alert) => alert is { ClearedAt: null, RetractedAt: null };

    private static string Told(SimulatedOffice office, string scope, string kind) => Undated(office.Disk.Feed[scope].Last(i => i.Kind == kind).Payload);

    // Who is away today changes at midnight, with nobody to tell it.
    private static string Undated(byte[] json)
    {
        var body = JsonNode.Parse(json)!;
        foreach (var prosecutor in body["prosecutors"]?.AsArray() ?? []) prosecutor!.AsObject().Remove("onDuty");
        return body.ToJsonString();
    }

    private static Observability Reports(SimulatedOffice office, string? procuratorate)
    {
        if (procuratorate is null || !office.Disk.Units.TryGetValue(("procuratorate", procuratorate), out var unit)) return Observability.Default;
        var definition = JsonNode.Parse(unit.Json)!;
        return Observability.Of([.. definition["reportsOn"]!.AsArray().Select(r => (string)r!)], [.. definition["reportsOff"]!.AsArray().Select(r => (string)r!)]);
    }

    private static string Counted(IEnumerable<AlertRow> alerts, Func<AlertRow, string> by) =>
        string.Join(' ', alerts.GroupBy(by).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key}={g.Count()}"));

    private static string Counts(JsonNode counts) => string.Join(' ', counts.AsObject().OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={c.Value}"));

    private static string Plain(byte[] json)
    {
        var body = JsonNode.Parse(Encoding.UTF8.GetString(json))!.AsObject();
        foreach (var alert in body["alerts"]!.AsArray()) Strip(alert!);
        return body.ToJsonString();
    }

    private static string Stripped(JsonNode alert)
    {
        Strip(alert);
        return alert.ToJsonString();
    }

    private static void Strip(JsonNode alert)
    {
        foreach (var name in Handling) alert.AsObject().Remove(name);
    }

    private static void Same(string expected, string actual, Func<string> what) =>
        Holds(expected == actual, () => $"{what()}\n  expected: {expected}\n  actual:   {actual}");

    private static void Holds(bool condition, Func<string> what)
    {
        if (!condition) throw new InvalidOperationException("Not true: " + what());
    }
}
