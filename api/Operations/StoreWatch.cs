using Cluster.Contracts.Operations;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Operations;

/// <summary>Asks the store now and then whether it is there, so that operators learn of it before anybody's request fails.</summary>
internal sealed class StoreWatch(IStoreHealth store, IOperationalAlerts board, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>Asks now.</summary>
    public async Task<StoreHealth> Check(CancellationToken cancellation)
    {
        StoreHealth health = await store.Check(cancellation);
        if (health.Ready) board.Clear(OperationalKind.StoreAway);
        else board.Raise(OperationalKind.StoreAway);
        return health;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await Check(stoppingToken);
    }
}
