using Cluster.Contracts.Operations;
using Cluster.Contracts.Storage;
using Cluster.Silo.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Cluster.Silo.Clustered;

/// <summary>Follows what every silo commits, silos that come and go included, and tells this process of it.</summary>
internal sealed partial class FeedFollower(IClusterClient cluster, NodeMeters meters, IOperationalAlerts board, IServiceProvider services, ILogger<FeedFollower> logger) : BackgroundService, IFeedObserver
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private ICommitObserver[] _observers = [];

    public Task Fed(FedItem[] items)
    {
        // In the order in which they came; those of one trace at once.
        for (int first = 0, next; first < items.Length; first = next)
        {
            var trace = items[first].Trace;
            for (next = first + 1; next < items.Length && items[next].Trace == trace;) next++;
            using var span = Tracing.From("feed.arrive", trace);
            var fed = Array.ConvertAll(items[first..next], i => new FeedItem(i.Scope, i.Sequence, i.Kind, i.At, i.Payload));
            foreach (var observer in _observers) observer.Committed(fed, []);
        }
        return Task.CompletedTask;
    }

    public Task<NodeReport> Report() => Task.FromResult(new NodeReport(meters.Status(), [.. board.Open]));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // They depend on the store themselves.
        _observers = [.. services.GetServices<ICommitObserver>()];
        var self = cluster.CreateObjectReference<IFeedObserver>(this);
        using var timer = new PeriodicTimer(Again, TimeProvider.System);
        do
        {
            try
            {
                var silos = await cluster.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);
                await Task.WhenAll(silos.Keys.Select(silo => cluster.GetGrain<INodeGrain>(silo.ToParsableString()).Follow(self)));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A silo that is going, most likely; what it still commits is found in the store.
                LogFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A silo could not be followed; it will be tried again.")]
    private partial void LogFailed(Exception exception);
}
