using Cluster.Contracts.Storage;
using Cluster.Storage.Snapshots;
using Cluster.Storage.Sqlite.Lists;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cluster.Storage.Sqlite;

/// <summary>The store in one file.</summary>
internal static class SqliteServices
{
    public static void AddSqlite(this IServiceCollection services)
    {
        services.AddSingleton<Store>();
        services.AddSingleton<IStoreHealth>(provider => provider.GetRequiredService<Store>());
        services.AddSingleton<IJournal, Journal>();
        services.AddSingleton<ICaseIndex, CaseIndex>();
        services.AddSingleton<IFeedStore, FeedStore>();
        services.AddSingleton<IDueIndex, DueIndex>();
        services.AddSingleton<IUnitIndex, UnitIndex>();
        services.AddSingleton<IRuleIndex, RuleIndex>();
        services.AddSingleton<ICaseArchive, CaseArchive>();
        services.AddSingleton<IHistoryArchive, HistoryArchive>();
        services.AddSingleton<IAccountStore, AccountStore>();
        services.AddSingleton<ISnapshotStore, SnapshotStore>();
        services.AddSingleton<IAuditLog, AuditLog>();
        services.AddHostedService<Opening>();
    }

    // A store that cannot be opened should stop the host from starting, not the first request.
    private sealed class Opening(Store store) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.Run(store.Open, cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
