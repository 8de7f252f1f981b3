using Cluster.Contracts.Storage;

namespace Cluster.Storage.Sqlite.Tables;

/// <summary>Writes the rows of procuratorates, departments and prosecutors.</summary>
internal sealed class UnitTable(Connection connection) : IDisposable
{
    private readonly Statement _save = connection.Own("""
        INSERT INTO unit(kind, id, parent, name, json) VALUES(?1, ?2, ?3, ?4, ?5)
        ON CONFLICT(kind, id) DO UPDATE SET parent = excluded.parent, name = excluded.name, json = excluded.json
        """);

    public void Save(UnitRow row) =>
        _save.Set(1, row.Kind).Set(2, row.Id).Set(3, row.Parent).Set(4, row.Name).Set(5, row.Json).Run();

    public void Dispose() => _save.Dispose();
}
