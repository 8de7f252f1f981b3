using Cluster.Contracts.Storage;

namespace Cluster.Storage.Sqlite.Tables;

/// <summary>Writes the rows of the alert list.</summary>
internal sealed class AlertTable(Connection connection) : IDisposable
{
    private readonly Statement _save = connection.Own("""
        INSERT INTO alert(id, case_id, rule, subject, instance, level, category, status, raised_at, cleared_at, retracted_at, due_at,
            detected_at, procuratorate, department, prosecutor, json, state, sort_key)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
        ON CONFLICT(id) DO UPDATE SET case_id = excluded.case_id, rule = excluded.rule, subject = excluded.subject,
            instance = excluded.instance, level = excluded.level, category = excluded.category, status = excluded.status,
            raised_at = excluded.raised_at, cleared_at = excluded.cleared_at, retracted_at = excluded.retracted_at,
            due_at = excluded.due_at, detected_at = excluded.detected_at, procuratorate = excluded.procuratorate,
            department = excluded.department, prosecutor = excluded.prosecutor, json = excluded.json,
            state = excluded.state, sort_key = excluded.sort_key
        """);

    public void Save(AlertRow row) => _save
        .Set(1, row.Id)
        .Set(2, row.Case)
        .Set(3, row.Rule)
        .Set(4, row.Subject)
        .Set(5, row.Instance)
        .Set(6, row.Level)
        .Set(7, row.Category)
        .Set(8, row.Status)
        .Set(9, row.RaisedAt.UtcTicks)
        .Set(10, row.ClearedAt?.UtcTicks)
        .Set(11, row.RetractedAt?.UtcTicks)
        .Set(12, row.DueAt?.UtcTicks)
        .Set(13, row.DetectedAt.UtcTicks)
        .Set(14, row.Procuratorate)
        .Set(15, row.Department)
        .Set(16, row.Prosecutor)
        .Set(17, row.Json)
        .Set(18, (long)row.State())
        .Set(19, -row.RaisedAt.UtcTicks)
        .Run();

    public void Dispose() => _save.Dispose();
}
