using System.Threading.Channels;
using Cluster.Contracts.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Cluster.Silo.Clustered;

/// <summary>Tells the shards of what this silo commits of their cases.</summary>
internal sealed partial class ShardRouter(IGrainFactory grains, ShardCount count, ILogger<ShardRouter> logger) : BackgroundService, ICommitObserver
{
    // Beyond this the shards are told to read instead.
    private const int MostWaiting = 50_000;
    private const int LargestBatch = 1_000;
    private const int Tries = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly Channel<DueChange> _waiting = Channel.CreateBounded<DueChange>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private int _lost;

    public void Committed(IReadOnlyList<FeedItem> feed, IReadOnlyList<DueChange> due)
    {
        foreach (var change in due)
        {
            if (!_waiting.Writer.TryWrite(change)) Volatile.Write(ref _lost, 1);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            var byShard = new Dictionary<int, List<ShardChange>>();
            for (var i = 0; i < LargestBatch && _waiting.Reader.TryRead(out var change); i++)
            {
                var shard = CaseShard.Of(change.Case, count.Value);
                if (!byShard.TryGetValue(shard, out var changes)) byShard[shard] = changes = [];
                changes.Add(new ShardChange(change.Case, change.At));
            }

            await Task.WhenAll(byShard.Select(one => Tell(one.Key, [.. one.Value], stoppingToken)));
            if (Interlocked.Exchange(ref _lost, 0) == 1) await Task.WhenAll(Enumerable.Range(0, count.Value).Select(shard => Try(() => grains.GetGrain<IShardGrain>(shard).LookAgain())));
        }
    }

    private async Task Tell(int shard, ShardChange[] changes, CancellationToken stopping)
    {
        for (var attempt = 1; attempt <= Tries && !stopping.IsCancellationRequested; attempt++)
        {
            if (await Try(() => grains.GetGrain<IShardGrain>(shard).Changed(changes))) return;
            await Task.Delay(Pause, TimeProvider.System, stopping);
        }

        // Whoever takes the shard over reads the store first.
        Volatile.Write(ref _lost, 1);
    }

    private async Task<bool> Try(Func<Task> tell)
    {
        try
        {
            await tell();
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A shard could not be told of commits; it will be tried again.")]
    private partial void LogFailed(Exception exception);
}
