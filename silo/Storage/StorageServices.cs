using Cluster.Contracts.Storage;
using Cluster.Storage.Accounts;
using Cluster.Storage.Indexes;
using Cluster.Storage.Snapshots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Cluster.Storage;

/// <summary>Puts the embedded store into a service collection.</summary>
public static class StorageServices
{
    /// <summary>
    /// Adds the journal, the indexes, the feeds, the accounts, the snapshots and the store's health, all on one SQLite file,
    /// all singletons. Opened when the host starts or at first use, drained and closed with the service provider.
    /// Every registered <see cref="ICommitObserver"/> learns of commits.
    /// </summary>
    public static IServiceCollection AddClusterStorage(this IServiceCollection services, StorageOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddSingleton(options);
        services.AddSingleton<Store>();
        services.AddSingleton<IStoreHealth>(provider => provider.GetRequiredService<Store>());
        services.AddSingleton<IJournal, Journal>();
        services.AddSingleton<ICaseIndex, CaseIndex>();
        services.AddSingleton<IFeedStore, FeedStore>();
        services.AddSingleton<IDueIndex, DueIndex>();
        services.AddSingleton<IUnitIndex, UnitIndex>();
        services.AddSingleton<IRuleIndex, RuleIndex>();
        services.AddSingleton<ICaseArchive, CaseArchive>();
        services.AddSingleton<IAccountStore, AccountStore>();
        services.AddSingleton<ISnapshotStore, SnapshotStore>();
        services.AddHostedService<Opening>();
        return services;
    }

    // A store that cannot be opened should stop the host from starting, not the first request.
    private sealed class Opening(Store store) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.Run(store.Open, cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
