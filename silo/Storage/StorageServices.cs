using Cluster.Contracts.Storage;
using Cluster.Storage.Postgres;
using Cluster.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cluster.Storage;

/// <summary>Puts the store into a service collection.</summary>
public static class StorageServices
{
    /// <summary>
    /// Adds the journal, the indexes, the feeds, the accounts, the snapshots and the store's health, all in one database,
    /// all singletons. Opened when the host starts or at first use, drained and closed with the service provider.
    /// Every registered <see cref="ICommitObserver"/> learns of commits.
    /// </summary>
    public static IServiceCollection AddClusterStorage(this IServiceCollection services, StorageOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddSingleton(options);
        if (options.Postgres is null)
            services.AddSqlite();
        else
            services.AddPostgres();
        return services;
    }
}
