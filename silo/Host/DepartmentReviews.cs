using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Law;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Cluster.Silo;

/// <summary>Looks at every department once a legal day: what the rules find in it changes by time alone too, and some change nothing else for days.</summary>
internal sealed partial class DepartmentReviews(IUnitIndex units, IGrainFactory grains, LegalClock clock, TimeProvider time, ILogger<DepartmentReviews> logger) : BackgroundService
{
    /// <summary>Real time between two looks at the date.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // At the start whoever activates looks at itself.
        var looked = LegalTime.DateOf(clock.GetUtcNow());
        using var timer = new PeriodicTimer(Wait, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var today = LegalTime.DateOf(clock.GetUtcNow());
            if (today == looked) continue;
            if (await LookAtAll(stoppingToken)) looked = today;
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
