using System.Text;
using System.Text.Json;
using Cluster.Contracts.Storage;

namespace Cluster.Storage.Sqlite.Lists;

/// <summary>
/// One page of a list, in the order of (sort_key, id), as a merge of walks along the indexes (whose, state, sort_key, id).
/// Which index is walked is decided here and not by SQLite's guess: every filter besides carries a unary plus, which keeps it from choosing an index.
/// </summary>
internal sealed class ListQuery(string table)
{
    // Each walk costs a prepared cursor; with more scopes than this, reading the whole list and filtering finds a page as soon.
    private const int MostWalks = 16;

    private readonly List<object> _values = [];
    private readonly StringBuilder _filters = new();
    private (string Column, string Value)? _along;
    private Visibility _visible = Visibility.Nothing;

    /// <summary>Which states are wanted.</summary>
    public required IReadOnlyList<int> States { get; init; }

    /// <summary>A filter whose column has an index; the first one given leads, so give the most selective first.</summary>
    public ListQuery Along(string column, string? value)
    {
        if (value is null)
            return this;
        if (_along is null)
            _along = (column, value);
        else
            Where($"+{column} =", value);
        return this;
    }

    /// <summary>Any other filter; null filters nothing.</summary>
    public ListQuery Where(string condition, object? value)
    {
        if (value is not null)
            _filters.Append($" AND {condition} {Parameter(value)}");
        return this;
    }

    public ListQuery Containing(string first, string second, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return this;
        var pattern = Parameter($"%{text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%");
        _filters.Append($" AND ({first} LIKE {pattern} ESCAPE '\\' OR {second} LIKE {pattern} ESCAPE '\\')");
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
            _filters.Append($" AND (sort_key, id) > ({Parameter(position.SortKey)}, {Parameter(position.Id)})");
        return this;
    }

    /// <summary>Runs it; the columns are those of the table under the name <c>t</c>.</summary>
    public List<T> Run<T>(Connection connection, string columns, int limit, Func<Statement, T> read)
    {
        var walks = Walks();
        if (walks.Count == 0 || States.Count == 0)
            return [];
        var arms = walks.SelectMany(walk => States.Select(state => $"SELECT sort_key, id FROM {table} WHERE {walk}state = {state}{_filters}"));
        var most = Parameter((long)limit);
        var statement = connection.Prepare($"""
            SELECT {columns} FROM ({string.Join(" UNION ", arms)} ORDER BY sort_key, id LIMIT {most}) page
            CROSS JOIN {table} t ON t.id = page.id ORDER BY page.sort_key, page.id
            """);
        for (var i = 0; i < _values.Count; i++)
        {
            if (_values[i] is long number)
                statement.Set(i + 1, number);
            else
                statement.Set(i + 1, (string)_values[i]);
        }
        return statement.All(read);
    }

    private List<string> Walks()
    {
        if (_visible.All)
            return [_along is { } lead ? $"{lead.Column} = {Parameter(lead.Value)} AND " : ""];

        var scopes = Scopes().ToList();
        var count = scopes.Sum(scope => scope.Values.Count);
        if (count == 0)
            return [];
        if (_along is null && count <= MostWalks)
            return [.. scopes.SelectMany(scope => scope.Values.Distinct().Select(value => $"{scope.Column} = {Parameter(value)} AND "))];

        var any = string.Join(" OR ", scopes.Select(scope => $"+{scope.Column} IN (SELECT value FROM json_each({Parameter(JsonSerializer.Serialize(scope.Values))}))"));
        return [(_along is { } along ? $"{along.Column} = {Parameter(along.Value)} AND " : "") + $"({any}) AND "];
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

    private string Parameter(object value)
    {
        _values.Add(value);
        return $"?{_values.Count}";
    }
}
