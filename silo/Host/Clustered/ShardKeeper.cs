using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Cluster.Silo.Clustered;

/// <summary>Has every shard live somewhere, at once when the silo it lived on is gone, and has them read anew what a silo may have committed with its last breath.</summary>
internal sealed partial class ShardKeeper(IGrainFactory grains, ISiloStatusOracle silos, ShardCount count, ILogger<ShardKeeper> logger) : BackgroundService, ISiloStatusListener
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private int _gone;

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status == SiloStatus.Dead) Volatile.Write(ref _gone, 1);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        silos.SubscribeToSiloStatusEvents(this);
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        try
        {
            do
            {
                var lookAgain = Interlocked.Exchange(ref _gone, 0) == 1;
                await Task.WhenAll(Enumerable.Range(0, count.Value).Select(shard => Keep(grains.GetGrain<IShardGrain>(shard), lookAgain)));
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            silos.UnSubscribeFromSiloStatusEvents(this);
        }
    }

    private async Task Keep(IShardGrain shard, bool lookAgain)
    {
        try
        {
            await (lookAgain ? shard.LookAgain() : shard.Keep());
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (lookAgain) Volatile.Write(ref _gone, 1);
            LogFailed(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A shard does not answer; it will be asked again.")]
    private partial void LogFailed(Exception exception);
}
