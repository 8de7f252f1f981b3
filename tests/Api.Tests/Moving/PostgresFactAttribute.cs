using Cluster.Shared;

namespace Cluster.Api.Tests.Moving;

/// <summary>A fact about a store on PostgreSQL; skipped by name where that is not installed.</summary>
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.Missing;
}
