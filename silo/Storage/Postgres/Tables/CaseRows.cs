using Cluster.Contracts.Storage;

namespace Cluster.Storage.Postgres.Tables;

/// <summary>Rows of the case list, the last of each case, fenced by the revision that the group found.</summary>
internal sealed class CaseRows
{
    private const string Columns = """
        id, case_type, name, stage, procuratorate, department, prosecutor, accepted_on, weight, custody, state,
        version, revision, next_limit, next_due_on, next_due_at, light, updated_at, sort_key, closed_on
        """;

    private const string Values = "unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";

    private readonly Dictionary<string, (CaseRow Row, long? Base)> _rows = [];
    private Statement? _update;
    private int _updated;

    /// <param name="stored">The revision before; null if there is no such case.</param>
    public void Add(CaseRow row, long? stored) => _rows[row.Id] = (row, _rows.TryGetValue(row.Id, out var earlier) ? earlier.Base : stored);

    public IEnumerable<Statement> Statements()
    {
        CaseRow[] added = [.. _rows.Values.Where(row => row.Base is null).Select(row => row.Row).OrderBy(row => row.Id, StringComparer.Ordinal)];
        if (added.Length > 0)
            yield return Set(new Statement($"INSERT INTO case_row({Columns}) SELECT * FROM {Values}"), added);
        (CaseRow Row, long? Base)[] changed = [.. _rows.Values.Where(row => row.Base is not null).OrderBy(row => row.Row.Id, StringComparer.Ordinal)];
        _updated = changed.Length;
        if (changed.Length == 0)
            yield break;
        _update = Set(
            new Statement($"""
                UPDATE case_row c SET case_type = u.case_type, name = u.name, stage = u.stage, procuratorate = u.procuratorate, department = u.department,
                    prosecutor = u.prosecutor, accepted_on = u.accepted_on, weight = u.weight, custody = u.custody, state = u.state, version = u.version,
                    revision = u.revision, next_limit = u.next_limit, next_due_on = u.next_due_on, next_due_at = u.next_due_at, light = u.light,
                    updated_at = u.updated_at, sort_key = u.sort_key, closed_on = u.closed_on
                FROM {Values[..^1]}, $21) u({Columns}, base) WHERE c.id = u.id AND c.revision = u.base
                """),
            [.. changed.Select(row => row.Row)])
            .Set(changed.Select(row => row.Base!.Value));
        yield return _update;
    }

    /// <exception cref="RaceException"/>
    public void Verify()
    {
        if (_update is not null && _update.Changed != _updated)
            throw new RaceException();
    }

    private static Statement Set(Statement statement, CaseRow[] rows) => statement
        .Set(rows.Select(row => row.Id))
        .Set(rows.Select(row => row.CaseType))
        .Set(rows.Select(row => row.Name))
        .Set(rows.Select(row => row.Stage))
        .Set(rows.Select(row => row.Procuratorate))
        .Set(rows.Select(row => row.Department))
        .Set(rows.Select(row => row.Prosecutor))
        .Set(rows.Select(row => row.AcceptedOn?.DayNumber))
        .Set(rows.Select(row => row.Weight))
        .Set(rows.Select(row => row.Custody))
        .Set(rows.Select(row => row.Open ? 1 : 0))
        .Set(rows.Select(row => row.Version))
        .Set(rows.Select(row => row.Revision))
        .Set(rows.Select(row => row.NextLimit))
        .Set(rows.Select(row => row.NextDueOn))
        .Set(rows.Select(row => row.NextDueAt?.UtcTicks))
        .Set(rows.Select(row => row.Light))
        .Set(rows.Select(row => row.UpdatedAt.UtcTicks))
        .Set(rows.Select(row => row.NextDueAt?.UtcTicks ?? long.MaxValue))
        .Set(rows.Select(row => row.ClosedOn?.DayNumber));
}
