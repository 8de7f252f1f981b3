using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Embedded;
using Cluster.Grains.Assignment;
using Cluster.Silo;
using Cluster.Silo.Due;
using Cluster.Storage;
using Cluster.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans;
using Simulation.Failing;
using Simulation.Mutations;
using Simulation.Storing;

namespace Simulation.Running;

/// <summary>A silo as it is shipped: grains, engine, services and store. Machine, clock, wires and disk are simulated.</summary>
internal sealed class Silo
{
    private readonly ServiceProvider _services;
    private readonly Mutation? _mutation;

    public Silo(Machine machine, Medium medium, Chaos chaos, Scenario scenario, Mutation? mutation, Simulated outside)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(machine.Time.Of(machine));
        services.AddSingleton<DaySecret>(() => chaos.Dice.Bytes(32));
        services.AddClusterSilo(new SiloOptions
        {
            Storage = SimulatedStore.Options(medium),
            ClockStart = scenario.Speed == 1 ? null : outside.LegalStart,
            ClockSpeed = scenario.Speed,
        });
        var engine = (EngineOptions)services.Single(s => s.ServiceType == typeof(EngineOptions)).ImplementationInstance!;
        engine.Scheduler = machine;
        engine.TurnsPerSlice = 1;
        engine.CollectionAge = TimeSpan.FromSeconds(scenario.CourtYear ? 900 : chaos.Dice.One(20, 300, 900));

        foreach (var face in services.Where(IsFace).ToList())
        {
            services.Remove(face);
            services.AddSingleton(face.ServiceType, provider => StoreFace.Of(
                face.ServiceType, ActivatorUtilities.CreateInstance(provider, face.ImplementationType!), machine, chaos, mutation, () => Store!));
        }

        var wire = new Wire(machine, chaos, mutation);
        services.RemoveAll<IGrainFactory>();
        services.AddSingleton<IGrainFactory>(provider => new WiredFactory(provider.GetRequiredService<IClusterClient>(), wire));
        services.RemoveAll<DueService>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<DueService>(
            provider, new WiredFactory(provider.GetRequiredService<IClusterClient>(), wire, call => outside.DueCalls(call, this))));
        services.AddSingleton<ICommitObserver>(outside.Observer);
        mutation?.Services(services);
        _mutation = mutation;
        _services = services.BuildServiceProvider();
        Store = new SimulatedStore(machine, medium, chaos, mutation, _services.GetRequiredService<Store>(), outside.Meanwhile);
        Store.Observe(_services);
        Clock = _services.GetRequiredService<LegalClock>();
        Grains = _services.GetRequiredService<IGrainFactory>();
        Activations = new Activations(_services.GetRequiredService<IClusterClient>());
    }

    public SimulatedStore Store { get; }

    public LegalClock Clock { get; }

    public IGrainFactory Grains { get; }

    public Activations Activations { get; }

    public T Service<T>() where T : notnull => _services.GetRequiredService<T>();

    public async Task Start()
    {
        foreach (var service in Services().Where(s => _mutation?.Starts(s) != false)) await service.StartAsync(default);
    }

    public async Task Stop()
    {
        foreach (var service in Services().Reverse()) await service.StopAsync(default);
    }

    // The store is open already.
    private IEnumerable<IHostedService> Services() => _services.GetServices<IHostedService>().Where(s => s.GetType().Assembly != typeof(StorageOptions).Assembly);

    private static bool IsFace(ServiceDescriptor service) => !service.IsKeyedService && service.ImplementationType is not null && service.ServiceType.IsInterface
        && service.ImplementationType.Assembly == typeof(StorageOptions).Assembly && service.ServiceType != typeof(IHostedService);

    /// <summary>What a silo touches that is not part of it.</summary>
    /// <param name="LegalStart">What a simulated clock of the law reads at first.</param>
    /// <param name="Meanwhile">Lets everybody else go on for a while.</param>
    /// <param name="Observer">Learns of commits.</param>
    /// <param name="DueCalls">Sees the calls of the due service.</param>
    internal sealed record Simulated(DateTimeOffset LegalStart, Action<TimeSpan> Meanwhile, ICommitObserver Observer, Action<Interception, Silo> DueCalls);
}
