using Cluster.Cases.Assessment;
using Cluster.Cases.Rules;
using Cluster.Contracts;
using Cluster.Contracts.Operations;
using Cluster.Contracts.Storage;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Cluster.Grains.Cases;

/// <summary>
/// A case with more events than anybody has dealt with. What happened is recorded at once and without assessing it, so that recording costs the same
/// however long the history is; what it means is found out apart, at a pace set by what that costs, and written in parts.
/// </summary>
public sealed partial class CaseGrain
{
    /// <summary>Alerts written in one commit: a case that raises thousands must not hold up the commits of others.</summary>
    private const int MostChanges = 500;

    /// <summary>Of the one thread on which large cases are assessed, a case takes a quarter at most.</summary>
    private const int RestPerWork = 3;

    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(200), LongestRest = TimeSpan.FromMinutes(5), RestAfterFailure = TimeSpan.FromMinutes(1);

    /// <summary>How long a reader waits for the first assessment since the case came into memory.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Apart? _latest;
    private Apart? _settling;
    private Apart? _settled;
    private bool _apart;
    private bool _apartAgain;
    private bool _closed;

    /// <summary>An assessment made apart, with what it changes in the alerts.</summary>
    private sealed record Apart(CaseHistory History, LiveRules Live, CaseAssessment Assessment, List<AlertRow> Changes)
    {
        public int Written { get; set; }

        /// <summary>When time alone calls for another; null if never.</summary>
        public DateTimeOffset? Until { get; set; }
    }

    private bool IsLarge => _history.All.Count > LargeCases.Events;

    private bool IsSettled => _settled is { } settled
        && ReferenceEquals(settled.History, _history) && ReferenceEquals(settled.Live, rules.Current) && !(settled.Until <= Now);

    private void AssessApart()
    {
        if (IsSettled) return;
        _apartAgain = true;
        if (_apart || _closed) return;
        _apart = true;
        _ = AssessWhileChanging();
    }

    private async Task AssessWhileChanging()
    {
        operators.Raise(OperationalKind.CaseLarge, Id);
        while (_apartAgain && !_closed)
        {
            _apartAgain = false;
            var started = time.GetTimestamp();
            var failed = false;
            try
            {
                // What was found before is settled first.
                if (_settling is null)
                {
                    _latest = _settling = await FindApart();
                    _first.TrySetResult();
                }

                await this.AsReference<ICaseGrain>().Wake();
            }
            catch (Exception e)
            {
                _apartAgain = failed = true;
                operators.Raise(OperationalKind.CaseUnassessed, Id, cause: e);
                LogApartFailed(e, _version);
            }

            var rest = failed ? RestAfterFailure : RestPerWork * time.GetElapsedTime(started);
            await Task.Delay(rest < ShortestRest ? ShortestRest : rest > LongestRest ? LongestRest : rest, time);
        }

        _apart = false;
    }

    private async Task<Apart> FindApart()
    {
        var (history, live, now) = (_history, rules.Current, Now);
        var reports = await Reports(live, history.All.FirstOrDefault(e => e.Type == "case.accepted")?.Data["procuratorate"].Text);
        var alerts = _alerts.Copy();
        return await large.Assess(() =>
        {
            var assessment = live.Assessor.Assess(history, now, reports);
            return new Apart(history, live, assessment, alerts.Changes(Id, history.Acts, assessment, now));
        });
    }

    /// <summary>Writes the next part of what was found apart.</summary>
    private async Task Settle(Apart found)
    {
        var now = Now;
        // Meanwhile people may have done something about them.
        var changes = found.Changes.Skip(found.Written).Take(MostChanges).Select(row => AlertLedger.With(row, _history.Acts)).ToList();
        var last = found.Written + changes.Count == found.Changes.Count;
        var current = last && ReferenceEquals(found.History, _history);
        var (assigned, drawFailed) = current ? await Draw(found.Assessment) : default;
        EventMessage[] events = assigned is null ? [] : [AssignedEvent(assigned, now)];
        var history = _history.With(events.Select(Restore));
        var row = Row(history, found.Assessment, NextRevision, _version + events.Length, now);
        if (assigned is not null) row = row with { Prosecutor = assigned.Prosecutor };
        // While there is more to do the case stays due, so that a crash forgets nothing of it.
        found.Until = current && assigned is null ? WakeAt(found.Assessment, drawFailed, now) : now;
        var own = history.All.All(CaseOwnership.IsOwn);
        var receipt = await Commit(
            new Commit
            {
                Stream = Stream,
                ExpectedVersion = _version,
                RecordedAt = now,
                Events = events,
                Case = own ? null : row,
                Alerts = own ? [] : changes,
                Feed = own ? [] : CaseFeed.Of(row, _row, changes, assigned, now),
                Due = own ? null : new DueChange(Id, found.Until),
                Deliver = !own,
                Assessed = own || !current ? null : By(found.Live),
                Tried = own || !current ? [] : found.Assessment.Tried,
            },
            assigned);
        // Only a draw brings an event, and its name is nobody else's; if it is, the next assessment draws again.
        if (receipt.Conflicts.Count > 0)
        {
            _apartAgain = true;
            return;
        }

        found.Written += changes.Count;
        if (last)
        {
            (_settled, _settling) = (found, null);
            operators.Clear(OperationalKind.CaseUnassessed, Id);
            ReportRules(found.Assessment);
        }

        if (current) _assessedBy = found.Live.Revision;
        await Adopt(receipt, history, events, own ? null : row, changes);
        AssessApart();
    }

    /// <summary>The body of a large case: as last assessed, which may be a while ago; for another day, assessed when its turn comes.</summary>
    private async Task<byte[]> WriteApart(DateTimeOffset? asOf, Observability reports)
    {
        if (asOf is { } then)
        {
            var (history, live) = (_history, rules.Current);
            return await large.Assess(() => CaseJson.Case(Id, history, live.Assessor.Assess(history, then, reports), static (_, _) => Handling.None));
        }

        if (_latest is null) await FirstFound();
        var (latest, alerts, acts) = (_latest!, _alerts.Copy(), _history.Acts);
        return await large.Write(() => CaseJson.Case(Id, latest.History, latest.Assessment, (id, view) => alerts.HandlingOf(id, view, acts)));
    }

    private async Task FirstFound()
    {
        AssessApart();
        try
        {
            await _first.Task.WaitAsync(LongestWait, time);
        }
        catch (TimeoutException e)
        {
            throw new CaseUnassessedException(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A large case at version {Version} could not be assessed; it will be tried again.")]
    private partial void LogApartFailed(Exception exception, long version);
}
