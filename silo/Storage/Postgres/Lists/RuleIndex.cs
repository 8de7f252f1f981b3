using Cluster.Contracts.Storage;

namespace Cluster.Storage.Postgres.Lists;

/// <summary>What hangs on rules, on PostgreSQL.</summary>
internal sealed class RuleIndex(PostgresStore store, CaseShard shard) : IRuleIndex
{
    // Written as the index that it is to use, which knows of no state 3: what people closed while it stands is counted beside.
    private const string Decided = "a.state <> 2 AND (a.status IN ('dismissed', 'noticed', 'replied') OR (a.status = 'closed' AND a.state = 0))";

    private const string Visible = "($1 OR a.procuratorate = ANY($2) OR a.department = ANY($3) OR a.prosecutor = ANY($4))";

    private readonly string _ours = ShardSql.Condition("c.id", shard);

    /// <summary>Of all cases.</summary>
    public RuleIndex(PostgresStore store) : this(store, CaseShard.Whole)
    {
    }

    public IRuleIndex Of(CaseShard shard) => new RuleIndex(store, shard);

    public async Task<IReadOnlyList<string>> Stale(long revision, IReadOnlyCollection<string> rules, string? after, int limit, CancellationToken cancellation = default) =>
        await store.All(
            // One walk along the cases, which ends when the page is full.
            new Statement($"""
                SELECT c.id FROM case_row c LEFT JOIN assessed s ON s.case_id = c.id
                WHERE c.id > $2 AND coalesce(s.revision, 0) < $1 AND {_ours}
                  AND (c.state = 1 OR EXISTS (SELECT FROM alert a WHERE a.case_id = c.id AND a.state <> {(int)AlertState.Retracted} AND a.rule = ANY($4)))
                ORDER BY c.id LIMIT $3
                """)
                .Set(revision).Set(after ?? "").Set((long)limit).Set(rules),
            row => row.Text(0), cancellation);

    public async Task<IReadOnlyList<TrialCount>> Trials(CancellationToken cancellation = default) =>
        await store.All(
            new Statement("""
                SELECT run, rule, count(*), count(DISTINCT case_id) FROM trial_finding GROUP BY run, rule
                UNION ALL
                SELECT run, NULL, count(*), count(DISTINCT case_id) FROM trial_finding GROUP BY run
                """),
            row => new TrialCount(row.Text(0), row.OptionalText(1), row.Long(2), row.Long(3)), cancellation);

    public async Task<IReadOnlyDictionary<string, RuleDecisions>> Decisions(Visibility visible, CancellationToken cancellation = default) =>
        (await store.All(
            new Statement($"""
                SELECT rule, sum(dismissed)::bigint, sum(decided)::bigint FROM (
                  SELECT a.rule, count(*) FILTER (WHERE a.status = 'dismissed') AS dismissed, count(*) AS decided FROM alert a
                  WHERE {Decided} AND {Visible} GROUP BY a.rule
                  UNION ALL
                  SELECT a.rule, 0, count(*) FROM alert a WHERE a.state = {(int)AlertState.Settled} AND a.status = 'closed' AND {Visible} GROUP BY a.rule) AS counted
                GROUP BY rule
                """)
                .Set(visible.All).Set(visible.Procuratorates).Set(visible.Departments).Set(visible.Prosecutors),
            row => KeyValuePair.Create(row.Text(0), new RuleDecisions(row.Long(1), row.Long(2))), cancellation)).ToDictionary(StringComparer.Ordinal);
}
