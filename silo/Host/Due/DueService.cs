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
public sealed partial class DueService : BackgroundService, ICommitObserver
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var now = _clock.GetUtcNow();
                if (now >= _queue.Horizon) await Refill(now, stoppingToken);
                await WakeDue(stoppingToken);
                await Sleep(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The store may be away for a while; the index still holds everything that is due.
                LogRoundFailed(e);
                await Task.Delay(_options.Retry, _real, stoppingToken);
            }
        }
    }

    private async Task Refill(DateTimeOffset now, CancellationToken stopping)
    {
        var horizon = now + _options.Window;
        var due = await _index.Until(horizon, _options.Batch, stopping);
        // A full batch may have been cut: the window ends with what was read.
        if (due.Count == _options.Batch) horizon = due[^1].At!.Value;
        _queue.Load(due, horizon);
    }

    private async Task WakeDue(CancellationToken stopping)
    {
        while (true)
        {
            var cases = new List<string>();
            while (cases.Count < _options.Batch && _queue.Take(_clock.GetUtcNow(), out var at) is { } one)
            {
                cases.Add(one);
                _lateness.Record((_clock.GetUtcNow() - at!.Value).TotalSeconds);
            }

            if (cases.Count == 0) return;
            await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = _options.Concurrency, CancellationToken = stopping }, Wake);
        }
    }

    private async ValueTask Wake(string caseId, CancellationToken stopping)
    {
        try
        {
            await _grains.GetGrain<ICaseGrain>(caseId).Wake();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Its row in the due index stands, so the next window finds it; try again soon meanwhile.
            LogWakeFailed(e);
            _queue.Change(new DueChange(caseId, _clock.GetUtcNow() + (_options.Retry * _clock.Speed)));
        }
    }

    private async Task Sleep(CancellationToken stopping)
    {
        if (_queue.Take(DateTimeOffset.MinValue, out var next) is not null) return;
        var until = next is { } at && at < _queue.Horizon ? at : _queue.Horizon;
        var wait = until - _clock.GetUtcNow();
        if (wait <= TimeSpan.Zero) return;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var timer = Task.Delay(wait < _options.Window ? wait : _options.Window, _clock, done.Token);
        await Task.WhenAny(timer, _signal.WaitAsync(done.Token));
        await done.CancelAsync();
        stopping.ThrowIfCancellationRequested();
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
