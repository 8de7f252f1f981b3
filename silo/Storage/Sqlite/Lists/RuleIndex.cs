using System.Text.Json;
using Cluster.Contracts.Storage;

namespace Cluster.Storage.Sqlite.Lists;

/// <summary>What hangs on rules, on SQLite.</summary>
internal sealed class RuleIndex(Store store) : IRuleIndex
{
    // Written as the index that it is to use, which knows of no state 3: what people closed while it stands is counted beside.
    private const string Decided = "a.state <> 2 AND (a.status IN ('dismissed', 'noticed', 'replied') OR (a.status = 'closed' AND a.state = 0))";
    private const string Visible = "(?1 OR a.procuratorate IN (SELECT value FROM json_each(?2)) OR a.department IN (SELECT value FROM json_each(?3)) OR a.prosecutor IN (SELECT value FROM json_each(?4)))";

    // Both halves come in the order of ids, so that a batch costs a batch and not a look at every case.
    public async Task<IReadOnlyList<string>> Stale(long revision, IReadOnlyCollection<string> rules, string? after, int limit, CancellationToken cancellation = default) =>
        await store.Read(
            connection => connection.Prepare($"""
                SELECT c.id FROM case_row c LEFT JOIN assessed s ON s.case_id = c.id
                WHERE +c.state = 1 AND c.id > ?2 AND coalesce(s.revision, 0) < ?1
                UNION
                SELECT a.case_id FROM alert a LEFT JOIN assessed s ON s.case_id = a.case_id
                WHERE a.rule IN (SELECT value FROM json_each(?4)) AND a.state <> {(int)AlertState.Retracted} AND a.case_id > ?2 AND coalesce(s.revision, 0) < ?1
                ORDER BY 1 LIMIT ?3
                """)
                .Set(1, revision).Set(2, after ?? "").Set(3, limit).Set(4, JsonSerializer.Serialize(rules)).All(row => row.Text(0)),
            cancellation);

    public async Task<IReadOnlyList<TrialCount>> Trials(CancellationToken cancellation = default) =>
        await store.Read(
            connection => connection.Prepare("""
                SELECT run, rule, count(*), count(DISTINCT case_id) FROM trial_finding INDEXED BY trial_run GROUP BY run, rule
                UNION ALL
                SELECT run, NULL, count(*), count(DISTINCT case_id) FROM trial_finding INDEXED BY trial_run GROUP BY run
                """)
                .All(row => new TrialCount(row.Text(0), row.OptionalText(1), row.Long(2), row.Long(3))),
            cancellation);

    public async Task<IReadOnlyDictionary<string, RuleDecisions>> Decisions(Visibility visible, CancellationToken cancellation = default) =>
        await store.Read(
            connection => connection.Prepare($"""
                SELECT rule, sum(dismissed), sum(decided) FROM (
                  SELECT a.rule, sum(a.status = 'dismissed') AS dismissed, count(*) AS decided FROM alert a INDEXED BY alert_decided
                  WHERE {Decided} AND {Visible} GROUP BY a.rule
                  UNION ALL
                  SELECT a.rule, 0, count(*) FROM alert a INDEXED BY alert_all
                  WHERE a.state = {(int)AlertState.Settled} AND a.status = 'closed' AND {Visible} GROUP BY a.rule)
                GROUP BY rule
                """)
                .Set(1, visible.All)
                .Set(2, JsonSerializer.Serialize(visible.Procuratorates)).Set(3, JsonSerializer.Serialize(visible.Departments)).Set(4, JsonSerializer.Serialize(visible.Prosecutors))
                .All(row => KeyValuePair.Create(row.Text(0), new RuleDecisions(row.Long(1), row.Long(2)))).ToDictionary(StringComparer.Ordinal),
            cancellation);
}
