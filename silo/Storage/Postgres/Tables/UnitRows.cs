using Cluster.Contracts.Storage;

namespace Cluster.Storage.Postgres.Tables;

/// <summary>Rows of procuratorates, departments and prosecutors, the last of each.</summary>
internal sealed class UnitRows
{
    private readonly Dictionary<(string Kind, string Id), UnitRow> _rows = [];

    public void Add(UnitRow row) => _rows[(row.Kind, row.Id)] = row;

    public IEnumerable<Statement> Statements()
    {
        if (_rows.Count == 0)
            yield break;
        UnitRow[] rows = [.. _rows.Values.OrderBy(row => row.Kind, StringComparer.Ordinal).ThenBy(row => row.Id, StringComparer.Ordinal)];
        yield return new Statement("""
            INSERT INTO unit(kind, id, parent, name, json) SELECT * FROM unnest($1, $2, $3, $4, $5)
            ON CONFLICT(kind, id) DO UPDATE SET parent = excluded.parent, name = excluded.name, json = excluded.json
            """)
            .Set(rows.Select(row => row.Kind)).Set(rows.Select(row => row.Id)).Set(rows.Select(row => row.Parent)).Set(rows.Select(row => row.Name)).Set(rows.Select(row => row.Json));
    }
}
