using Cluster.Contracts.Storage;

namespace Cluster.Storage.Postgres.Lists;

/// <summary>The units on PostgreSQL, by kind and id.</summary>
internal sealed class UnitIndex(PostgresStore store) : IUnitIndex
{
    public async Task<IReadOnlyList<UnitRow>> All(CancellationToken cancellation = default) =>
        await store.All(
            new Statement("SELECT kind, id, parent, name, json FROM unit ORDER BY kind, id"),
            row => new UnitRow(row.Text(0), row.Text(1), row.OptionalText(2), row.Text(3), row.Blob(4)), cancellation);
}
