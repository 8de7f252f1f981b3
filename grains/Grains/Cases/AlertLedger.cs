using Cluster.Cases.Assessment;
using Cluster.Contracts.Storage;

namespace Cluster.Grains.Cases;

/// <summary>The alerts of one case as stored, and what an assessment changes in them.</summary>
internal sealed class AlertLedger
{
    private readonly Dictionary<string, AlertRow> _rows = new(StringComparer.Ordinal);

    public IEnumerable<AlertRow> Open => _rows.Values.Where(a => a.ClearedAt is null && a.RetractedAt is null);

    public void Load(IEnumerable<AlertRow> rows)
    {
        _rows.Clear();
        foreach (var row in rows) _rows[row.Id] = row;
    }

    public void Adopt(IEnumerable<AlertRow> changed)
    {
        foreach (var row in changed) _rows[row.Id] = row;
    }

    public Handling HandlingOf(string id, FindingView view) => _rows.TryGetValue(id, out var row)
        ? new Handling(view.ClearedAt is null ? "open" : "closed", row.DetectedAt, null)
        : new Handling("open", null, null);

    /// <summary>The rows that differ from what is stored: raised, risen, cleared, re-dated, reworded, moved to another handler, retracted.</summary>
    public List<AlertRow> Changes(string caseId, CaseAssessment assessment, DateTimeOffset now)
    {
        var changes = new List<AlertRow>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var view in assessment.Views)
        {
            var id = CaseJson.AlertId(caseId, view.Rule, view.Subject, view.Instance);
            if (!seen.Add(id)) continue;
            _rows.TryGetValue(id, out var known);
            // A correction may date a finding later than the one we had; that one was another.
            var detectedAt = known?.DetectedAt >= view.RaisedAt ? known.DetectedAt : now;
            var row = Row(id, caseId, assessment, view, detectedAt);
            if (known is null || !Same(known, row)) changes.Add(row);
        }

        foreach (var row in _rows.Values)
        {
            if (row.RetractedAt is null && !seen.Contains(row.Id)) changes.Add(Retracted(row, now));
        }

        return changes;
    }

    private static bool Same(AlertRow known, AlertRow row) => known with { Json = row.Json } == row && known.Json.AsSpan().SequenceEqual(row.Json);

    private static AlertRow Row(string id, string caseId, CaseAssessment assessment, FindingView view, DateTimeOffset detectedAt)
    {
        var status = view.ClearedAt is null ? "open" : "closed";
        return new AlertRow(
            id, caseId, view.Rule, view.Subject, view.Instance, view.Level, view.Category, status,
            view.RaisedAt, view.ClearedAt, null, view.DueAt, detectedAt,
            assessment.Procuratorate, assessment.Department, assessment.Prosecutor,
            CaseJson.Finding(caseId, assessment, view.Index, new Handling(status, detectedAt, null)));
    }

    private static AlertRow Retracted(AlertRow row, DateTimeOffset now) =>
        row with { Status = "closed", RetractedAt = now, Json = CaseJson.Retract(row.Json, now) };
}
