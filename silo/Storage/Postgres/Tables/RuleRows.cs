using Cluster.Cases.Assessment;
using Cluster.Contracts.Storage;

namespace Cluster.Storage.Postgres.Tables;

/// <summary>By which rules cases were assessed, and what rules on trial found in them.</summary>
internal sealed class RuleRows
{
    private readonly Dictionary<string, long> _assessed = [];
    private readonly Dictionary<(string Case, string Run), IReadOnlyList<TrialFinding>> _tried = [];

    public void Add(AssessedBy assessed) => _assessed[assessed.Case] = assessed.Revision;

    public void Add(string caseId, TrialFindings tried) => _tried[(caseId, tried.Run)] = tried.Findings;

    public IEnumerable<Statement> Statements()
    {
        if (_assessed.Count > 0)
        {
            KeyValuePair<string, long>[] rows = [.. _assessed.OrderBy(row => row.Key, StringComparer.Ordinal)];
            yield return new Statement("INSERT INTO assessed(case_id, revision) SELECT * FROM unnest($1, $2) ON CONFLICT(case_id) DO UPDATE SET revision = excluded.revision")
                .Set(rows.Select(row => row.Key)).Set(rows.Select(row => row.Value));
        }
        if (_tried.Count == 0)
            yield break;
        yield return new Statement("DELETE FROM trial_finding f USING unnest($1, $2) u(case_id, run) WHERE f.case_id = u.case_id AND f.run = u.run")
            .Set(_tried.Keys.Select(key => key.Case)).Set(_tried.Keys.Select(key => key.Run));
        (string Case, string Run, TrialFinding Finding)[] found = [.. _tried.SelectMany(tried => tried.Value.Distinct().Select(finding => (tried.Key.Case, tried.Key.Run, finding)))];
        if (found.Length > 0)
        {
            yield return new Statement("INSERT INTO trial_finding(case_id, run, rule, subject, instance) SELECT * FROM unnest($1, $2, $3, $4, $5)")
                .Set(found.Select(row => row.Case)).Set(found.Select(row => row.Run))
                .Set(found.Select(row => row.Finding.Rule)).Set(found.Select(row => row.Finding.Subject)).Set(found.Select(row => row.Finding.Instance));
        }
    }
}
