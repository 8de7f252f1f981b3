using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Cluster.Silo.Rules;

/// <summary>
/// Has every open case assessed again when the rules have changed. Each case notes by which rules it was assessed, in the commit that did it, so
/// a sweep that was cut off goes on where it stood, after a crash too; to wake a case twice changes nothing.
/// </summary>
public sealed partial class Reassessment(
    IRuleIndex index, IGrainFactory grains, LiveCatalogue live, TimeProvider time, ILogger<Reassessment> logger) : IHostedService, IDisposable
{
    private const int Batch = 500;

    // Enough to fill commits, few enough to leave room for events and for what is due.
    private const int Concurrency = 16;

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _signal = new(0, 1);
    private Task _running = Task.CompletedTask;

    /// <summary>The revision by which every open case has been assessed.</summary>
    public long Finished { get; private set; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        live.Changed += Signal;
        _running = Run(_stop.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        live.Changed -= Signal;
        _stop.Cancel();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose() => _stop.Dispose();

    private async Task Run(CancellationToken stopping)
    {
        await using var stop = stopping.Register(Signal);
        // Whoever starts us does not wait while we look through every case.
        await Task.Yield();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var rules = live.Current;
                if (rules.Revision == Finished || await Sweep(rules, stopping)) await _signal.WaitAsync();
                else if (rules.Revision == live.Current.Revision) await Task.Delay(Retry, time, stopping);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogSweepFailed(e);
                await Task.Delay(Retry, time, stopping);
            }
        }
    }

    /// <returns>Whether nothing is left: the rules still are these, and every case could be woken.</returns>
    private async Task<bool> Sweep(LiveRules rules, CancellationToken stopping)
    {
        string? after = null;
        var (woken, failed) = (0, 0);
        while (rules.Revision == live.Current.Revision)
        {
            var stale = await index.Stale(rules.Revision, rules.Touched, after, Batch, stopping);
            foreach (var some in stale.Chunk(Concurrency))
            {
                stopping.ThrowIfCancellationRequested();
                var done = await Task.WhenAll(some.Select(Wake));
                woken += done.Count(ok => ok);
                failed += done.Count(ok => !ok);
            }

            if (stale.Count < Batch)
            {
                LogSwept(rules.Revision, woken, failed);
                if (failed > 0) return false;
                Finished = rules.Revision;
                break;
            }

            after = stale[^1];
        }

        // If they changed on the way, begin again with the new ones.
        return rules.Revision == live.Current.Revision;
    }

    private async Task<bool> Wake(string caseId)
    {
        try
        {
            await grains.GetGrain<ICaseGrain>(caseId).Wake();
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogWakeFailed(e);
            return false;
        }
    }

    private void Signal()
    {
        try
        {
            if (_signal.CurrentCount == 0) _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already signalled.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Woken} cases were assessed by revision {Revision} of the rules; {Failed} could not be and will be tried again.")]
    private partial void LogSwept(long revision, int woken, int failed);

    [LoggerMessage(Level = LogLevel.Error, Message = "A sweep after a change of the rules failed; it will be tried again.")]
    private partial void LogSweepFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A case could not be assessed by the new rules; it will be tried again.")]
    private partial void LogWakeFailed(Exception exception);
}
