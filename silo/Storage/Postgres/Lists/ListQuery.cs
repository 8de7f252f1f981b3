using System.Text;
using Cluster.Contracts.Storage;

namespace Cluster.Storage.Postgres.Lists;

/// <summary>
/// One page of a list, in the order of (sort_key, id), out of walks along the indexes (whose, state, sort_key, id), each of which ends when it has filled
/// a page. That PostgreSQL walks and does not sort is a setting of the sessions that read.
/// </summary>
internal sealed class ListQuery(string table)
{
    // Each walk reads up to a page; with more scopes than this, reading the whole list and filtering finds a page as soon.
    private const int MostWalks = 16;

    private readonly List<Action<Statement>> _values = [];
    private readonly StringBuilder _filters = new();
    private bool _hasLead;
    private Visibility _visible = Visibility.Nothing;

    /// <summary>Which states are wanted.</summary>
    public required IReadOnlyList<int> States { get; init; }

    /// <summary>A filter whose column has an index.</summary>
    public ListQuery Along(string column, string? value)
    {
        _hasLead |= value is not null;
        return Where($"{column} =", value);
    }

    /// <summary>Any other filter; null filters nothing.</summary>
    public ListQuery Where(string condition, string? value)
    {
        if (value is not null)
            _filters.Append($" AND {condition} {Parameter(statement => statement.Set(value))}");
        return this;
    }

    public ListQuery Where(string condition, long? value)
    {
        if (value is { } number)
            _filters.Append($" AND {condition} {Parameter(statement => statement.Set(number))}");
        return this;
    }

    /// <summary>Letters of ASCII are alike in both cases.</summary>
    public ListQuery Containing(string first, string second, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return this;
        var literal = Texts.Stored(text).Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");
        var pattern = Parameter(statement => statement.Set($"%{literal}%"));
        _filters.Append($" AND ({first} ILIKE {pattern} OR {second} ILIKE {pattern})");
        return this;
    }

    public ListQuery VisibleTo(Visibility visible)
    {
        _visible = visible;
        return this;
    }

    public ListQuery After(Cursor? cursor)
    {
        if (cursor is { } position)
            _filters.Append($" AND (sort_key, id) > ({Parameter(statement => statement.Set(position.SortKey))}, {Parameter(statement => statement.Set(position.Id))})");
        return this;
    }

    /// <summary>The statement for a page; the columns are those of the table under the name <c>t</c>. Null: there can be no row.</summary>
    public Statement? Page(string columns, int limit)
    {
        var walks = Walks();
        if (walks.Count == 0 || States.Count == 0)
            return null;
        var most = Parameter(statement => statement.Set((long)limit));
        string[] arms = [.. walks.SelectMany(walk => States.Select(state =>
            $"(SELECT sort_key, id FROM {table} WHERE {walk}state = {state}{_filters} ORDER BY sort_key, id LIMIT {most})"))];
        var merged = arms.Length == 1 ? arms[0] : $"({string.Join(" UNION ", arms)} ORDER BY sort_key, id LIMIT {most})";
        var page = new Statement($"SELECT {columns} FROM {merged} page JOIN {table} t ON t.id = page.id ORDER BY page.sort_key, page.id");
        foreach (var set in _values)
            set(page);
        return page;
    }

    private List<string> Walks()
    {
        if (_visible.All)
            return [""];

        var scopes = Scopes().ToList();
        var count = scopes.Sum(scope => scope.Values.Count);
        if (count == 0)
            return [];
        if (!_hasLead && count <= MostWalks)
            return [.. scopes.SelectMany(scope => scope.Values.Distinct().Select(value => $"{scope.Column} = {Parameter(statement => statement.Set(value))} AND "))];

        var any = string.Join(" OR ", scopes.Select(scope => $"{scope.Column} = ANY({Parameter(statement => statement.Set(scope.Values))})"));
        return [$"({any}) AND "];
    }

    private IEnumerable<(string Column, IReadOnlyList<string> Values)> Scopes()
    {
        if (_visible.Procuratorates.Count > 0)
            yield return ("procuratorate", _visible.Procuratorates);
        if (_visible.Departments.Count > 0)
            yield return ("department", _visible.Departments);
        if (_visible.Prosecutors.Count > 0)
            yield return ("prosecutor", _visible.Prosecutors);
    }

    private string Parameter(Action<Statement> set)
    {
        _values.Add(set);
        return $"${_values.Count}";
    }
}
