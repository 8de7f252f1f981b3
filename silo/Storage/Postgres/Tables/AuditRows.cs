using Cluster.Contracts.Storage;
using Cluster.Storage.Writing;
using Npgsql;

namespace Cluster.Storage.Postgres.Tables;

/// <summary>An entry of the audit log to append.</summary>
/// <param name="act">Bounded.</param>
internal sealed class AuditWork(AuditAct act) : Work<AuditEntry>
{
    public AuditAct Act => act;
}

/// <summary>
/// Entries of the audit log. The end of the chain is locked last of all: whoever comes later waits until this group is committed, so that the chain has
/// neither gaps nor branches, whichever processes append to it.
/// </summary>
internal sealed class AuditRows
{
    private readonly List<AuditWork> _works = [];
    private AuditHead _head = AuditHead.Nothing;

    public bool IsEmpty => _works.Count == 0;

    public void Add(AuditWork work) => _works.Add(work);

    /// <summary>What locks the end of the chain and tells it.</summary>
    public static Statement Taking() => new("SELECT number, hash FROM audit_head FOR UPDATE");

    /// <summary>Reads what <see cref="Taking"/> answered.</summary>
    public void Took(NpgsqlDataReader rows) => _head = rows.Rest(row => new AuditHead(row.Long(0), Convert.ToHexStringLower(row.Blob(1)))).Single();

    /// <summary>What writes the entries.</summary>
    /// <param name="now">On the real clock.</param>
    public IEnumerable<Statement> Statements(DateTimeOffset now)
    {
        if (IsEmpty)
            yield break;
        var entries = new List<AuditEntry>(_works.Count);
        foreach (var work in _works)
        {
            var entry = AuditChain.Next(_head, now, work.Act);
            _head = new AuditHead(entry.Number, entry.Hash);
            entries.Add(entry);
            work.Answer(entry);
        }
        yield return new Statement("""
            INSERT INTO audit(number, at, actor, roles, action, target, procuratorate, outcome, address, request, detail, previous, hash)
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """)
            .Set(entries.Select(e => e.Number)).Set(entries.Select(e => e.At.ToUnixTimeMilliseconds())).Set(entries.Select(e => e.Act.Actor))
            .Set(entries.Select(e => AuditRow.Text(e.Act.Roles))).Set(entries.Select(e => e.Act.Action)).Set(entries.Select(e => e.Act.Target))
            .Set(entries.Select(e => e.Act.Procuratorate)).Set(entries.Select(e => e.Act.Outcome)).Set(entries.Select(e => e.Act.Address))
            .Set(entries.Select(e => e.Act.Request)).Set(entries.Select(e => AuditRow.Text(e.Act.Detail)))
            .Set(entries.Select(e => Convert.FromHexString(e.Previous))).Set(entries.Select(e => Convert.FromHexString(e.Hash)));
        yield return new Statement("UPDATE audit_head SET number = $1, hash = $2").Set(_head.Number).Set(Convert.FromHexString(_head.Hash));
    }
}
