using Cluster.Contracts.Storage;

namespace Cluster.Api.Live;

/// <summary>Looks at the feeds themselves once a second: a screen must not be old because news of a commit was lost between two processes.</summary>
internal sealed partial class FeedCatchUp(FeedBroadcaster broadcaster, IFeedStore store, ILogger<FeedCatchUp> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await broadcaster.CatchUp(store, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The store is away, which others say aloud.
                LogFailed(logger, e);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "The feeds could not be looked at; they will be again")]
    private static partial void LogFailed(ILogger logger, Exception e);
}
