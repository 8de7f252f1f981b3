using Cluster.Contracts.Storage;
using Cluster.Storage.Postgres.Tables;
using Npgsql;

namespace Cluster.Storage.Postgres;

/// <summary>The audit log on PostgreSQL.</summary>
internal sealed class AuditLog(PostgresStore store) : IAuditLog
{
    private const string Columns = "number, at, actor, roles, action, target, procuratorate, outcome, address, request, detail, previous, hash";

    public Task<AuditEntry> Append(AuditAct act, CancellationToken cancellation = default) => store.Write(new AuditWork(act.Bounded()), cancellation);

    public async Task<Page<AuditEntry>> Read(AuditQuery query, CancellationToken cancellation = default)
    {
        (long At, long Number)? after = query.Cursor is null ? null : AuditRow.Position(query.Cursor);
        var conditions = new List<string>();
        var values = new List<Action<Statement>>();
        Where("target =", query.Target is { } target ? s => s.Set(target) : null);
        Where("actor =", query.Actor is { } actor ? s => s.Set(actor) : null);
        Where("action =", query.Action is { } action ? s => s.Set(action) : null);
        Where("at >=", AuditRow.NotBefore(query.From) is { } from ? s => s.Set(from) : null);
        Where("at <", AuditRow.NotBefore(query.Until) is { } until ? s => s.Set(until) : null);
        if (after is { } position)
        {
            conditions.Add($"(at, number) < (${values.Count + 1}, ${values.Count + 2})");
            values.AddRange([s => s.Set(position.At), s => s.Set(position.Number)]);
        }
        var where = conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", conditions);
        var statement = new Statement($"SELECT {Columns} FROM audit {where} ORDER BY at DESC, number DESC LIMIT ${values.Count + 1}");
        foreach (var set in values)
            set(statement);
        return AuditRow.Page(await store.All(statement.Set(query.Limit + 1L), Entry, cancellation), query.Limit);

        void Where(string condition, Action<Statement>? set)
        {
            if (set is null)
                return;
            values.Add(set);
            conditions.Add($"{condition} ${values.Count}");
        }
    }

    public async Task<IReadOnlyList<AuditEntry>> After(long number, int limit, CancellationToken cancellation = default) =>
        await store.All(new Statement($"SELECT {Columns} FROM audit WHERE number > $1 ORDER BY number LIMIT $2").Set(number).Set((long)limit), Entry, cancellation);

    public async Task<AuditHead> Head(CancellationToken cancellation = default) =>
        await store.One(new Statement("SELECT number, hash FROM audit_head"), row => new AuditHead(row.Long(0), Convert.ToHexStringLower(row.Blob(1))), cancellation)
        ?? AuditHead.Nothing;

    private static AuditEntry Entry(NpgsqlDataReader row) => new(
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
