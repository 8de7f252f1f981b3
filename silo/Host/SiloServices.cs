using System.Security.Cryptography;
using Cluster.Cases.Assessment;
using Cluster.Cases.Rules;
using Cluster.Contracts;
using Cluster.Contracts.Operations;
using Cluster.Contracts.Storage;
using Cluster.Grains.Assignment;
using Cluster.Grains.Cases;
using Cluster.Law;
using Cluster.Silo.Clock;
using Cluster.Silo.Due;
using Cluster.Silo.Operations;
using Cluster.Silo.Rules;
using Cluster.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Storage;
#if !ORLEANS
using Cluster.Embedded;
#endif

namespace Cluster.Silo;

/// <summary>What a silo is made of.</summary>
public static class SiloServices
{
    /// <summary>Adds the store, the clock of the law, the grains on their engine, the due service and recovery, in the order they must start.</summary>
    public static IServiceCollection AddClusterSilo(this IServiceCollection services, SiloOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<IOperationalAlerts, OperationalAlerts>();
        services.AddSingleton<LargeCases>();
        services.AddSingleton(provider => LegalClockOf(options, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<DaySecret>(static () => RandomNumberGenerator.GetBytes(32));
        services.AddSingleton(new LiveCatalogue(new Assessor(Catalogue.Default, options.Holidays is { } extra ? HolidayCalendar.Default.With(extra) : HolidayCalendar.Default)));
        services.AddClusterStorage(options.Storage);
        services.AddHostedService<ClockResume>();
        services.AddKeyedSingleton<IGrainStorage, SnapshotGrainStorage>("snapshots");
#if !ORLEANS
        services.AddEmbeddedEngine();
        services.AddGrains(typeof(Grains.Cases.CaseGrain).Assembly);
#endif
        services.AddHostedService<CatalogueFollower>();
        services.AddSingleton(options.Due);
        services.AddSingleton<DueService>();
        services.AddSingleton<ICommitObserver>(provider => provider.GetRequiredService<DueService>());
        services.AddSingleton<Recovery>();
        services.AddHostedService(provider => provider.GetRequiredService<Recovery>());
        services.AddHostedService(provider => provider.GetRequiredService<DueService>());
        services.AddSingleton<Reassessment>();
        services.AddHostedService(provider => provider.GetRequiredService<Reassessment>());
        return services;
    }

    private static LegalClock LegalClockOf(SiloOptions options, TimeProvider real) =>
        options.ClockStart is { } start ? new SimulatedClock(real, start, options.ClockSpeed) : new LegalClock(real);
}
