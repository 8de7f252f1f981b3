using Cluster.Contracts.Storage;

namespace Cluster.Storage.Sqlite.Tables;

/// <summary>Writes when cases must be woken and which revisions are owed to other grains.</summary>
internal sealed class DueTable(Connection connection) : IDisposable
{
    private readonly Statement _save = connection.Own("INSERT INTO due(case_id, at) VALUES(?1, ?2) ON CONFLICT(case_id) DO UPDATE SET at = excluded.at");
    private readonly Statement _remove = connection.Own("DELETE FROM due WHERE case_id = ?1");
    private readonly Statement _owe = connection.Own("INSERT INTO undelivered(case_id, revision) VALUES(?1, ?2) ON CONFLICT(case_id) DO UPDATE SET revision = excluded.revision");
    private readonly Statement _settle = connection.Own("DELETE FROM undelivered WHERE case_id = ?1 AND revision <= ?2");

    public void Save(DueChange change)
    {
        if (change.At is { } at)
            _save.Set(1, change.Case).Set(2, at.UtcTicks).Run();
        else
            _remove.Set(1, change.Case).Run();
    }

    public void Owe(string caseId, long revision) => _owe.Set(1, caseId).Set(2, revision).Run();

    public void Settle(IReadOnlyCollection<KeyValuePair<string, long>> delivered)
    {
        foreach (var (caseId, revision) in delivered)
            _settle.Set(1, caseId).Set(2, revision).Run();
    }

    public void Dispose()
    {
        _save.Dispose();
        _remove.Dispose();
        _owe.Dispose();
        _settle.Dispose();
    }
}
