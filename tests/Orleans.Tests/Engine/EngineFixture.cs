using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Grains.Tests.Engine;

/// <summary>
/// A silo of Orleans with the grains of this assembly, manual time for them and memory storage, and a client of it: what is said between the two, and between grains,
/// is serialized or copied as it is between processes.
/// </summary>
public sealed class EngineFixture : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private EngineFixture(Action<EngineOptions>? configure)
    {
        var options = new EngineOptions();
        configure?.Invoke(options);
        var builder = new InProcessTestClusterBuilder(1) { Options = { ConfigureFileLogging = false } };
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(Time);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Services.AddSingleton(Stage);
            silo.Services.AddKeyedSingleton<IGrainStorage>("memory", new NewWhereNoRecord(Storage));
            silo.Services.AddScoped<ActivationService>();
            options.Apply(silo);
        });
        builder.ConfigureClient(client =>
        {
            if (options.Client is { } timeout) client.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = timeout);
        });
        _cluster = builder.Build();
    }

    /// <summary>What the calls of a grain fail with whose activation takes too long.</summary>
    public static Type ActivationGivenUp => typeof(TaskCanceledException);

    /// <summary>What the calls of a grain fail with whose state has no storage: Orleans says that it could not make the grain.</summary>
    public static Type NoStorage => typeof(InvalidOperationException);

    /// <summary>Time as grains have it. It begins now, for what a grain puts off Orleans compares with the clock of the machine.</summary>
    public ManualTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public Stage Stage { get; } = new();

    public MemoryGrainStorage Storage { get; } = new();

    public IClusterClient Client => _cluster.Client;

    public static async Task<EngineFixture> Start(Action<EngineOptions>? configure = null)
    {
        var fixture = new EngineFixture(configure);
        await fixture._cluster.DeployAsync();
        return fixture;
    }

    public T Grain<T>(string key = "a") where T : IGrainWithStringKey => Client.GetGrain<T>(key);

    public Task Stop(CancellationToken cancellation = default) => _cluster.Silos[0].StopSiloAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        // Whatever a test has left standing at a gate shall be able to end.
        Stage.OpenAll();
        await _cluster.StopAllSilosAsync().Soon();
        await _cluster.DisposeAsync();
    }
}

/// <summary>A service that lives as long as an activation.</summary>
public sealed class ActivationService(Stage stage) : IDisposable
{
    public void Dispose() => stage.Mark("service disposed");
}
