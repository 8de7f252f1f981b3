using Cluster.Contracts.Storage;

namespace Cluster.Storage.Postgres.Tables;

/// <summary>When cases must be woken, and which revisions are owed to other grains.</summary>
internal sealed class DueRows
{
    private readonly Dictionary<string, DateTimeOffset?> _due = [];
    private readonly Dictionary<string, long> _owed = [];
    private IReadOnlyCollection<KeyValuePair<string, long>> _settled = [];

    public void Add(DueChange change) => _due[change.Case] = change.At;

    public void Owe(string caseId, long revision) => _owed[caseId] = revision;

    public void Settle(IReadOnlyCollection<KeyValuePair<string, long>> delivered) => _settled = delivered;

    public IEnumerable<Statement> Statements()
    {
        KeyValuePair<string, DateTimeOffset?>[] set = [.. _due.Where(due => due.Value is not null).OrderBy(due => due.Key, StringComparer.Ordinal)];
        if (set.Length > 0)
        {
            yield return new Statement("INSERT INTO due(case_id, at) SELECT * FROM unnest($1, $2) ON CONFLICT(case_id) DO UPDATE SET at = excluded.at")
                .Set(set.Select(due => due.Key)).Set(set.Select(due => due.Value!.Value.UtcTicks));
        }
        string[] removed = [.. _due.Where(due => due.Value is null).Select(due => due.Key).Order(StringComparer.Ordinal)];
        if (removed.Length > 0)
            yield return new Statement("DELETE FROM due d USING unnest($1) u(case_id) WHERE d.case_id = u.case_id").Set(removed);
        KeyValuePair<string, long>[] owed = [.. _owed.OrderBy(owe => owe.Key, StringComparer.Ordinal)];
        if (owed.Length > 0)
        {
            yield return new Statement("INSERT INTO undelivered(case_id, revision) SELECT * FROM unnest($1, $2) ON CONFLICT(case_id) DO UPDATE SET revision = excluded.revision")
                .Set(owed.Select(owe => owe.Key)).Set(owed.Select(owe => owe.Value));
        }
        if (_settled.Count > 0)
        {
            yield return new Statement("DELETE FROM undelivered d USING unnest($1, $2) u(case_id, revision) WHERE d.case_id = u.case_id AND d.revision <= u.revision")
                .Set(_settled.Select(delivery => delivery.Key)).Set(_settled.Select(delivery => delivery.Value));
        }
    }
}
