using System.Text.Json;
using Cluster.Cases.Assessment;
using Cluster.Contracts;
using Cluster.Law;
using Microsoft.Extensions.Logging;

namespace Cluster.Grains.Cases;

public sealed partial class CaseGrain
{
    private const int LongestText = 200;
    private const int LongestCaseId = 128;

    public async Task Deliver()
    {
        // One at a time, so that revisions reach everybody in order.
        _deliverAgain = true;
        if (_delivering) return;
        _delivering = true;
        while (_deliverAgain)
        {
            _deliverAgain = false;
            await DeliverLatest();
        }

        _delivering = false;
    }

    private async Task DeliverLatest()
    {
        if (_row is not { } row) return;
        var summary = Summary();
        try
        {
            await Task.WhenAll(Receivers().Select(observe => observe(summary)));
            await Link();
            due.Delivered(Id, row.Revision);
        }
        catch (Exception e)
        {
            // Stays undelivered in the store; recovery and the next revision send it again.
            LogDeliveryFailed(e, row.Revision);
        }
    }

    private CaseSummary Summary() => _row is { } row
        ? new CaseSummary(
            Id, row.Revision, row.Procuratorate, row.Department, row.Prosecutor, row.CaseType, row.Weight, row.Open,
            [.. _alerts.Open.GroupBy(a => (a.Category, a.Level)).Select(g => new AlertCount(g.Key.Category, g.Key.Level, g.Count()))])
        : new CaseSummary(Id, 0, null, null, null, "", 0, false, []);

    /// <summary>Everybody who has the case, and everybody who ever had it and must learn that it left.</summary>
    private IEnumerable<Func<CaseSummary, Task>> Receivers()
    {
        var procuratorates = new HashSet<string>(StringComparer.Ordinal);
        var departments = new HashSet<string>(StringComparer.Ordinal);
        var prosecutors = new HashSet<string>(StringComparer.Ordinal);
        foreach (var e in _history.All)
        {
            if (e.Type == "event.corrected")
            {
                using var correction = JsonDocument.Parse(e.Raw);
                if (!correction.RootElement.TryGetProperty("data", out var changed) || changed.ValueKind != JsonValueKind.Object) continue;
                Add(procuratorates, Text(changed, "procuratorate"));
                Add(departments, Text(changed, "department"));
                Add(prosecutors, Text(changed, "prosecutor"));
                continue;
            }

            Add(procuratorates, e.Data["procuratorate"].Text);
            Add(departments, e.Data["department"].Text);
            if (e.Type is "case.assigned" or "case.reassigned") Add(prosecutors, e.Data["prosecutor"].Text);
        }

        foreach (var code in procuratorates) yield return s => GrainFactory.GetGrain<IProcuratorateGrain>(code).Observe(s);
        foreach (var id in departments) yield return s => GrainFactory.GetGrain<IDepartmentGrain>(id).Observe(s);
        foreach (var id in prosecutors) yield return s => GrainFactory.GetGrain<IProsecutorGrain>(id).Observe(s);
    }

    private static string? Text(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // What a sender wrote into a field need not be anybody's name.
    private static void Add(HashSet<string> ids, string? id)
    {
        if (!string.IsNullOrWhiteSpace(id) && id.Length <= LongestText) ids.Add(id);
    }

    /// <summary>The case that this one continues learns of it: its own clocks end or are extended there.</summary>
    private async Task Link()
    {
        var counting = _history.EventsAt(clock.GetUtcNow());
        var accepted = counting.FirstOrDefault(e => e.Type == "case.accepted");
        if (accepted?.Data["previousCase"].Text is not { } previous || previous == Id || previous.Length > LongestCaseId || string.IsNullOrWhiteSpace(previous)) return;
        switch (accepted.Data["caseType"].Text)
        {
            case "PRO" or "PRO-M":
                var received = accepted.Data["receivedOn"].Date ?? LegalTime.DateOf(accepted.Time);
                var at = received == LegalTime.DateOf(accepted.Time) ? accepted.Time : LegalTime.StartOf(received);
                await Tell(previous, "transferred-for-prosecution", at);
                break;
            case "EXT" when counting.FirstOrDefault(e => e.Type == "decision.made" && e.Data["kind"].Text == "approve") is { } approved:
                await Tell(previous, "investigative-custody-extended", approved.Time);
                break;
        }
    }

    private Task Tell(string other, string step, DateTimeOffset at)
    {
        var data = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["step"] = step, ["by"] = Id });
        return GrainFactory.GetGrain<ICaseGrain>(other).Record([new EventMessage(CaseOwnership.LinkSource, $"{step}/{Id}", "step.recorded", at, null, data)]);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Revision {Revision} of a case could not be delivered; it will be sent again.")]
    private partial void LogDeliveryFailed(Exception exception, long revision);
}
