using System.Threading.RateLimiting;
using Cluster.Api.Hosting;

namespace Cluster.Api.Exports;

/// <summary>Lets only a few exports be written at a time, so that they do not keep the store from those who work.</summary>
internal sealed class ExportGate : IDisposable
{
    private readonly ConcurrencyLimiter places = new(new ConcurrencyLimiterOptions { PermitLimit = 4, QueueLimit = 16, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    /// <summary>Waits for a place.</summary>
    /// <exception cref="ProblemException">429: too many wait.</exception>
    public async Task<IDisposable> Enter(CancellationToken cancellation)
    {
        RateLimitLease lease = await places.AcquireAsync(1, cancellation);
        return lease.IsAcquired ? lease : throw new ProblemException(Problem.Of(429, "overloaded", "Too many exports are being written; try again later.") with { RetryAfter = 10 });
    }

    public void Dispose() => places.Dispose();
}
