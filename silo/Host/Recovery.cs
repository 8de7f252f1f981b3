using Cluster.Contracts;
using Cluster.Contracts.Operations;
using Cluster.Contracts.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Cluster.Silo;

/// <summary>What was committed but could not be told to other grains is told again: after a start all of it, later whatever has waited for a while.</summary>
public sealed partial class Recovery(IDueIndex index, IGrainFactory grains, TimeProvider time, IOperationalAlerts operators, ILogger<Recovery> logger) : IHostedService, IDisposable
{
    private const int Batch = 1000;

    /// <summary>Real time between two looks; what is owed at both is told again.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _stop = new();
    private Task _looking = Task.CompletedTask;

    /// <summary>Whether everything left over from the last run has been sent on its way.</summary>
    public bool Finished { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var left = (await index.Undelivered(Batch + told.Count, cancellationToken)).Where(told.Add).ToList();
            if (left.Count == 0) break;
            foreach (var caseId in left) await Tell(caseId);
        }

        if (told.Count > 0) LogRecovered(told.Count);
        Finished = true;
        _looking = Look(_stop.Token);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stop.Cancel();
        await _looking.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose() => _stop.Dispose();

    private async Task Look(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Wait, time);
        var before = new HashSet<string>();
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                var owed = await index.Undelivered(Batch, stopping);
                foreach (var caseId in owed.Where(before.Contains)) await Tell(caseId);
                before = new HashSet<string>(owed, StringComparer.Ordinal);
                operators.Clear(OperationalKind.RecoveryFailing);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                operators.Raise(OperationalKind.RecoveryFailing, cause: e);
                LogRoundFailed(e);
            }
        }
    }

    private Task Tell(string caseId) => grains.GetGrain<ICaseGrain>(caseId).Deliver();

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} cases told again after the last stop.")]
    private partial void LogRecovered(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "A round of recovery failed; it will be tried again.")]
    private partial void LogRoundFailed(Exception exception);
}
