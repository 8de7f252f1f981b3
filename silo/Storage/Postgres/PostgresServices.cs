using Cluster.Contracts.Storage;
using Cluster.Storage.Postgres.Lists;
using Cluster.Storage.Snapshots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cluster.Storage.Postgres;

/// <summary>The store in a PostgreSQL database.</summary>
internal static class PostgresServices
{
    public static void AddPostgres(this IServiceCollection services)
    {
        services.AddSingleton<PostgresStore>();
        services.AddSingleton<IStoreHealth>(provider => provider.GetRequiredService<PostgresStore>());
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
    private sealed class Opening(PostgresStore store) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => store.Open().WaitAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
