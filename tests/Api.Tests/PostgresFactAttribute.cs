using Cluster.Shared;

namespace Cluster.Api.Tests;

/// <summary>A fact over a PostgreSQL of its own; skipped by name where none can be had.</summary>
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.Missing;
}
