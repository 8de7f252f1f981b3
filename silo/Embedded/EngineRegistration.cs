using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace Cluster.Embedded;

public static class EngineRegistration
{
    /// <summary>
    /// Adds the engine, as <see cref="IGrainFactory"/> and <see cref="IClusterClient"/>. It takes calls at once and stops with
    /// the host; hosted services that call grains are added after it, so that they stop before it.
    /// Storage for persistent states is added as <see cref="Orleans.Storage.IGrainStorage"/>, keyed by its name.
    /// </summary>
    public static IServiceCollection AddEmbeddedEngine(this IServiceCollection services, Action<EngineOptions>? configure = null)
    {
        var options = new EngineOptions();
        configure?.Invoke(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<Engine>();
        services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<Engine>());
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<Engine>());
        services.AddMetrics();
        services.AddSingleton<EngineMeters>();
        services.AddHostedService<EngineService>();
        return services;
    }

    /// <summary>Adds every grain class of an assembly.</summary>
    public static IServiceCollection AddGrains(this IServiceCollection services, Assembly assembly) =>
        services.AddSingleton(new GrainAssembly(assembly));

    private sealed class EngineService(Engine engine, EngineMeters meters) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            meters.Begin();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => engine.Stop(cancellationToken);
    }
}
