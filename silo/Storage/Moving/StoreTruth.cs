namespace Cluster.Storage.Moving;

/// <summary>What the tables of a store must agree on, whoever wrote them. Read by queries that either engine answers without keeping rows.</summary>
public static class StoreTruth
{
    private const int MostFaults = 20;

    // Each gives the name of what is wrong, or no row.
    private static readonly (string Fault, string Sql)[] Rules =
    [
        ("Stream {0} has a gap in its versions, or does not begin at 1.", """
            SELECT s.name FROM stream s JOIN (
              SELECT stream_id, count(*) AS events, min(version) AS first, max(version) AS last FROM event GROUP BY stream_id) e ON e.stream_id = s.id
            WHERE e.first <> 1 OR e.last <> e.events
            """),
        ("Event {0} is stored twice.", "SELECT id FROM event GROUP BY source_id, id HAVING count(*) > 1"),
        ("Event {0} is of a stream or a source that does not exist.", """
            SELECT e.id FROM event e LEFT JOIN stream t ON t.id = e.stream_id LEFT JOIN source s ON s.id = e.source_id WHERE t.id IS NULL OR s.id IS NULL
            """),
        ("Case {0} is not at the version of its stream.", """
            SELECT c.id FROM case_row c LEFT JOIN stream s ON s.name = 'case:' || c.id
            WHERE c.version <> coalesce((SELECT max(e.version) FROM event e WHERE e.stream_id = s.id), 0)
            """),
        ("There are two alerts {0} of the same finding.", "SELECT min(id) FROM alert GROUP BY case_id, rule, subject, instance HAVING count(*) > 1"),
        ("Alert {0} is of a case that does not exist.", "SELECT a.id FROM alert a LEFT JOIN case_row c ON c.id = a.case_id WHERE c.id IS NULL"),
        ("Case {0} is to be woken and does not exist.", "SELECT d.case_id FROM due d LEFT JOIN case_row c ON c.id = d.case_id WHERE c.id IS NULL"),
        ("Case {0} is owed to others at a revision that it does not have.", """
            SELECT u.case_id FROM undelivered u LEFT JOIN case_row c ON c.id = u.case_id WHERE c.id IS NULL OR c.revision < u.revision
            """),
        ("The feed of {0} has a gap, or does not end where it says.", """
            SELECT s.name FROM feed_scope s JOIN (
              SELECT scope_id, count(*) AS items, min(sequence) AS first, max(sequence) AS last FROM feed GROUP BY scope_id) f ON f.scope_id = s.id
            WHERE f.last <> s.last OR f.last - f.first + 1 <> f.items
            """),
        ("A feed gives item {0}, which does not exist.", "SELECT f.item_id FROM feed f LEFT JOIN feed_item i ON i.id = f.item_id WHERE i.id IS NULL"),
    ];

    /// <summary>Everything that is not true, as sentences; 20 at most of a kind.</summary>
    public static IEnumerable<string> Faults(IStoreReading store, CancellationToken cancellation = default)
    {
        foreach (var (fault, sql) in Rules)
        {
            var found = new List<string>();
            store.Each($"{sql} LIMIT {MostFaults}", row => found.Add(string.Format(System.Globalization.CultureInfo.InvariantCulture, fault, row[0])), cancellation);
            foreach (var sentence in found) yield return sentence;
        }
    }
}
