using Cluster.Contracts;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace Cluster.Silo.Clustered;

/// <summary>
/// Holds calls of cases back until this silo has the rules of the offices: a silo is given cases as soon as it joins, and to judge by the shipped rules alone would
/// take back every alert of an office's own.
/// </summary>
internal sealed class RulesAtHand : IIncomingGrainCallFilter, IHostedService
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (!_ready.Task.IsCompleted && context.Grain is ICaseGrain or IBacktestGrain) await _ready.Task;
        await context.Invoke();
    }

    /// <summary>Started after whoever reads the rules.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ready.TrySetResult();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
