using Cluster.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Cluster.Silo.Rules;

/// <summary>Brings this process to the rules that are published: before anything is assessed, and whenever another process has changed them.</summary>
public sealed partial class CatalogueFollower(IGrainFactory grains, LiveCatalogue live, TimeProvider time, ILogger<CatalogueFollower> logger) : IHostedService, IDisposable
{
    /// <summary>Real time between two looks: how long another process may still judge by what was in force before.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _stop = new();
    private Task _following = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // To begin with the shipped rules alone would take back every alert of an office's.
        await Look();
        _following = Follow(_stop.Token);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stop.Cancel();
        await _following.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose() => _stop.Dispose();

    private async Task Follow(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Wait, time);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                await Look();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogLookFailed(e);
            }
        }
    }

    private async Task Look()
    {
        if (await grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key).Contents(live.Current.Revision) is not { } contents) return;
        foreach (var (file, reason) in live.Adopt(contents)) LogUnreadable(file, reason);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is published could not be looked up; it will be tried again.")]
    private partial void LogLookFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The rule file {File} cannot be read by this version of the program and is left out: {Reason}")]
    private partial void LogUnreadable(string file, string reason);
}
