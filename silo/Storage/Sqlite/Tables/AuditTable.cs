using Cluster.Contracts.Storage;

namespace Cluster.Storage.Sqlite.Tables;

/// <summary>Writes the audit log. The end of the chain is remembered between transactions and noted once in each.</summary>
internal sealed class AuditTable(Connection connection) : IDisposable
{
    private readonly Statement _insert = connection.Own("""
        INSERT INTO audit(number, at, actor, roles, action, target, procuratorate, outcome, address, request, detail, previous, hash)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
        """);
    private readonly Statement _load = connection.Own("SELECT number, hash FROM audit_head");
    private readonly Statement _save = connection.Own("UPDATE audit_head SET number = ?1, hash = ?2");
    private AuditHead? _head;
    private bool _moved;

    /// <param name="act">Bounded.</param>
    public AuditEntry Append(AuditAct act, DateTimeOffset now)
    {
        _head ??= _load.One(row => new AuditHead(row.Long(0), Convert.ToHexStringLower(row.Blob(1))))!;
        var entry = AuditChain.Next(_head, now, act);
        _insert.Set(1, entry.Number).Set(2, entry.At.ToUnixTimeMilliseconds()).Set(3, act.Actor).Set(4, AuditRow.Text(act.Roles)).Set(5, act.Action).Set(6, act.Target)
            .Set(7, act.Procuratorate).Set(8, act.Outcome).Set(9, act.Address).Set(10, act.Request).Set(11, AuditRow.Text(act.Detail))
            .Set(12, Convert.FromHexString(entry.Previous)).Set(13, Convert.FromHexString(entry.Hash)).Run();
        _head = new AuditHead(entry.Number, entry.Hash);
        _moved = true;
        return entry;
    }

    /// <summary>Notes the end of the chain if it has moved.</summary>
    public void SaveHead()
    {
        if (_moved)
            _save.Set(1, _head!.Number).Set(2, Convert.FromHexString(_head.Hash)).Run();
        _moved = false;
    }

    public void Forget()
    {
        _head = null;
        _moved = false;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _load.Dispose();
        _save.Dispose();
    }
}
