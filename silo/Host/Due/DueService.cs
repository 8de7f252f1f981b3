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
    // So many first wakes failing one after the other are not the fault of their cases.
    private const int Outage = 3;

    private readonly IDueIndex _index;
    private readonly IGrainFactory _grains;
    private readonly LegalClock _clock;
    private readonly TimeProvider _real;
    private readonly DueOptions _options;
    private readonly ILogger<DueService> _logger;
    private readonly DueQueue _queue;
    private readonly DueMetrics _metrics;
    private readonly FailureLog _failures;
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly long _started;
    private TimeSpan _readAgain;
    private int _failedInARow;
    private Task _running = Task.CompletedTask;

    public DueService(IDueIndex index, IGrainFactory grains, LegalClock clock, TimeProvider real, DueOptions options, IMeterFactory meters, ILogger<DueService> logger)
    {
        _index = index;
        _grains = grains;
        _clock = clock;
        _real = real;
        _options = options;
        _logger = logger;
        _queue = new DueQueue(options);
        _metrics = new DueMetrics(meters, _queue, clock);
        _failures = new FailureLog(logger);
        _started = real.GetTimestamp();
    }

    /// <summary>How many wakes are held in memory until their time.</summary>
    public int Waiting => _queue.Waiting;

    /// <summary>How many cases are being woken.</summary>
    public int Waking => _queue.Taken;

    /// <summary>How many cases could not be woken when they were last tried.</summary>
    public int Failing => _queue.Failing;

    // Monotonic: pauses must not end early or never because somebody set the clock.
    private TimeSpan RealNow => _real.GetElapsedTime(_started);

    public void Committed(IReadOnlyList<FeedItem> feed, IReadOnlyList<DueChange> due)
    {
        var earlier = false;
        foreach (var change in due) earlier |= _queue.Change(change);
        if (earlier) Signal();
    }

    /// <summary>What was committed elsewhere may not have been heard of: the index is read from its beginning.</summary>
    public void LookAgain()
    {
        _queue.ReadAgain();
        Signal();
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
        // Whoever starts us does not wait for what is due.
        await Task.Yield();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                StartWakes(out var due, out var retry);
                if (NextPage() is { } page) await Read(page, stopping);
                else await Sleep(due, retry);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The store may be away for a while; the index still holds everything that is due, and what is in memory goes on.
                LogRoundFailed(e);
                _readAgain = RealNow + _options.Retry;
            }
        }
    }

    // One case that is slow to wake takes one place and keeps nobody else waiting.
    private void StartWakes(out DateTimeOffset? due, out TimeSpan? retry)
    {
        while (_queue.Take(_clock.GetUtcNow(), out due) is { } entry)
        {
            _metrics.Started(entry.At);
            _ = Wake(entry.Case, again: false);
        }

        while (_queue.TakeAgain(_clock.GetUtcNow(), RealNow, out retry) is { } caseId) _ = Wake(caseId, again: true);
    }

    private async Task Wake(string caseId, bool again)
    {
        try
        {
            await _grains.GetGrain<ICaseGrain>(caseId).Wake();
            _metrics.Finished(_queue.Done(caseId));
            if (Interlocked.Exchange(ref _failedInARow, 0) >= Outage) _queue.TryAllAgain(RealNow);
        }
        catch (Exception e)
        {
            // Its row in the due index stands.
            if (!again) Interlocked.Increment(ref _failedInARow);
            _queue.Failed(caseId, RealNow);
            _failures.Add(e, _queue.Failing, RealNow);
        }
        finally
        {
            Signal();
        }
    }

    private DuePage? NextPage()
    {
        var now = RealNow;
        // A fast clock crosses the window as slowly as the real one does.
        return now < _readAgain ? null : _queue.Begin(_clock.GetUtcNow(), _options.Window * Math.Max(1, _clock.Speed), now);
    }

    private async Task Read(DuePage page, CancellationToken stopping)
    {
        try
        {
            _queue.Load(page, await _index.Until(page.Until, page.Limit, page.After, stopping));
        }
        catch
        {
            _queue.Abandon();
            throw;
        }
    }

    /// <summary>Sleeps until something is due, is to be tried again, or signals. Timers may fire early; the round that follows then finds nothing due and sleeps again.</summary>
    private async Task Sleep(DateTimeOffset? due, TimeSpan? retry)
    {
        var now = RealNow;
        var real = _options.Window / 4;
        if (!_clock.Simulated && _options.Look < real) real = _options.Look;
        if (retry is { } again && again - now < real) real = again - now;
        if (now < _readAgain && _readAgain - now < real) real = _readAgain - now;
        var (clock, horizon) = (_clock.GetUtcNow(), _queue.Horizon);
        if (real <= TimeSpan.Zero || due <= clock) return;
        await using var look = _real.CreateTimer(Wakened, this, real, Timeout.InfiniteTimeSpan);
        // With every place taken only the end of a wake makes room.
        var next = horizon > clock && !(due < horizon) ? horizon : due;
        await using var alarm = next - clock is { } wait ? _clock.CreateTimer(Wakened, this, wait, Timeout.InfiniteTimeSpan) : null;
        await _signal.WaitAsync();
    }

    private static void Wakened(object? self) => ((DueService)self!).Signal();

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

    [LoggerMessage(Level = LogLevel.Error, Message = "The due index could not be read; it will be tried again.")]
    private partial void LogRoundFailed(Exception exception);
}
