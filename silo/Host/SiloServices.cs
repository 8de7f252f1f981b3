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
#if !ORLEANS
    /// <summary>Adds everything: the store, the clock of the law, the grains on their engine, the due service and recovery, in the order they must start.</summary>
    public static IServiceCollection AddClusterSilo(this IServiceCollection services, SiloOptions options)
    {
        services.AddProcess(options);
        services.AddKeyedSingleton<IGrainStorage, SnapshotGrainStorage>("snapshots");
        services.AddEmbeddedEngine();
        services.AddGrains(typeof(Grains.Cases.CaseGrain).Assembly);
        services.AddGrainParts();
        services.AddHostedService<CatalogueFollower>();
        services.AddSingleton<DueService>();
        services.AddSingleton<ICommitObserver>(provider => provider.GetRequiredService<DueService>());
        services.AddSingleton<Recovery>();
        services.AddHostedService(provider => provider.GetRequiredService<Recovery>());
        services.AddHostedService(provider => provider.GetRequiredService<DueService>());
        services.AddHostedService<DepartmentReviews>();
        services.AddSingleton<Reassessment>();
        services.AddHostedService(provider => provider.GetRequiredService<Reassessment>());
        services.AddSingleton(options.Due);
        return services;
    }
#endif

    /// <summary>Adds what every process has: the store, the clock of the law, the rules, the board of operational alerts.</summary>
    internal static IServiceCollection AddProcess(this IServiceCollection services, SiloOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<IOperationalAlerts, OperationalAlerts>();
        services.AddSingleton(provider => LegalClockOf(options, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new LiveCatalogue(new Assessor(Catalogue.Default, options.Holidays is { } extra ? HolidayCalendar.Default.With(extra) : HolidayCalendar.Default)));
        services.AddClusterStorage(options.Storage);
        services.AddHostedService<ClockResume>();
        return services;
    }

    /// <summary>Adds what grains work with.</summary>
    internal static IServiceCollection AddGrainParts(this IServiceCollection services)
    {
        services.AddSingleton<LargeCases>();
        services.TryAddSingleton<DaySecret>(static () => RandomNumberGenerator.GetBytes(32));
        return services;
    }

    private static LegalClock LegalClockOf(SiloOptions options, TimeProvider real) =>
        options.ClockStart is { } start ? new SimulatedClock(real, start, options.ClockSpeed) : new LegalClock(real);
}
