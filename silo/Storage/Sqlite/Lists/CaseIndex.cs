using System.Text.Json;
using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Cluster.Storage.Sqlite.Lists;

/// <summary>
/// Cases and alerts on SQLite. Cases are listed by their next deadline, those without one last; alerts newest first; both
/// then by id. A page has 1 to 500 rows.
/// </summary>
internal sealed class CaseIndex(Store store) : ICaseIndex
{
    private const int MostRows = 500;
    private const byte CaseList = 1;
    private const byte AlertList = 2;

    public Task<CaseRow?> Find(string caseId, CancellationToken cancellation = default) =>
        store.Read(connection => connection.Prepare($"SELECT {Rows.CaseColumns} FROM case_row t WHERE id = ?1").Set(1, caseId).One(Rows.Case), cancellation);

    public async Task<IReadOnlyList<AlertRow>> AlertsOf(string caseId, CancellationToken cancellation = default) =>
        await store.Read(
            connection => connection.Prepare($"SELECT {Rows.AlertColumns} FROM alert t WHERE case_id = ?1 ORDER BY raised_at, id").Set(1, caseId).All(Rows.Alert),
            cancellation);

    public Task<AlertRow?> Alert(string id, CancellationToken cancellation = default) =>
        store.Read(connection => connection.Prepare($"SELECT {Rows.AlertColumns} FROM alert t WHERE id = ?1").Set(1, id).One(Rows.Alert), cancellation);

    public Task<IReadOnlyList<CaseSummary>> OpenCases(CaseScope scope, CancellationToken cancellation = default)
    {
        var (column, value) = scope switch
        {
            { Prosecutor: { } prosecutor } => ("prosecutor", prosecutor),
            { Department: { } department } => ("department", department),
            { Procuratorate: { } procuratorate } => ("procuratorate", procuratorate),
            _ => throw new ArgumentException("The scope names nobody.", nameof(scope)),
        };
        return store.Read(connection => connection.Snapshot(snapshot => OpenCases(snapshot, column, value)), cancellation);
    }

    public async Task<IReadOnlyList<CaseFlow>> Flow(
        Visibility visible, DateOnly from, DateOnly until, string? procuratorate = null, string? department = null, CancellationToken cancellation = default)
    {
        const string where = """
            BETWEEN ?1 AND ?2 AND (?3 IS NULL OR procuratorate = ?3) AND (?4 IS NULL OR department = ?4)
            AND (?5 OR procuratorate IN (SELECT value FROM json_each(?6)) OR department IN (SELECT value FROM json_each(?7)) OR prosecutor IN (SELECT value FROM json_each(?8)))
            """;
        return await store.Read(
            connection => connection.Prepare($"""
                SELECT day, sum(accepted), sum(closed) FROM (
                    SELECT accepted_on AS day, 1 AS accepted, 0 AS closed FROM case_row WHERE accepted_on {where}
                    UNION ALL SELECT closed_on, 0, 1 FROM case_row WHERE closed_on {where})
                GROUP BY day ORDER BY day
                """)
                .Set(1, from.DayNumber).Set(2, until.DayNumber).Set(3, procuratorate).Set(4, department).Set(5, visible.All)
                .Set(6, JsonSerializer.Serialize(visible.Procuratorates)).Set(7, JsonSerializer.Serialize(visible.Departments)).Set(8, JsonSerializer.Serialize(visible.Prosecutors))
                .All(row => new CaseFlow(DateOnly.FromDayNumber(row.Int(0)), row.Long(1), row.Long(2))),
            cancellation);
    }

    public Task<Page<CaseRow>> Cases(CaseQuery query, CancellationToken cancellation = default)
    {
        var list = new ListQuery("case_row") { States = query.Open switch { null => [1, 0], true => [1], false => [0] } }
            .Along("prosecutor", query.Prosecutor)
            .Along("department", query.Department)
            .Along("procuratorate", query.Procuratorate)
            .Where("+case_type =", query.CaseType)
            .Where("+stage =", query.Stage)
            .Where("+light =", query.Level)
            .Where("+accepted_on >=", (long?)query.AcceptedFrom?.DayNumber)
            .Where("+closed_on >=", (long?)query.ClosedFrom?.DayNumber)
            .Where("+next_due_at >", query.DueAfter?.UtcTicks)
            .Where("+next_due_at <", query.DueBefore?.UtcTicks)
            .Containing("id", "name", query.Text)
            .VisibleTo(query.Visible)
            .After(Position(CaseList, query.Cursor));
        return Page(
            list, Rows.CaseColumns, query.Limit, Rows.Case,
            row => new Cursor(CaseList, row.NextDueAt?.UtcTicks ?? long.MaxValue, row.Id), cancellation);
    }

    public Task<Page<AlertRow>> Alerts(AlertQuery query, CancellationToken cancellation = default)
    {
        const int open = (int)AlertState.Open, cleared = (int)AlertState.Cleared, settled = (int)AlertState.Settled;
        var list = new ListQuery("alert") { States = query.Open switch { null => [open, cleared, settled], true => [open], false => [cleared, settled] } }
            .Along("case_id", query.Case)
            .Along("prosecutor", query.Prosecutor)
            .Along("department", query.Department)
            .Along("procuratorate", query.Procuratorate)
            .Along("rule", query.Rule)
            .Where("+level =", query.Level)
            .Where("+category =", query.Category)
            .Where("+status =", query.Status)
            .Where("+due_at <", query.DueBefore?.UtcTicks)
            .VisibleTo(query.Visible)
            .After(Position(AlertList, query.Cursor));
        return Page(
            list, Rows.AlertColumns, query.Limit, Rows.Alert,
            row => new Cursor(AlertList, -row.RaisedAt.UtcTicks, row.Id), cancellation);
    }

    public async Task<IReadOnlyDictionary<string, long>> Fired(CancellationToken cancellation = default) =>
        await store.Read(
            connection => connection.Prepare($"SELECT rule, count(*) FROM alert INDEXED BY alert_rule WHERE state <> {(int)AlertState.Retracted} GROUP BY rule")
                .All(row => KeyValuePair.Create(row.Text(0), row.Long(1))).ToDictionary(),
            cancellation);

    public Task<DateTimeOffset?> LastInstant(CancellationToken cancellation = default) =>
        store.Read(connection => Instants.FromTicks(connection.Prepare("SELECT value FROM meta WHERE name = 'last-instant'").One(row => row.OptionalLong(0))), cancellation);

    private static Cursor? Position(byte list, string? cursor) => cursor is null ? null : Cursor.Decode(list, cursor);

    private Task<Page<T>> Page<T>(ListQuery list, string columns, int limit, Func<Statement, T> read, Func<T, Cursor> position, CancellationToken cancellation)
    {
        var size = Math.Clamp(limit, 1, MostRows);
        return store.Read(
            connection =>
            {
                // One more than asked for tells whether there is a next page.
                var rows = list.Run(connection, columns, size + 1, read);
                if (rows.Count <= size)
                    return new Page<T>(rows, null);
                rows.RemoveAt(size);
                return new Page<T>(rows, position(rows[^1]).Encode());
            },
            cancellation);
    }

    private static IReadOnlyList<CaseSummary> OpenCases(Connection connection, string column, string value)
    {
        var counts = connection.Prepare($"""
            SELECT a.case_id, a.category, a.level, count(*) FROM alert a INDEXED BY alert_{column}
            WHERE a.{column} = ?1 AND a.state = {(int)AlertState.Open} GROUP BY a.case_id, a.category, a.level ORDER BY a.case_id, a.category, a.level
            """)
            .Set(1, value).All(row => (Case: row.Text(0), Count: new AlertCount(row.Text(1), row.Text(2), row.Int(3))))
            .ToLookup(row => row.Case, row => row.Count);
        return connection.Prepare($"""
            SELECT id, revision, procuratorate, department, prosecutor, case_type, weight, state FROM case_row WHERE {column} = ?1 AND state = 1
            UNION ALL
            SELECT id, revision, procuratorate, department, prosecutor, case_type, weight, state FROM case_row
            WHERE state = 0 AND id IN (SELECT case_id FROM alert INDEXED BY alert_{column} WHERE {column} = ?1 AND state = {(int)AlertState.Open})
            ORDER BY id
            """)
            .Set(1, value).All(row => new CaseSummary(
                row.Text(0), row.Long(1), row.OptionalText(2), row.OptionalText(3), row.OptionalText(4), row.Text(5), row.Double(6),
                Open: row.Long(7) == 1, [.. counts[row.Text(0)]]));
    }
}
