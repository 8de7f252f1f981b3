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

    // Enough to fill commits and to wait for several grains at once.
    private const int Concurrency = 32;

    /// <summary>Real time between two looks; what is owed at both is told again.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _stop = new();
    private Task _looking = Task.CompletedTask;

    /// <summary>Whether everything left over from the last run has been sent on its way.</summary>
    public bool Finished { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        // Those that are owed still after they were told could not be reached; they must neither hold up the start nor hide the others.
        var stuck = new HashSet<string>(StringComparer.Ordinal);
        var count = 0;
        while (true)
        {
            var left = new List<string>();
            foreach (var caseId in await index.Undelivered(Batch + stuck.Count, cancellationToken))
            {
                if (told.Contains(caseId)) stuck.Add(caseId);
                else if (!stuck.Contains(caseId)) left.Add(caseId);
            }

            if (left.Count == 0) break;
            await TellAll(left);
            told = new HashSet<string>(left, StringComparer.Ordinal);
            count += left.Count;
        }

        if (count > 0) LogRecovered(count, stuck.Count);
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
                // The ones known of may be owed for good; behind them others wait.
                var owed = await index.Undelivered(Batch + before.Count, stopping);
                await TellAll(owed.Where(before.Contains));
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

    private async Task TellAll(IEnumerable<string> cases)
    {
        foreach (var some in cases.Chunk(Concurrency)) await Task.WhenAll(some.Select(Tell));
    }

    private async Task Tell(string caseId)
    {
        try
        {
            await grains.GetGrain<ICaseGrain>(caseId).Deliver();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogTellFailed(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} cases told again after the last stop; {Stuck} are owed still and will be tried again.")]
    private partial void LogRecovered(int count, int stuck);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A case could not tell again what it owes; it will be tried again.")]
    private partial void LogTellFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A round of recovery failed; it will be tried again.")]
    private partial void LogRoundFailed(Exception exception);
}
