using Cluster.Cases.Assessment;
using Cluster.Contracts.Storage;

namespace Cluster.Storage.Sqlite.Tables;

/// <summary>Writes by which rules cases were assessed, and what rules on trial found in them.</summary>
internal sealed class RuleTable(Connection connection) : IDisposable
{
    private readonly Statement _assessed = connection.Own("INSERT INTO assessed(case_id, revision) VALUES(?1, ?2) ON CONFLICT(case_id) DO UPDATE SET revision = excluded.revision");
    private readonly Statement _forget = connection.Own("DELETE FROM trial_finding WHERE case_id = ?1 AND run = ?2");
    private readonly Statement _found = connection.Own("INSERT INTO trial_finding(case_id, run, rule, subject, instance) VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING");

    public void Save(AssessedBy assessed) => _assessed.Set(1, assessed.Case).Set(2, assessed.Revision).Run();

    public void Save(string caseId, TrialFindings tried)
    {
        _forget.Set(1, caseId).Set(2, tried.Run).Run();
        foreach (var finding in tried.Findings)
            _found.Set(1, caseId).Set(2, tried.Run).Set(3, finding.Rule).Set(4, finding.Subject).Set(5, finding.Instance).Run();
    }

    public void Dispose()
    {
        _assessed.Dispose();
        _forget.Dispose();
        _found.Dispose();
    }
}
