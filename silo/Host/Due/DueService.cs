using System.Diagnostics.Metrics;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Cluster.Silo.Due;

/// <summary>
/// Wakes cases when their assessment changes by time alone. Right when killed anywhere: the due index is written with the case,
/// and waking twice changes nothing.
/// </summary>
public sealed partial class DueService : IHostedService, ICommitObserver, IDisposable
{
    private readonly IDueIndex _index;
    private readonly IGrainFactory _grains;
    private readonly LegalClock _clock;
    private readonly TimeProvider _real;
    private readonly DueOptions _options;
    private readonly ILogger<DueService> _logger;
    private readonly DueQueue _queue = new();
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly Histogram<double> _lateness;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public DueService(IDueIndex index, IGrainFactory grains, LegalClock clock, TimeProvider real, DueOptions options, IMeterFactory meters, ILogger<DueService> logger)
    {
        _index = index;
        _grains = grains;
        _clock = clock;
        _real = real;
        _options = options;
        _logger = logger;
        _lateness = meters.Create("Cluster.Due").CreateHistogram<double>("cluster.due.lateness", "s", "How late cases were woken, in seconds of the legal clock.");
    }

    /// <summary>How many wakes the current window holds.</summary>
    public int Waiting => _queue.Count;

    public void Committed(IReadOnlyList<FeedItem> feed, IReadOnlyList<DueChange> due)
    {
        var earlier = false;
        foreach (var change in due) earlier |= _queue.Change(change);
        if (earlier) Signal();
    }

    /// <summary>Starts on the scheduler of the caller, which in a simulation is the only one.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Run(_stop.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stop.Cancel();
        // Out of time or not, what is due stands in the index.
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose() => _stop.Dispose();

    private async Task Run(CancellationToken stopping)
    {
        await using var stop = stopping.Register(Signal);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                StartWakes();
                await RefillOrSleep(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The store may be away for a while; the index still holds everything that is due.
                LogRoundFailed(e);
                await Task.Delay(_options.Retry, _real, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
        }
    }

    // One case that is slow to wake takes one place and keeps nobody else waiting.
    private void StartWakes()
    {
        while (_queue.Waking < _options.Concurrency && _queue.Take(_clock.GetUtcNow(), out var at) is { } caseId)
        {
            _lateness.Record((_clock.GetUtcNow() - at!.Value).TotalSeconds);
            _ = Wake(caseId);
        }
    }

    private async Task Wake(string caseId)
    {
        try
        {
            await _grains.GetGrain<ICaseGrain>(caseId).Wake();
        }
        catch (Exception e)
        {
            // Its row in the due index stands, so the next window finds it; try again soon meanwhile.
            LogWakeFailed(e);
            _queue.Change(new DueChange(caseId, _clock.GetUtcNow() + (_options.Retry * _clock.Speed)));
        }
        finally
        {
            _queue.Done(caseId);
            Signal();
        }
    }

    private Task RefillOrSleep(CancellationToken stopping)
    {
        var now = _clock.GetUtcNow();
        var full = _queue.Waking >= _options.Concurrency;
        if (!full && now >= _queue.Horizon) return Refill(now, stopping);
        _queue.Take(DateTimeOffset.MinValue, out var next);
        // With every place taken only the end of a wake makes room.
        var until = full ? DateTimeOffset.MaxValue : next is { } at && at < _queue.Horizon ? at : _queue.Horizon;
        return until <= now ? Task.CompletedTask : Sleep(until - now);
    }

    private async Task Refill(DateTimeOffset now, CancellationToken stopping)
    {
        var before = _queue.Horizon;
        var horizon = now + _options.Window;
        _queue.Begin(horizon);
        try
        {
            var due = await _index.Until(horizon, _options.Batch, stopping);
            // A full batch may have been cut: the window ends with what was read.
            _queue.Load(due, due.Count == _options.Batch ? due[^1].At!.Value : horizon);
        }
        catch
        {
            _queue.Load([], before);
            throw;
        }
    }

    // A timer may fire early by a fraction of a millisecond; the round that follows then finds nothing due and sleeps again.
    private async Task Sleep(TimeSpan wait)
    {
        var most = wait < _options.Window ? wait : _options.Window;
        await using var timer = _clock.CreateTimer(static self => ((DueService)self!).Signal(), this, most, Timeout.InfiniteTimeSpan);
        await _signal.WaitAsync();
    }

    private void Signal()
    {
        try
        {
            if (_signal.CurrentCount == 0) _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already signalled by another commit.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A round of the due service failed; it will be tried again.")]
    private partial void LogRoundFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A case could not be woken; it will be tried again.")]
    private partial void LogWakeFailed(Exception exception);
}
