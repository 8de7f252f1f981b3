using Cluster.Contracts.Storage;

namespace Cluster.Storage.Postgres.Tables;

/// <summary>Rows of the alert list, the last of each alert.</summary>
internal sealed class AlertRows
{
    private readonly Dictionary<string, AlertRow> _rows = [];

    public void Add(AlertRow row) => _rows[row.Id] = row;

    public IEnumerable<Statement> Statements()
    {
        if (_rows.Count == 0)
            yield break;
        AlertRow[] rows = [.. _rows.Values.OrderBy(row => row.Id, StringComparer.Ordinal)];
        yield return new Statement("""
            INSERT INTO alert(id, case_id, rule, subject, instance, level, category, status, raised_at, cleared_at, retracted_at, due_at,
                detected_at, procuratorate, department, prosecutor, json, state, sort_key)
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
            ON CONFLICT(id) DO UPDATE SET case_id = excluded.case_id, rule = excluded.rule, subject = excluded.subject,
                instance = excluded.instance, level = excluded.level, category = excluded.category, status = excluded.status,
                raised_at = excluded.raised_at, cleared_at = excluded.cleared_at, retracted_at = excluded.retracted_at,
                due_at = excluded.due_at, detected_at = excluded.detected_at, procuratorate = excluded.procuratorate,
                department = excluded.department, prosecutor = excluded.prosecutor, json = excluded.json,
                state = excluded.state, sort_key = excluded.sort_key
            """)
            .Set(rows.Select(row => row.Id))
            .Set(rows.Select(row => row.Case))
            .Set(rows.Select(row => row.Rule))
            .Set(rows.Select(row => row.Subject))
            .Set(rows.Select(row => row.Instance))
            .Set(rows.Select(row => row.Level))
            .Set(rows.Select(row => row.Category))
            .Set(rows.Select(row => row.Status))
            .Set(rows.Select(row => row.RaisedAt.UtcTicks))
            .Set(rows.Select(row => row.ClearedAt?.UtcTicks))
            .Set(rows.Select(row => row.RetractedAt?.UtcTicks))
            .Set(rows.Select(row => row.DueAt?.UtcTicks))
            .Set(rows.Select(row => row.DetectedAt.UtcTicks))
            .Set(rows.Select(row => row.Procuratorate))
            .Set(rows.Select(row => row.Department))
            .Set(rows.Select(row => row.Prosecutor))
            .Set(rows.Select(row => row.Json))
            .Set(rows.Select(row => (int)row.State()))
            .Set(rows.Select(row => -row.RaisedAt.UtcTicks));
    }
}
