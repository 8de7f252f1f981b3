using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Embedded;
using Cluster.Grains.Assignment;
using Cluster.Silo;
using Cluster.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Storage;

namespace Simulation;

/// <summary>A silo as it is shipped, save that machine, clock and store are simulated.</summary>
internal sealed class Silo
{
    /// <summary>Legal seconds in a second of the machine.</summary>
    public const double Speed = 60;

    private readonly ServiceProvider _services;

    public Silo(Machine machine, Disk disk, Dice dice, DateTimeOffset legalStart)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(machine.Time.Of(machine));
        services.AddSingleton<DaySecret>(() => dice.Bytes(32));
        services.AddClusterSilo(new SiloOptions { Storage = new StorageOptions { Directory = "unused" }, ClockStart = legalStart, ClockSpeed = Speed });
        var engine = (EngineOptions)services.Single(s => s.ServiceType == typeof(EngineOptions)).ImplementationInstance!;
        engine.Scheduler = machine;
        engine.TurnsPerSlice = 1;
        services.AddSingleton(provider => new MemoryStore(machine, disk, dice, provider));
        foreach (var face in new[] { typeof(IJournal), typeof(ICaseIndex), typeof(IFeedStore), typeof(IDueIndex), typeof(IUnitIndex) })
        {
            services.RemoveAll(face);
            services.AddSingleton(face, provider => provider.GetRequiredService<MemoryStore>());
        }

        services.RemoveAllKeyed<IGrainStorage>("snapshots");
        services.AddKeyedSingleton<IGrainStorage>("snapshots", (provider, _) => provider.GetRequiredService<MemoryStore>());
        _services = services.BuildServiceProvider();
        Store = _services.GetRequiredService<MemoryStore>();
        Clock = _services.GetRequiredService<LegalClock>();
        Grains = _services.GetRequiredService<IGrainFactory>();
    }

    public MemoryStore Store { get; }

    public LegalClock Clock { get; }

    public IGrainFactory Grains { get; }

    public async Task Start()
    {
        foreach (var service in Services()) await service.StartAsync(default);
    }

    public async Task Stop()
    {
        foreach (var service in Services().Reverse()) await service.StopAsync(default);
    }

    // The file of the real store is never opened.
    private IEnumerable<IHostedService> Services() => _services.GetServices<IHostedService>().Where(s => s.GetType().Assembly != typeof(StorageOptions).Assembly);
}
