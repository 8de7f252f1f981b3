using System.Text.Json;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Cases.Rules;
using Cluster.Contracts;
using Cluster.Contracts.Operations;
using Cluster.Contracts.Storage;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Cluster.Grains.Cases;

/// <summary>One case: appends what happened, assesses it anew, and makes the difference durable before anybody sees it.</summary>
public sealed partial class CaseGrain(
    [PersistentState("case", "snapshots")] IPersistentState<CaseSnapshot> snapshot,
    IJournal journal,
    ICaseIndex index,
    IDueIndex due,
    LegalClock clock,
    LiveCatalogue rules,
    LargeCases large,
    IOperationalAlerts operators,
    TimeProvider time,
    ILogger<CaseGrain> logger) : Grain, ICaseGrain
{
    private const int SnapshotEvery = 64;

    // A snapshot holds the whole history: written ever more rarely as it grows, all of them together cost a few times the last one.
    private const int SnapshotGrowth = 4;

    // Past this it is no quicker to read than the journal, and takes more memory.
    private const int MostInSnapshot = 10_000;

    private const int MostReadings = 10;

    private static readonly TimeSpan AssessAgainAfter = TimeSpan.FromHours(1);

    private readonly AlertLedger _alerts = new();
    private readonly HashSet<(string, string)> _known = [];
    private CaseHistory _history = CaseHistory.Empty;
    private CaseRow? _row;
    private long _version;
    private DateTimeOffset _recorded;
    private long? _assessedBy;
    private bool _delivering;
    private bool _deliverAgain;
    private bool _visited;
    private int _unreadable;

    private string Id => this.GetPrimaryKeyString();

    private string Stream => "case:" + Id;

    private long NextRevision => (_row?.Revision ?? 0) + 1;

    /// <summary>
    /// The instant by which the case is judged. What is recorded has happened: on a machine whose clock is behind that of the one which
    /// recorded it, the case's time stands still until it has caught up, else a draw would not count yet and be made again.
    /// </summary>
    private DateTimeOffset Now => clock.GetUtcNow() is var now && now > _recorded ? now : _recorded;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var head = snapshot.State.Events.Select(TryRestore).ToList();
        // What a snapshot has lost the journal still has.
        var whole = !head.Contains(null);
        _version = whole ? snapshot.State.Version : 0;
        var events = whole ? head : [];
        if (whole) foreach (var e in snapshot.State.Events) _known.Add((e.Source, e.Id));
        // Another activation of the case, for a moment, may write between two readings: what is told of a revision must hold everybody whom its events name.
        for (var attempt = 1; ; attempt++)
        {
            foreach (var stored in await journal.Read(Stream, _version, cancellationToken))
            {
                events.Add(TryRestore(stored.Event));
                _known.Add((stored.Event.Source, stored.Event.Id));
                _version = stored.Version;
            }

            _row = await index.Find(Id, cancellationToken);
            if (_row is null) break;
            _alerts.Load(await index.AlertsOf(Id, cancellationToken));
            if (_row.Version <= _version && (await index.Find(Id, cancellationToken))?.Revision == _row.Revision) break;
            if (attempt == MostReadings) throw new InvalidOperationException("The case changes faster than it can be read.");
        }

        _recorded = _row?.UpdatedAt ?? default;
        var readable = events.OfType<CaseEvent>().ToList();
        _unreadable = events.Count - readable.Count;
        if (_unreadable > 0) operators.Raise(OperationalKind.CaseUnreadable, Id, $"{_unreadable} events");
        _history = CaseHistory.Of(readable);
        foreach (var e in readable) Note(e);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _closed = true;
        return _version - snapshot.State.Version >= SnapshotEvery / 4 ? SaveSnapshot() : Task.CompletedTask;
    }

    public async Task<EventOutcome[]> Record(EventMessage[] events)
    {
        using var span = Tracing.Within("case.record");
        span?.SetTag("events", events.Length);
        _visited = true;
        var outcomes = new EventOutcome[events.Length];
        var fresh = new List<(int Place, EventMessage Event)>(events.Length);
        var sent = new HashSet<(string, string)>(events.Length);
        for (var i = 0; i < events.Length; i++)
        {
            if (_known.Contains((events[i].Source, events[i].Id)) || !sent.Add((events[i].Source, events[i].Id)))
            {
                outcomes[i] = new EventOutcome(events[i].Id, EventStatus.Duplicate, _version);
            }
            else
            {
                fresh.Add((i, events[i]));
            }
        }

        while (fresh.Count > 0)
        {
            var conflicts = await Append([.. fresh.Select(f => f.Event)]);
            if (conflicts.Count == 0) break;
            // Another case already holds these for ever.
            foreach (var conflict in conflicts.OrderDescending())
            {
                var (place, duplicate) = fresh[conflict];
                outcomes[place] = new EventOutcome(duplicate.Id, EventStatus.Duplicate, _version);
                fresh.RemoveAt(conflict);
            }
        }

        foreach (var (place, e) in fresh) outcomes[place] = new EventOutcome(e.Id, EventStatus.Accepted, _version);
        return outcomes;
    }

    public async Task<CaseAnswer?> Read(DateTimeOffset? asOf)
    {
        _visited = true;
        if (_row is null) return null;
        var live = rules.Current;
        var reports = await Reports(live, _history.ProcuratorateAt(asOf ?? Now));
        var json = IsLarge ? await WriteApart(asOf, reports) : Write(live, asOf, reports);
        // Something may have been recorded while this waited: whose the case is goes with what was written last.
        var row = _row;
        return new CaseAnswer(new CaseScope(row.Procuratorate, row.Department, row.Prosecutor), _version, row.Revision, json);
    }

    private byte[] Write(LiveRules live, DateTimeOffset? asOf, Observability reports)
    {
        try
        {
            var assessment = live.Assessor.Assess(_history, asOf ?? Now, reports);
            return CaseJson.Case(Id, _history, assessment, asOf is null ? (id, view) => _alerts.HandlingOf(id, view, _history.Acts) : static (_, _) => Handling.None);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            operators.Raise(OperationalKind.CaseUnassessed, Id, cause: e);
            throw new CaseUnassessedException(e);
        }
    }

    public Task<CaseEvents?> Events() => Task.FromResult(_row is { } row
        ? new CaseEvents(new CaseScope(row.Procuratorate, row.Department, row.Prosecutor), [.. _history.All.Select(Message)])
        : null);

    public async Task Wake()
    {
        if (_settling is { } found) await Settle(found);
        else if (IsLarge) AssessApart();
        else if (_row is not null) await Append([]);
        // Nobody but the clock asks for it: after days of downtime every case of an office is woken, and they would all stay in memory.
        if (!_visited && !IsLarge) DeactivateOnIdle();
    }

    /// <summary>Appends events and everything that follows from them in one commit.</summary>
    /// <param name="sent">What came from outside.</param>
    /// <param name="mayDraw">Whether a case without a prosecutor is drawn for.</param>
    /// <returns>Places of events that another stream holds; then nothing was written.</returns>
    private async Task<IReadOnlyList<int>> Append(EventMessage[] sent, bool mayDraw = true)
    {
        var events = sent;
        var now = Now;
        var history = _history.With(events.Select(Restore));
        if (history.All.Count > LargeCases.Events) return await AppendOnly(sent, history, now);
        var live = rules.Current;
        if (TryAssess(live, history, now, Observability.Default) is not { } assessment) return await AppendOnly(sent, history, now + AssessAgainAfter);
        if (await Reports(live, assessment.Procuratorate) is { } reports && reports != Observability.Default) assessment = TryAssess(live, history, now, reports);
        else reports = Observability.Default;
        if (assessment is null) return await AppendOnly(sent, history, now + AssessAgainAfter);

        var (assigned, drawFailed) = mayDraw ? await Draw(assessment) : default;
        if (assigned is not null)
        {
            now = Now;
            events = [.. sent, AssignedEvent(assigned, now)];
            history = _history.With(events.Select(Restore));
            assessment = TryAssess(live, history, now, reports);
        }

        if (assessment is null || TryConclude(history, assessment, _version + events.Length, now) is not var (row, changes))
        {
            if (assigned is not null) await Release(assigned);
            return await AppendOnly(sent, history: _history.With(sent.Select(Restore)), now + AssessAgainAfter);
        }

        // The rest follows when the case is woken, which it will be at once.
        var more = changes.Count > MostChanges;
        if (more)
        {
            // What people did about an alert is written with it.
            var acted = AlertsOf(sent);
            changes = [.. changes.OrderByDescending(row => acted.Contains(row.Id)).Take(MostChanges)];
        }

        var wake = new DueChange(Id, more ? now : WakeAt(assessment, drawFailed, now));
        if (events.Length == 0 && changes.Count == 0 && _row is not null && row with { Revision = _row.Revision, UpdatedAt = _row.UpdatedAt } == _row)
        {
            await Commit(new Commit { Stream = Stream, ExpectedVersion = _version, RecordedAt = now, Due = wake, Assessed = By(live), Tried = assessment.Tried });
            _assessedBy = live.Revision;
            ReportRules(assessment);
            return [];
        }

        var own = history.All.All(CaseOwnership.IsOwn);
        var commit = new Commit
        {
            Stream = Stream,
            ExpectedVersion = _version,
            RecordedAt = now,
            Events = events,
            Case = own ? null : row,
            Alerts = own ? [] : changes,
            Feed = own ? [] : CaseFeed.Of(row, _row, changes, assigned, now),
            Due = own ? null : wake,
            Deliver = !own,
            Assessed = own ? null : By(live),
            Tried = own ? [] : assessment.Tried,
        };
        var receipt = await Commit(commit, assigned);
        if (receipt.Conflicts.Count > 0)
        {
            var theirs = receipt.Conflicts.Where(place => place < sent.Length).ToList();
            return theirs.Count > 0 ? theirs : await Append(sent, mayDraw: false);
        }

        if (!own)
        {
            _assessedBy = live.Revision;
            ReportRules(assessment);
            operators.Clear(OperationalKind.CaseUnassessed, Id);
        }

        await Adopt(receipt, history, events, own ? null : row, changes);
        return [];
    }

    /// <summary>Records what happened without what it means, which is found out later: apart for a large case, else when whatever made it impossible may be over.</summary>
    /// <param name="again">When the case is woken for it.</param>
    private async Task<IReadOnlyList<int>> AppendOnly(EventMessage[] sent, CaseHistory history, DateTimeOffset again)
    {
        var now = Now;
        var own = history.All.All(CaseOwnership.IsOwn);
        var row = RowOf(history, _version + sent.Length, now);
        // What people did is known at once, whatever the rest means.
        var acted = Acted(sent, history);
        if (acted.Count > 0) row = row with { Light = _alerts.Gravest(acted) };
        var receipt = await Commit(new Commit
        {
            Stream = Stream,
            ExpectedVersion = _version,
            RecordedAt = now,
            Events = sent,
            Case = own || sent.Length == 0 ? null : row,
            Alerts = own ? [] : acted,
            Feed = own || sent.Length == 0 ? [] : CaseFeed.Of(row, _row, acted, null, now),
            Due = own ? null : new DueChange(Id, again),
            Deliver = !own && sent.Length > 0,
        });
        if (receipt.Conflicts.Count > 0) return receipt.Conflicts;
        if (sent.Length > 0) await Adopt(receipt, history, sent, own ? null : row, acted);
        if (IsLarge) AssessApart();
        return [];
    }

    /// <summary>What is stored has become what is known.</summary>
    private async Task Adopt(CommitReceipt receipt, CaseHistory history, EventMessage[] events, CaseRow? row, IReadOnlyList<AlertRow> changes)
    {
        _version = receipt.Version;
        _history = history;
        _recorded = row?.UpdatedAt ?? _recorded;
        foreach (var e in events)
        {
            _known.Add((e.Source, e.Id));
            Note(Restore(e));
        }

        if (row is null) return;
        _alerts.Adopt(changes);
        _row = row;
        if (_delivering) _deliverAgain = true;
        else await this.AsReference<ICaseGrain>().Deliver();

        if (_version - snapshot.State.Version >= Math.Max(SnapshotEvery, snapshot.State.Version / SnapshotGrowth)) await SaveSnapshot();
    }

    private CaseAssessment? TryAssess(LiveRules live, CaseHistory history, DateTimeOffset now, Observability reports) =>
        Try(() => live.Assessor.Assess(history, now, reports));

    private (CaseRow Row, List<AlertRow> Changes)? TryConclude(CaseHistory history, CaseAssessment assessment, long version, DateTimeOffset now) =>
        Try<(CaseRow, List<AlertRow>)?>(() => (Row(history, assessment, NextRevision, version, now), _alerts.Changes(Id, history.Acts, assessment, now)));

    // What happened is recorded whether or not anybody can say what it means.
    private T? Try<T>(Func<T> assess)
    {
        try
        {
            return assess();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            operators.Raise(OperationalKind.CaseUnassessed, Id, cause: e);
            LogUnassessed(e, _version);
            return default;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A case at version {Version} could not be assessed; its events are recorded.")]
    private partial void LogUnassessed(Exception exception, long version);

    private void ReportRules(CaseAssessment assessment)
    {
        if (assessment.Failed.Count == 0) operators.Clear(OperationalKind.RuleFailed, Id);
        foreach (var rule in assessment.Failed)
        {
            operators.Raise(OperationalKind.RuleFailed, Id, rule);
            LogRuleFailed(rule);
        }
    }

    /// <summary>What is in memory may no longer be what is stored once a commit has failed, so the activation starts anew.</summary>
    private async Task<CommitReceipt> Commit(Commit commit, Assigned? assigned = null)
    {
        var written = false;
        try
        {
            var receipt = await journal.Commit(commit);
            written = receipt.Conflicts.Count == 0;
            return receipt;
        }
        catch (Exception e) when (e is not JournalOverloadedException)
        {
            DeactivateOnIdle();
            throw;
        }
        finally
        {
            if (assigned is not null && !written) await Release(assigned);
        }
    }

    private CaseRow Row(CaseHistory history, CaseAssessment assessment, long revision, long version, DateTimeOffset now)
    {
        var next = assessment.NextDue;
        return new CaseRow(
            Id, assessment.CaseType, assessment.Name, assessment.Stage, assessment.Procuratorate, assessment.Department, assessment.Prosecutor,
            assessment.AcceptedOn, assessment.Weight.Value, assessment.Custody, assessment.Open, version, revision,
            next?.Limit, next?.DueOn, next?.ExpiresAt, Lights.Gravest(Id, assessment, history.Acts), now, assessment.ClosedOn);
    }

    /// <summary>The row of a case that was not assessed: as it was, or as its acceptance says.</summary>
    private CaseRow RowOf(CaseHistory history, long version, DateTimeOffset now)
    {
        if (_row is { Procuratorate: not null } known) return known with { Version = version, Revision = NextRevision, UpdatedAt = now };
        var accepted = history.All.FirstOrDefault(e => e.Type == "case.accepted")?.Data;
        return new CaseRow(
            Id, accepted?["caseType"].Text ?? "", accepted?["name"].Text, _row?.Stage ?? "unaccepted", accepted?["procuratorate"].Text, accepted?["department"].Text, _row?.Prosecutor,
            accepted?["receivedOn"].Date, _row?.Weight ?? 0, _row?.Custody ?? false, true, version, NextRevision, null, null, null, _row?.Light, now);
    }

    /// <summary>What is to be noted of the rules that judged; nothing where it is noted already, or no office ever changed any.</summary>
    private AssessedBy? By(LiveRules live) => live.Revision == (_assessedBy ?? 0) ? null : new AssessedBy(Id, live.Revision);

    private async Task<Observability> Reports(LiveRules live, string? procuratorate) =>
        string.IsNullOrWhiteSpace(procuratorate) ? Observability.Default : await OfficePath.Reports(procuratorate, live, GrainFactory);

    [LoggerMessage(Level = LogLevel.Error, Message = "Rule {Rule} failed on a case and is silent there.")]
    private partial void LogRuleFailed(string rule);

    // The department may be on a machine whose clock is ahead: a draw in the future would not count yet, and the case be drawn for again.
    private EventMessage AssignedEvent(Assigned assigned, DateTimeOffset now) => new(
        CaseOwnership.DrawSource,
        assigned.Name,
        "case.assigned",
        assigned.At < now ? assigned.At : now,
        null,
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["prosecutor"] = assigned.Prosecutor,
            ["mode"] = assigned.Mode,
            ["draw"] = assigned.Number,
        }));

    private async Task SaveSnapshot()
    {
        // With an event missing it would hide for ever that there is one.
        if (_unreadable > 0 || _history.All.Count > MostInSnapshot) return;
        snapshot.State = new CaseSnapshot { Version = _version, Events = [.. _history.All.Select(Message)] };
        try
        {
            await snapshot.WriteStateAsync();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A cache: what it would have held is in the journal, and the events are acknowledged whether or not it is written.
            LogSnapshotFailed(e, _version);
            DeactivateOnIdle();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The snapshot of a case at version {Version} could not be written; the journal holds it all.")]
    private partial void LogSnapshotFailed(Exception exception, long version);

    private static CaseEvent Restore(EventMessage e) => EventReader.Restore(e.Source, e.Id, e.Type, e.Time, e.RecordedTime, e.Data);

    private static CaseEvent? TryRestore(EventMessage e)
    {
        try
        {
            return Restore(e);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or JsonException or ArgumentException or InvalidOperationException or NullReferenceException)
        {
            return null;
        }
    }

    private static EventMessage Message(CaseEvent e) => new(e.Source, e.Id, e.Type, e.Time, e.RecordedTime == e.Time ? null : e.RecordedTime, e.Raw);
}
