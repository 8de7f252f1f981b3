namespace Cluster.Storage.Postgres.Tables;

/// <summary>States of grains, the last of each, fenced by the version that the group found.</summary>
internal sealed class SnapshotRows
{
    private readonly Dictionary<SnapshotKey, (long Base, long Version, byte[]? State)> _rows = [];
    private Statement? _update;
    private int _updated;

    /// <param name="before">The version it had; 0 if it was never written.</param>
    public void Add(SnapshotKey key, long before, long version, byte[]? state) =>
        _rows[key] = (_rows.TryGetValue(key, out var earlier) ? earlier.Base : before, version, state);

    public IEnumerable<Statement> Statements()
    {
        var rows = _rows.OrderBy(row => row.Key.Name, StringComparer.Ordinal).ThenBy(row => row.Key.Key, StringComparer.Ordinal).ToLookup(row => row.Value.Base == 0);
        if (rows[true].Any())
            yield return Set(new Statement("INSERT INTO snapshot(name, key, version, state) SELECT * FROM unnest($1, $2, $3, $4)"), rows[true]);
        _updated = rows[false].Count();
        if (_updated == 0)
            yield break;
        _update = Set(
            new Statement("""
                UPDATE snapshot s SET version = u.version, state = u.state FROM unnest($1, $2, $3, $4, $5) u(name, key, version, state, base)
                WHERE s.name = u.name AND s.key = u.key AND s.version = u.base
                """),
            rows[false])
            .Set(rows[false].Select(row => row.Value.Base));
        yield return _update;
    }

    /// <exception cref="RaceException"/>
    public void Verify()
    {
        if (_update is not null && _update.Changed != _updated)
            throw new RaceException();
    }

    private static Statement Set(Statement statement, IEnumerable<KeyValuePair<SnapshotKey, (long Base, long Version, byte[]? State)>> rows) => statement
        .Set(rows.Select(row => row.Key.Name))
        .Set(rows.Select(row => row.Key.Key))
        .Set(rows.Select(row => row.Value.Version))
        .SetOptional(rows.Select(row => row.Value.State));
}
