using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Microsoft.Extensions.Hosting;

namespace Cluster.Silo.Clock;

/// <summary>
/// Brings the clock of the law at least to the last instant the store saw, before anything else starts. A real clock that would have to
/// stand still for longer than a day was badly wrong when that was stored: whoever has set it right and starts anew is believed.
/// </summary>
internal sealed class ClockResume(LegalClock clock, ICaseIndex index) : IHostedService
{
    private static readonly TimeSpan LongestStandstill = TimeSpan.FromDays(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await index.LastInstant(cancellationToken) is not { } last) return;
        if (clock.Simulated || last - clock.GetUtcNow() <= LongestStandstill) clock.NotBefore(last);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
