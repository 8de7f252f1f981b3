using Cluster.Contracts.Storage;

namespace Cluster.Storage.Sqlite.Lists;

/// <summary>The units on SQLite, by kind and id.</summary>
internal sealed class UnitIndex(Store store) : IUnitIndex
{
    public async Task<IReadOnlyList<UnitRow>> All(CancellationToken cancellation = default) =>
        await store.Read(
            connection => connection.Prepare("SELECT kind, id, parent, name, json FROM unit ORDER BY kind, id")
                .All(row => new UnitRow(row.Text(0), row.Text(1), row.OptionalText(2), row.Text(3), row.Blob(4))),
            cancellation);
}
