using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Law;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Cluster.Silo;

/// <summary>Looks at every department once a legal day: what the rules find in it changes by time alone too, and some change nothing else for days.</summary>
internal sealed partial class DepartmentReviews(IUnitIndex units, IGrainFactory grains, LegalClock clock, TimeProvider time, ILogger<DepartmentReviews> logger) : IHostedService, IDisposable
{
    /// <summary>Real time between two looks at the date.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _watching = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Where it is started, not on a thread of its own: in a simulation there is only one.
        _watching = Watch(_stopping.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping.Cancel();
        await _watching.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task Watch(CancellationToken stopping)
    {
        // At the start whoever activates looks at itself.
        var looked = LegalTime.DateOf(clock.GetUtcNow());
        using var timer = new PeriodicTimer(Wait, time);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            var today = LegalTime.DateOf(clock.GetUtcNow());
            if (today == looked) continue;
            if (await LookAtAll(stopping)) looked = today;
        }
    }

    private async Task<bool> LookAtAll(CancellationToken stopping)
    {
        try
        {
            foreach (var unit in await units.All(stopping))
            {
                stopping.ThrowIfCancellationRequested();
                if (unit.Kind == "department") await grains.GetGrain<IAssignmentRecordGrain>(unit.Id).Review();
            }

            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not every department could be looked at; they will be looked at again.")]
    private partial void LogFailed(Exception exception);
}
