using Cluster.Shared;

namespace Grains.Tests.Clustered;

/// <summary>A test of silos over PostgreSQL, skipped by name where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ClusterFactAttribute : FactAttribute
{
    public ClusterFactAttribute()
    {
        Skip = PostgresServer.Missing;
        Timeout = 120_000;
    }
}
