using Cluster.Embedded;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Storage;

namespace Grains.Tests.Engine;

/// <summary>
/// A host with the engine under test, the grains of this assembly, manual time and memory storage. The tests that take only
/// this and the names of Orleans state what grains may rely on whichever engine runs them.
/// </summary>
public sealed class EngineFixture : IAsyncDisposable
{
    private readonly IHost _host;

    private EngineFixture(Action<EngineOptions>? configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton(Stage);
        builder.Services.AddKeyedSingleton<IGrainStorage>("memory", Storage);
        builder.Services.AddScoped<ActivationService>();
        builder.Services.AddEmbeddedEngine(configure);
        builder.Services.AddGrains(typeof(EngineFixture).Assembly);
        _host = builder.Build();
        Client = _host.Services.GetRequiredService<IClusterClient>();
    }

    /// <summary>What the calls of a grain fail with whose activation takes too long.</summary>
    public static Type ActivationGivenUp => typeof(TimeoutException);

    /// <summary>What the calls of a grain fail with whose state has no storage.</summary>
    public static Type NoStorage => typeof(BadProviderConfigException);

    public ManualTimeProvider Time { get; } = new();

    public Stage Stage { get; } = new();

    public MemoryGrainStorage Storage { get; } = new();

    public IClusterClient Client { get; }

    public static async Task<EngineFixture> Start(Action<EngineOptions>? configure = null)
    {
        var fixture = new EngineFixture(configure);
        await fixture._host.StartAsync();
        return fixture;
    }

    public T Grain<T>(string key = "a") where T : IGrainWithStringKey => Client.GetGrain<T>(key);

    public Task Stop(CancellationToken cancellation = default) => _host.StopAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        // Whatever a test has left standing at a gate shall be able to end.
        Stage.OpenAll();
        await _host.StopAsync().Soon();
        _host.Dispose();
    }
}

/// <summary>A service that lives as long as an activation.</summary>
public sealed class ActivationService(Stage stage) : IDisposable
{
    public void Dispose() => stage.Mark("service disposed");
}
