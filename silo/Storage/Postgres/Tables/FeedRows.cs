using Cluster.Contracts.Storage;
using Npgsql;

namespace Cluster.Storage.Postgres.Tables;

/// <summary>
/// Items to feed. Their sequences are taken last of all, by locking the rows of their scopes in the order of their names: whoever comes later waits until
/// this group is committed, so that sequences have no gaps and nobody sees a later one before an earlier.
/// </summary>
internal sealed class FeedRows
{
    private readonly List<FeedEntry> _entries = [];
    private readonly Dictionary<string, long> _counts = [];
    private readonly Dictionary<string, (long Id, long Last)> _scopes = [];
    private readonly List<(long Scope, long Sequence, long Item)> _rows = [];
    private long[] _ids = [];

    public bool IsEmpty => _entries.Count == 0;

    public void Add(FeedEntry entry)
    {
        if (entry.Scopes.Count == 0)
            return;
        _entries.Add(entry);
        foreach (var scope in entry.Scopes)
            _counts[scope] = _counts.GetValueOrDefault(scope) + 1;
    }

    /// <summary>What takes the sequences and the ids of the items.</summary>
    public IEnumerable<Statement> Taking() =>
    [
        new Statement("""
            INSERT INTO feed_scope(name, last) SELECT name, taken FROM unnest($1, $2) u(name, taken) ORDER BY name COLLATE "C"
            ON CONFLICT(name) DO UPDATE SET last = feed_scope.last + excluded.last RETURNING name, id, last
            """)
            .Set(_counts.Keys).Set(_counts.Values),
        new Statement("SELECT nextval('feed_item_id') FROM generate_series(1, $1)").Set(_entries.Count),
    ];

    /// <summary>Reads what <see cref="Taking"/> answered.</summary>
    public void Took(NpgsqlDataReader rows)
    {
        foreach (var (name, id, last) in rows.Rest(row => (row.Text(0), row.Long(1), row.Long(2))))
            _scopes[name] = (id, last - _counts[name]);
        rows.NextResult();
        _ids = [.. rows.Rest(row => row.Long(0)).Order()];
    }

    /// <summary>What writes the items under their sequences.</summary>
    /// <param name="now">On the real clock: an item may speak of another time.</param>
    public IEnumerable<Statement> Statements(DateTimeOffset now, List<FeedItem> fed)
    {
        if (IsEmpty)
            yield break;
        yield return new Statement("INSERT INTO feed_item(id, kind, at, payload, stored_at) SELECT id, kind, at, payload, $5 FROM unnest($1, $2, $3, $4) u(id, kind, at, payload)")
            .Set(_ids).Set(_entries.Select(entry => entry.Kind)).Set(_entries.Select(entry => entry.At.UtcTicks)).Set(_entries.Select(entry => entry.Payload)).Set(now.UtcTicks);
        foreach (var (entry, item) in _entries.Zip(_ids))
        {
            // As a later reader will see it.
            var at = Instants.FromTicks(entry.At.UtcTicks);
            foreach (var name in entry.Scopes)
            {
                var (scope, last) = _scopes[name];
                _scopes[name] = (scope, ++last);
                _rows.Add((scope, last, item));
                fed.Add(new FeedItem(name, last, entry.Kind, at, entry.Payload));
            }
        }
        yield return new Statement("INSERT INTO feed(scope_id, sequence, item_id) SELECT * FROM unnest($1, $2, $3)")
            .Set(_rows.Select(row => row.Scope)).Set(_rows.Select(row => row.Sequence)).Set(_rows.Select(row => row.Item));
    }

    /// <summary>They are committed.</summary>
    public void Written(FeedPruning pruning)
    {
        foreach (var (scope, sequence, _) in _rows)
            pruning.Added(scope, sequence);
    }
}
