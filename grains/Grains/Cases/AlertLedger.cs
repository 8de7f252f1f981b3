using Cluster.Cases.Assessment;
using Cluster.Contracts.Storage;

namespace Cluster.Grains.Cases;

/// <summary>The alerts of one case as stored, and what an assessment changes in them.</summary>
internal sealed class AlertLedger
{
    private readonly Dictionary<string, AlertRow> _rows = new(StringComparer.Ordinal);

    /// <summary>Those that somebody must still deal with.</summary>
    public IEnumerable<AlertRow> Open => _rows.Values.Where(IsOpen);

    public void Load(IEnumerable<AlertRow> rows)
    {
        _rows.Clear();
        foreach (var row in rows) _rows[row.Id] = row;
    }

    public void Adopt(IEnumerable<AlertRow> changed)
    {
        foreach (var row in changed) _rows[row.Id] = row;
    }

    public AlertRow? Find(string id) => _rows.GetValueOrDefault(id);

    /// <summary>The same alerts for another thread, while this ledger goes on.</summary>
    public AlertLedger Copy()
    {
        var copy = new AlertLedger();
        copy.Load(_rows.Values);
        return copy;
    }

    public Handling HandlingOf(string id, FindingView view, RecordedActs acts)
    {
        if (!_rows.TryGetValue(id, out var row)) return Handling.None;
        var done = acts.On(id);
        return new Handling(StatusOf(done, view), row.DetectedAt, null) { Acts = done };
    }

    /// <summary>The rows that differ from what is stored: raised, risen, cleared, re-dated, reworded, moved to another handler, retracted, dealt with by people.</summary>
    public List<AlertRow> Changes(string caseId, RecordedActs acts, CaseAssessment assessment, DateTimeOffset now)
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
            var row = Row(id, caseId, assessment, view, detectedAt, acts.On(id));
            if (known is null || !Same(known, row)) changes.Add(row);
        }

        foreach (var row in _rows.Values)
        {
            if (row.RetractedAt is null && !seen.Contains(row.Id)) changes.Add(Retracted(row, now));
        }

        return changes;
    }

    /// <summary>A row with what people have done by now, whatever it was made with.</summary>
    public static AlertRow With(AlertRow row, RecordedActs acts)
    {
        var done = acts.On(row.Id);
        if (done.Count == 0) return row;
        var status = StatusOf(row, done);
        return row with { Status = status, Json = CaseJson.Handled(row.Json, status, done) };
    }

    /// <summary>The status of a stored alert, with what people did about it.</summary>
    public static string StatusOf(AlertRow row, IReadOnlyList<RecordedAct> acts) => row.RetractedAt is not null
        ? AlertStatus.Closed
        : AlertStatus.Of(acts, row.RaisedAt, CaseJson.ViolatedAt(row.Json), row.ClearedAt);

    /// <summary>The level of the gravest alert that is open, once some rows have changed; null if none is.</summary>
    public string? Gravest(IReadOnlyCollection<AlertRow> changed)
    {
        var ids = changed.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        return Lights.Gravest(changed.Concat(_rows.Values.Where(row => !ids.Contains(row.Id))).Where(IsOpen).Select(row => row.Level));
    }

    private static bool IsOpen(AlertRow row) => row is { ClearedAt: null, RetractedAt: null } && !AlertStatus.IsSettled(row.Status);

    private static bool Same(AlertRow known, AlertRow row) => known with { Json = row.Json } == row && known.Json.AsSpan().SequenceEqual(row.Json);

    private static string StatusOf(IReadOnlyList<RecordedAct> acts, FindingView view) => AlertStatus.Of(acts, view.RaisedAt, view.ViolatedAt, view.ClearedAt);

    private static AlertRow Row(string id, string caseId, CaseAssessment assessment, FindingView view, DateTimeOffset detectedAt, IReadOnlyList<RecordedAct> acts)
    {
        var status = StatusOf(acts, view);
        return new AlertRow(
            id, caseId, view.Rule, view.Subject, view.Instance, view.Level, view.Category, status,
            view.RaisedAt, view.ClearedAt, null, view.DueAt, detectedAt,
            assessment.Procuratorate, assessment.Department, assessment.Prosecutor,
            CaseJson.Finding(caseId, assessment, view.Index, new Handling(status, detectedAt, null) { Acts = acts }));
    }

    private static AlertRow Retracted(AlertRow row, DateTimeOffset now) =>
        row with { Status = AlertStatus.Closed, RetractedAt = now, Json = CaseJson.Retract(row.Json, now) };
}
