using Microsoft.Extensions.Hosting;
#if ORLEANS
using Cluster.Silo.Clustered;
#endif

namespace Cluster.Silo;

/// <summary>What a process that serves people needs of the grains: all of them in itself, or the way to the silos that hold them.</summary>
public static class ClusterProcess
{
#if ORLEANS
    /// <summary>Options that such a process has besides its own.</summary>
    public static IReadOnlyList<string> Options { get; } = ["cluster-id", "service-id"];

    /// <summary>Connects the process to the silos.</summary>
    /// <exception cref="FormatException">The options do not name a database that silos share.</exception>
    public static async Task AddCluster(this IHostApplicationBuilder builder, SiloOptions options)
    {
        if (options.Storage.Postgres is not { } store) throw new FormatException("A process of a cluster needs --store postgres://user:password@host:port/database.");
        options.Storage.Exclusive = false;
        await builder.AddClient(options, NodeOptions.Read(store, builder.Configuration));
    }
#else
    /// <summary>Options that such a process has besides its own.</summary>
    public static IReadOnlyList<string> Options { get; } = [];

    /// <summary>Adds the grains and everything under them.</summary>
    public static Task AddCluster(this IHostApplicationBuilder builder, SiloOptions options)
    {
        builder.Services.AddClusterSilo(options);
        return Task.CompletedTask;
    }
#endif
}
