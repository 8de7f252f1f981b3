using Cluster.Contracts.Storage;

namespace Cluster.Storage.Sqlite.Tables;

/// <summary>Writes the rows of the case list.</summary>
internal sealed class CaseTable(Connection connection) : IDisposable
{
    private readonly Statement _save = connection.Own("""
        INSERT INTO case_row(id, case_type, name, stage, procuratorate, department, prosecutor, accepted_on, weight, custody, state,
            version, revision, next_limit, next_due_on, next_due_at, light, updated_at, sort_key, closed_on)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
        ON CONFLICT(id) DO UPDATE SET case_type = excluded.case_type, name = excluded.name, stage = excluded.stage,
            procuratorate = excluded.procuratorate, department = excluded.department, prosecutor = excluded.prosecutor,
            accepted_on = excluded.accepted_on, weight = excluded.weight, custody = excluded.custody, state = excluded.state,
            version = excluded.version, revision = excluded.revision, next_limit = excluded.next_limit,
            next_due_on = excluded.next_due_on, next_due_at = excluded.next_due_at, light = excluded.light,
            updated_at = excluded.updated_at, sort_key = excluded.sort_key, closed_on = excluded.closed_on
        WHERE case_row.revision = excluded.revision - 1
        """);

    /// <returns>Whether it was the next revision; if not, nothing was written.</returns>
    public bool Save(CaseRow row) => _save
        .Set(1, row.Id)
        .Set(2, row.CaseType)
        .Set(3, row.Name)
        .Set(4, row.Stage)
        .Set(5, row.Procuratorate)
        .Set(6, row.Department)
        .Set(7, row.Prosecutor)
        .Set(8, row.AcceptedOn?.DayNumber)
        .Set(9, row.Weight)
        .Set(10, row.Custody)
        .Set(11, row.Open)
        .Set(12, row.Version)
        .Set(13, row.Revision)
        .Set(14, row.NextLimit)
        .Set(15, row.NextDueOn)
        .Set(16, row.NextDueAt?.UtcTicks)
        .Set(17, row.Light)
        .Set(18, row.UpdatedAt.UtcTicks)
        .Set(19, row.NextDueAt?.UtcTicks ?? long.MaxValue)
        .Set(20, row.ClosedOn?.DayNumber)
        .Run() > 0;

    public void Dispose() => _save.Dispose();
}
