using Cluster.Contracts.Storage;

namespace Cluster.Storage.Sqlite.Tables;

/// <summary>Gives feed items their sequences, one after the other in every scope.</summary>
internal sealed class FeedTable(Connection connection) : IDisposable
{
    // Remembered scopes cost about 200 bytes each; past this they are read again when needed.
    private const int MostRemembered = 100_000;

    private readonly Dictionary<string, ScopeHead> _scopes = [];
    private readonly List<ScopeHead> _changed = [];
    private readonly Statement _findScope = connection.Own("SELECT id, last FROM feed_scope WHERE name = ?1");
    private readonly Statement _addScope = connection.Own("INSERT INTO feed_scope(name, last) VALUES(?1, 0)");
    private readonly Statement _saveLast = connection.Own("UPDATE feed_scope SET last = ?2 WHERE id = ?1");
    private readonly Statement _addItem = connection.Own("INSERT INTO feed_item(kind, at, payload, stored_at) VALUES(?1, ?2, ?3, ?4)");
    private readonly Statement _add = connection.Own("INSERT INTO feed(scope_id, sequence, item_id) VALUES(?1, ?2, ?3)");
    private readonly FeedPruning _pruning = new(connection);

    /// <summary>Whether there may be something to prune.</summary>
    public bool MayPrune => _pruning.Waits;

    /// <param name="now">When it is stored, on the real clock: an item may speak of another time.</param>
    public void Append(FeedEntry entry, DateTimeOffset now, List<FeedItem> fed)
    {
        if (entry.Scopes.Count == 0)
            return;
        var item = _addItem.Set(1, entry.Kind).Set(2, entry.At.UtcTicks).Set(3, entry.Payload).Set(4, now.UtcTicks).Insert();
        // As a later reader will see it.
        var at = Instants.FromTicks(entry.At.UtcTicks);
        foreach (var name in entry.Scopes)
        {
            var scope = Scope(name);
            _add.Set(1, scope.Id).Set(2, ++scope.Last).Set(3, item).Run();
            _pruning.Added(scope.Id, scope.Last);
            if (!scope.Changed)
            {
                scope.Changed = true;
                _changed.Add(scope);
            }
            fed.Add(new FeedItem(name, scope.Last, entry.Kind, at, entry.Payload));
        }
    }

    /// <summary>Writes the last sequence of every scope that took an item since the last call.</summary>
    public void SaveLasts()
    {
        foreach (var scope in _changed)
        {
            _saveLast.Set(1, scope.Id).Set(2, scope.Last).Run();
            scope.Changed = false;
        }
        _changed.Clear();
        // Only here: a scope with an unsaved sequence must not be forgotten.
        if (_scopes.Count > MostRemembered)
            _scopes.Clear();
    }

    /// <summary>Removes some of what is no longer kept.</summary>
    public void Prune(DateTimeOffset now) => _pruning.Step(now);

    public void Forget()
    {
        _scopes.Clear();
        _changed.Clear();
        _pruning.Postpone();
    }

    public void Dispose()
    {
        _findScope.Dispose();
        _addScope.Dispose();
        _saveLast.Dispose();
        _addItem.Dispose();
        _add.Dispose();
        _pruning.Dispose();
    }

    private ScopeHead Scope(string name)
    {
        if (_scopes.TryGetValue(name, out var known))
            return known;
        var head = _findScope.Set(1, name).One(row => new ScopeHead { Id = row.Long(0), Last = row.Long(1) })
            ?? new ScopeHead { Id = _addScope.Set(1, name).Insert() };
        return _scopes[name] = head;
    }

    private sealed class ScopeHead
    {
        public required long Id { get; init; }
        public long Last { get; set; }
        public bool Changed { get; set; }
    }
}
