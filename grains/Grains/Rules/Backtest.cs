using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Cases.Rules;
using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Cluster.Grains.Rules;

/// <summary>
/// One backtest under way: threads of its own, half as many as there are cores, of the lowest priority, each reading one stretch of the
/// archive after the other and keeping one case at a time, so that recording goes on undisturbed.
/// </summary>
internal sealed class Backtest
{
    // Streams a thread reads at one go: long enough that the ends cost nothing, short enough to keep progress and cancelling lively.
    private const int Stretch = 2_000;

    private readonly ICaseArchive _archive;
    private readonly Func<RuleComparison> _comparison;
    private readonly Func<string?, Observability?> _office;
    private readonly TimeProvider _real;
    private readonly LegalClock _clock;
    private readonly long _total;
    private readonly long _started;
    private readonly DateTimeOffset _startedAt;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancel = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ComparisonTally _tally;
    private long _next;
    private long _seen;
    private int _working;
    private volatile Exception? _failure;
    private volatile BacktestReport? _result;

    /// <param name="rules">The rules of the draft.</param>
    /// <param name="comparison">Makes what compares; each thread has its own.</param>
    /// <param name="office">What the office of a case reports and under whom it stands; null out of scope.</param>
    public Backtest(ICaseArchive archive, IReadOnlyList<string> rules, Func<RuleComparison> comparison, Func<string?, Observability?> office, long total, LegalClock clock, TimeProvider real)
    {
        _archive = archive;
        _tally = new ComparisonTally(rules);
        _comparison = comparison;
        _office = office;
        _real = real;
        _clock = clock;
        _total = total;
        _started = real.GetTimestamp();
        _startedAt = clock.GetUtcNow();
        _working = Math.Max(1, Environment.ProcessorCount / 2);
    }

    public bool Running => _result is null;

    /// <summary>Why it failed; null if it did not.</summary>
    public Exception? Failure => _failure;

    /// <summary>How far it is, or what it found.</summary>
    public BacktestReport Report => _result ?? Describe("running", null);

    /// <summary>Completes when it has ended, however.</summary>
    public Task Done => _done.Task;

    public void Start()
    {
        for (var i = _working; i > 0; i--) new Thread(Work) { Name = "backtest", IsBackground = true, Priority = ThreadPriority.Lowest }.Start();
    }

    public void Cancel() => _cancel.Cancel();

    private void Work()
    {
        try
        {
            Niceness.Lower();
            var comparison = _comparison();
            while (!_cancel.IsCancellationRequested)
            {
                var tally = new ComparisonTally();
                var more = _archive.Read(Interlocked.Add(ref _next, Stretch) - Stretch, Stretch, See, _cancel.Token) is not null;
                lock (_gate) _tally.Add(tally);
                if (!more) break;

                void See(string caseId, List<CaseEvent> events)
                {
                    if (comparison.Compare(caseId, CaseHistory.Of(events), _office, tally)) Interlocked.Increment(ref _seen);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told below.
        }
        catch (Exception e)
        {
            _failure = e;
            _cancel.Cancel();
        }
        finally
        {
            if (Interlocked.Decrement(ref _working) == 0) Finish();
        }
    }

    private void Finish()
    {
        var state = _failure is not null ? "failed" : _cancel.IsCancellationRequested ? "cancelled" : "done";
        _result = Describe(state, _clock.GetUtcNow());
        _done.SetResult();
    }

    private BacktestReport Describe(string state, DateTimeOffset? finishedAt)
    {
        var seen = Interlocked.Read(ref _seen);
        var elapsed = _real.GetElapsedTime(_started).TotalSeconds;
        var rate = elapsed > 0 ? Math.Round(seen / elapsed, 1) : 0;
        if (state != "done") return new BacktestReport(state, seen, Math.Max(seen, _total), rate, _startedAt, finishedAt, [], [], 0);
        return new BacktestReport(
            state, seen, seen, rate, _startedAt, finishedAt,
            [.. _tally.Rules.Select(r => new BacktestedRule(r.Key, Side(r.Value.Live), Side(r.Value.Supposed), r.Value.Added, r.Value.Removed))],
            [.. _tally.Changes.Select(c => new ChangedFinding(c.Case, c.Rule, c.Subject, c.Change, c.Level, c.RaisedAt, new CaseScope(c.Procuratorate, c.Department, c.Prosecutor)))],
            _tally.ChangesTotal);
    }

    private static RuleFigures Side(SideTally side) => new(side.Alerts, side.Cases, [.. side.Weeks.Select(w => new WeekFigure(w.Week, w.Alerts))]);
}
