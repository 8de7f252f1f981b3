using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Microsoft.Extensions.Hosting;

namespace Cluster.Silo.Clock;

/// <summary>Brings a simulated clock at least to the last instant the store saw, before anything else starts.</summary>
internal sealed class ClockResume(LegalClock clock, ICaseIndex index) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (clock is SimulatedClock simulated && await index.LastInstant(cancellationToken) is { } last) simulated.NotBefore(last);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
