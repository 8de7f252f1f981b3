using System.Text.Json;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Contracts;
using Cluster.Law;
using Microsoft.Extensions.Logging;

namespace Cluster.Grains.Cases;

public sealed partial class CaseGrain
{
    private const int LongestText = 200;
    private const int LongestCaseId = 128;

    private readonly HashSet<string> _procuratorates = new(StringComparer.Ordinal);
    private readonly HashSet<string> _departments = new(StringComparer.Ordinal);
    private readonly HashSet<string> _prosecutors = new(StringComparer.Ordinal);

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
        foreach (var code in _procuratorates) yield return s => GrainFactory.GetGrain<IProcuratorateGrain>(code).Observe(s);
        foreach (var id in _departments) yield return s => GrainFactory.GetGrain<IDepartmentGrain>(id).Observe(s);
        foreach (var id in _prosecutors) yield return s => GrainFactory.GetGrain<IProsecutorGrain>(id).Observe(s);
    }

    /// <summary>Notes whom an event names.</summary>
    private void Note(CaseEvent e)
    {
        if (e.Type == "event.corrected")
        {
            using var correction = JsonDocument.Parse(e.Raw);
            if (!correction.RootElement.TryGetProperty("data", out var changed) || changed.ValueKind != JsonValueKind.Object) return;
            Add(_procuratorates, Text(changed, "procuratorate"));
            Add(_departments, Text(changed, "department"));
            Add(_prosecutors, Text(changed, "prosecutor"));
            return;
        }

        Add(_procuratorates, e.Data["procuratorate"].Text);
        Add(_departments, e.Data["department"].Text);
        if (e.Type is "case.assigned" or "case.reassigned") Add(_prosecutors, e.Data["prosecutor"].Text);
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
        // Of a large case as last assessed: what counts has been gathered there already.
        if (IsLarge && _settled is null) return;
        var counting = (IsLarge ? _settled!.History : _history).EventsAt(Now);
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
                await Tell(previous, "investigative-custody-extended", approved.Time, approved.Data["ground"].Text);
                break;
            // From the discovery, not from its filing (CPL 160).
            case "RECALC" when counting.FirstOrDefault(e => e.Type == "step.recorded" && e.Data["step"].Text == "other-crime-found") is { } found:
                var day = found.Data["on"].Date ?? LegalTime.DateOf(found.Time);
                await Tell(previous, "custody-recalculated", day == LegalTime.DateOf(found.Time) ? found.Time : LegalTime.StartOf(day));
                break;
        }
    }

    /// <param name="result">On what ground, where that matters there: beyond seven months custody needs one (CPL 157, 160).</param>
    private Task Tell(string other, string step, DateTimeOffset at, string? result = null)
    {
        var told = new Dictionary<string, string> { ["step"] = step, ["by"] = Id };
        if (result is not null) told["result"] = result;
        var data = JsonSerializer.SerializeToUtf8Bytes(told);
        return GrainFactory.GetGrain<ICaseGrain>(other).Record([new EventMessage(CaseOwnership.LinkSource, $"{step}/{Id}", "step.recorded", at, null, data)]);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Revision {Revision} of a case could not be delivered; it will be sent again.")]
    private partial void LogDeliveryFailed(Exception exception, long revision);
}
