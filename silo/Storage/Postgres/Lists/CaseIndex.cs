using System.Data;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Npgsql;

namespace Cluster.Storage.Postgres.Lists;

/// <summary>
/// Cases and alerts on PostgreSQL. Cases are listed by their next deadline, those without one last; alerts newest first; both
/// then by id. A page has 1 to 500 rows.
/// </summary>
internal sealed class CaseIndex(PostgresStore store) : ICaseIndex
{
    private const int MostRows = 500;
    private const byte CaseList = 1;
    private const byte AlertList = 2;

    public Task<CaseRow?> Find(string caseId, CancellationToken cancellation = default) =>
        store.One(new Statement($"SELECT {Rows.CaseColumns} FROM case_row t WHERE id = $1").Set(caseId), Rows.Case, cancellation);

    public async Task<IReadOnlyList<AlertRow>> AlertsOf(string caseId, CancellationToken cancellation = default) =>
        await store.All(new Statement($"SELECT {Rows.AlertColumns} FROM alert t WHERE case_id = $1 ORDER BY raised_at, id").Set(caseId), Rows.Alert, cancellation);

    public Task<AlertRow?> Alert(string id, CancellationToken cancellation = default) =>
        store.One(new Statement($"SELECT {Rows.AlertColumns} FROM alert t WHERE id = $1").Set(id), Rows.Alert, cancellation);

    public Task<IReadOnlyList<CaseSummary>> OpenCases(CaseScope scope, CancellationToken cancellation = default)
    {
        var (column, value) = scope switch
        {
            { Prosecutor: { } prosecutor } => ("prosecutor", prosecutor),
            { Department: { } department } => ("department", department),
            { Procuratorate: { } procuratorate } => ("procuratorate", procuratorate),
            _ => throw new ArgumentException("The scope names nobody.", nameof(scope)),
        };
        return store.Read((connection, cancel) => OpenCases(connection, column, value, cancel), cancellation);
    }

    public async Task<IReadOnlyList<CaseFlow>> Flow(
        Visibility visible, DateOnly from, DateOnly until, string? procuratorate = null, string? department = null, CancellationToken cancellation = default)
    {
        const string where = """
            BETWEEN $1 AND $2 AND ($3 IS NULL OR procuratorate = $3) AND ($4 IS NULL OR department = $4)
            AND ($5 OR procuratorate = ANY($6) OR department = ANY($7) OR prosecutor = ANY($8))
            """;
        return await store.All(
            new Statement($"""
                SELECT day, sum(accepted), sum(closed) FROM (
                    SELECT accepted_on AS day, 1 AS accepted, 0 AS closed FROM case_row WHERE accepted_on {where}
                    UNION ALL SELECT closed_on, 0, 1 FROM case_row WHERE closed_on {where}) f
                GROUP BY day ORDER BY day
                """)
                .Set(from.DayNumber).Set(until.DayNumber).Set(procuratorate).Set(department).Set(visible.All)
                .Set(visible.Procuratorates).Set(visible.Departments).Set(visible.Prosecutors),
            row => new CaseFlow(DateOnly.FromDayNumber(row.Int(0)), row.Long(1), row.Long(2)),
            cancellation);
    }

    public Task<Page<CaseRow>> Cases(CaseQuery query, CancellationToken cancellation = default)
    {
        var list = new ListQuery("case_row") { States = query.Open switch { null => [1, 0], true => [1], false => [0] } }
            .Along("prosecutor", query.Prosecutor)
            .Along("department", query.Department)
            .Along("procuratorate", query.Procuratorate)
            .Where("case_type =", query.CaseType)
            .Where("stage =", query.Stage)
            .Where("light =", query.Level)
            .Where("accepted_on >=", query.AcceptedFrom?.DayNumber)
            .Where("closed_on >=", query.ClosedFrom?.DayNumber)
            .Where("next_due_at >", query.DueAfter?.UtcTicks)
            .Where("next_due_at <", query.DueBefore?.UtcTicks)
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
            .Where("level =", query.Level)
            .Where("category =", query.Category)
            .Where("status =", query.Status)
            .Where("due_at <", query.DueBefore?.UtcTicks)
            .VisibleTo(query.Visible)
            .After(Position(AlertList, query.Cursor));
        return Page(
            list, Rows.AlertColumns, query.Limit, Rows.Alert,
            row => new Cursor(AlertList, -row.RaisedAt.UtcTicks, row.Id), cancellation);
    }

    public async Task<IReadOnlyDictionary<string, long>> Fired(CancellationToken cancellation = default) =>
        (await store.All(
            new Statement($"SELECT rule, count(*) FROM alert WHERE state <> {(int)AlertState.Retracted} GROUP BY rule"),
            row => KeyValuePair.Create(row.Text(0), row.Long(1)), cancellation)).ToDictionary();

    public async Task<DateTimeOffset?> LastInstant(CancellationToken cancellation = default) =>
        Instants.FromTicks(await store.One(new Statement("SELECT value FROM meta WHERE name = 'last-instant'"), row => (long?)row.Long(0), cancellation));

    private static Cursor? Position(byte list, string? cursor) => cursor is null ? null : Cursor.Decode(list, cursor);

    private async Task<Page<T>> Page<T>(ListQuery list, string columns, int limit, Func<NpgsqlDataReader, T> read, Func<T, Cursor> position, CancellationToken cancellation)
    {
        var size = Math.Clamp(limit, 1, MostRows);
        // One more than asked for tells whether there is a next page.
        if (list.Page(columns, size + 1) is not { } page)
            return new Page<T>([], null);
        var rows = await store.All(page, read, cancellation);
        if (rows.Count <= size)
            return new Page<T>(rows, null);
        rows.RemoveAt(size);
        return new Page<T>(rows, position(rows[^1]).Encode());
    }

    private static async Task<IReadOnlyList<CaseSummary>> OpenCases(NpgsqlConnection connection, string column, string value, CancellationToken cancellation)
    {
        // Revisions and counts must be of one state of the database.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var counts = (await new Statement($"""
            SELECT case_id, category, level, count(*) FROM alert
            WHERE {column} = $1 AND state = {(int)AlertState.Open} GROUP BY case_id, category, level ORDER BY case_id, category, level
            """)
            .Set(value).All(connection, row => (Case: row.Text(0), Count: new AlertCount(row.Text(1), row.Text(2), (int)row.Long(3))), cancellation))
            .ToLookup(row => row.Case, row => row.Count);
        return await new Statement($"""
            SELECT id, revision, procuratorate, department, prosecutor, case_type, weight, state FROM case_row WHERE {column} = $1 AND state = 1
            UNION ALL
            SELECT c.id, c.revision, c.procuratorate, c.department, c.prosecutor, c.case_type, c.weight, c.state
            FROM (SELECT DISTINCT case_id FROM alert WHERE {column} = $1 AND state = {(int)AlertState.Open}) a JOIN case_row c ON c.id = a.case_id
            WHERE c.state = 0
            ORDER BY id
            """)
            .Set(value).All(connection, row => new CaseSummary(
                row.Text(0), row.Long(1), row.OptionalText(2), row.OptionalText(3), row.OptionalText(4), row.Text(5), row.GetDouble(6),
                Open: row.Int(7) == 1, [.. counts[row.Text(0)]]), cancellation);
    }
}
