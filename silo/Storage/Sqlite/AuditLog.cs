using Cluster.Contracts.Storage;

namespace Cluster.Storage.Sqlite;

/// <summary>The audit log on SQLite. Which index a query walks is decided here: that of the filter which leaves the fewest, as a rule.</summary>
internal sealed class AuditLog(Store store) : IAuditLog
{
    private const string Columns = "number, at, actor, roles, action, target, procuratorate, outcome, address, request, detail, previous, hash";

    public async Task<AuditEntry> Append(AuditAct act, CancellationToken cancellation = default)
    {
        var bounded = act.Bounded();
        return await store.Write(new TableWork<AuditEntry>(tables => tables.Audit.Append(bounded, tables.Now)), cancellation);
    }

    public async Task<Page<AuditEntry>> Read(AuditQuery query, CancellationToken cancellation = default)
    {
        (long At, long Number)? after = query.Cursor is null ? null : AuditRow.Position(query.Cursor);
        var index = query.Target is not null ? "audit_target" : query.Actor is not null ? "audit_actor" : query.Action is not null ? "audit_action" : "audit_at";
        var conditions = new List<string>();
        var values = new List<object>();
        Where("target =", query.Target);
        Where("actor =", query.Actor);
        Where("action =", query.Action);
        Where("at >=", AuditRow.NotBefore(query.From));
        Where("at <", AuditRow.NotBefore(query.Until));
        if (after is { } position)
        {
            conditions.Add($"(at, number) < (?{values.Count + 1}, ?{values.Count + 2})");
            values.AddRange([position.At, position.Number]);
        }
        var where = conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", conditions);
        var sql = $"SELECT {Columns} FROM audit INDEXED BY {index} {where} ORDER BY at DESC, number DESC LIMIT ?{values.Count + 1}";
        var rows = await store.Read(
            connection =>
            {
                var statement = connection.Prepare(sql);
                for (var i = 0; i < values.Count; i++)
                    _ = values[i] is long number ? statement.Set(i + 1, number) : statement.Set(i + 1, (string)values[i]);
                return statement.Set(values.Count + 1, query.Limit + 1L).All(Entry);
            },
            cancellation);
        return AuditRow.Page(rows, query.Limit);

        void Where(string condition, object? value)
        {
            if (value is null)
                return;
            values.Add(value);
            conditions.Add($"{condition} ?{values.Count}");
        }
    }

    public async Task<IReadOnlyList<AuditEntry>> After(long number, int limit, CancellationToken cancellation = default) =>
        await store.Read(
            connection => connection.Prepare($"SELECT {Columns} FROM audit WHERE number > ?1 ORDER BY number LIMIT ?2").Set(1, number).Set(2, limit).All(Entry),
            cancellation);

    public async Task<AuditHead> Head(CancellationToken cancellation = default) =>
        await store.Read(
            connection => connection.Prepare("SELECT number, hash FROM audit_head").One(row => new AuditHead(row.Long(0), Convert.ToHexStringLower(row.Blob(1)))),
            cancellation) ?? AuditHead.Nothing;

    private static AuditEntry Entry(Statement row) => new(
        row.Long(0),
        AuditRow.At(row.Long(1)),
        new AuditAct
        {
            Actor = row.OptionalText(2),
            Roles = AuditRow.Roles(row.Text(3)),
            Action = row.Text(4),
            Target = row.OptionalText(5),
            Procuratorate = row.OptionalText(6),
            Outcome = row.Text(7),
            Address = row.OptionalText(8),
            Request = row.OptionalText(9),
            Detail = AuditRow.Detail(row.Text(10)),
        },
        Convert.ToHexStringLower(row.Blob(11)),
        Convert.ToHexStringLower(row.Blob(12)));
}
