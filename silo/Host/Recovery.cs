using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Cluster.Silo;

/// <summary>After a start: what was committed but not yet told to other grains is told again.</summary>
public sealed partial class Recovery(IDueIndex index, IGrainFactory grains, ILogger<Recovery> logger) : IHostedService
{
    private const int Batch = 1000;

    /// <summary>Whether everything left over from the last run has been sent on its way.</summary>
    public bool Finished { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var left = (await index.Undelivered(Batch + told.Count, cancellationToken)).Where(told.Add).ToList();
            if (left.Count == 0) break;
            foreach (var caseId in left) await grains.GetGrain<ICaseGrain>(caseId).Deliver();
        }

        if (told.Count > 0) LogRecovered(told.Count);
        Finished = true;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} cases told again after the last stop.")]
    private partial void LogRecovered(int count);
}
