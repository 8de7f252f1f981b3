using System.Text.Json;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Cases.Rules;
using Cluster.Contracts;
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
    ILogger<CaseGrain> logger) : Grain, ICaseGrain
{
    private const int SnapshotEvery = 64;

    private readonly AlertLedger _alerts = new();
    private readonly HashSet<(string, string)> _known = [];
    private CaseHistory _history = CaseHistory.Empty;
    private CaseRow? _row;
    private long _version;
    private long? _assessedBy;
    private bool _delivering;
    private bool _deliverAgain;

    private string Id => this.GetPrimaryKeyString();

    private string Stream => "case:" + Id;

    private long NextRevision => (_row?.Revision ?? 0) + 1;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var events = new List<EventMessage>(snapshot.State.Events);
        _version = snapshot.State.Version;
        foreach (var stored in await journal.Read(Stream, _version, cancellationToken))
        {
            events.Add(stored.Event);
            _version = stored.Version;
        }

        _history = CaseHistory.Of(events.Select(Restore));
        foreach (var e in events) _known.Add((e.Source, e.Id));
        _row = await index.Find(Id, cancellationToken);
        if (_row is not null) _alerts.Load(await index.AlertsOf(Id, cancellationToken));
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _version - snapshot.State.Version >= SnapshotEvery / 4 ? SaveSnapshot() : Task.CompletedTask;

    public async Task<EventOutcome[]> Record(EventMessage[] events)
    {
        var outcomes = new EventOutcome[events.Length];
        var fresh = new List<(int Place, EventMessage Event)>(events.Length);
        for (var i = 0; i < events.Length; i++)
        {
            if (_known.Contains((events[i].Source, events[i].Id)) || fresh.Exists(f => f.Event.Id == events[i].Id && f.Event.Source == events[i].Source))
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
        if (_row is null) return null;
        var now = asOf ?? clock.GetUtcNow();
        var live = rules.Current;
        var assessment = live.Assessor.Assess(_history, now, await Reports(live, _history.ProcuratorateAt(now)));
        var json = CaseJson.Case(Id, _history, assessment, asOf is null ? _alerts.HandlingOf : static (_, _) => Handling.None);
        return new CaseAnswer(new CaseScope(_row.Procuratorate, _row.Department, _row.Prosecutor), _version, _row.Revision, json);
    }

    public Task<CaseEvents?> Events() => Task.FromResult(_row is { } row
        ? new CaseEvents(new CaseScope(row.Procuratorate, row.Department, row.Prosecutor), [.. _history.All.Select(Message)])
        : null);

    public async Task Wake()
    {
        if (_row is not null) await Append([]);
    }

    /// <summary>Appends events and everything that follows from them in one commit.</summary>
    /// <param name="sent">What came from outside.</param>
    /// <param name="mayDraw">Whether a case without a prosecutor is drawn for.</param>
    /// <returns>Places of events that another stream holds; then nothing was written.</returns>
    private async Task<IReadOnlyList<int>> Append(EventMessage[] sent, bool mayDraw = true)
    {
        var events = sent;
        var now = clock.GetUtcNow();
        var history = _history.Add(events.Select(Restore));
        var live = rules.Current;
        var assessment = live.Assessor.Assess(history, now);
        if (await Reports(live, assessment.Procuratorate) is { } reports && reports != Observability.Default) assessment = live.Assessor.Assess(history, now, reports);
        else reports = Observability.Default;

        var (assigned, drawFailed) = mayDraw ? await Draw(assessment) : default;
        if (assigned is not null)
        {
            events = [.. sent, AssignedEvent(assigned)];
            history = _history.Add(events.Select(Restore));
            now = clock.GetUtcNow();
            assessment = live.Assessor.Assess(history, now, reports);
        }

        var row = Row(assessment, NextRevision, _version + events.Length, now);
        var wake = new DueChange(Id, WakeAt(assessment, drawFailed, now));
        var changes = _alerts.Changes(Id, assessment, now);
        if (events.Length == 0 && changes.Count == 0 && _row is not null && row with { Revision = _row.Revision, UpdatedAt = _row.UpdatedAt } == _row)
        {
            await Commit(new Commit { Stream = Stream, ExpectedVersion = _version, RecordedAt = now, Due = wake, Assessed = By(live), Tried = assessment.Tried });
            _assessedBy = live.Revision;
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

        _version = receipt.Version;
        _history = history;
        foreach (var e in events) _known.Add((e.Source, e.Id));
        if (own) return [];
        _assessedBy = live.Revision;
        foreach (var rule in assessment.Failed) LogRuleFailed(rule);
        _alerts.Adopt(changes);
        _row = row;
        if (_delivering) _deliverAgain = true;
        else await this.AsReference<ICaseGrain>().Deliver();

        if (_version - snapshot.State.Version >= SnapshotEvery) await SaveSnapshot();
        return [];
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

    private CaseRow Row(CaseAssessment assessment, long revision, long version, DateTimeOffset now)
    {
        var next = assessment.NextDue;
        return new CaseRow(
            Id, assessment.CaseType, assessment.Name, assessment.Stage, assessment.Procuratorate, assessment.Department, assessment.Prosecutor,
            assessment.AcceptedOn, assessment.Weight.Value, assessment.Custody, assessment.Open, version, revision,
            next?.Limit, next?.DueOn, next?.ExpiresAt, Lights.Gravest(assessment.Views), now);
    }

    /// <summary>What is to be noted of the rules that judged; nothing where it is noted already, or no office ever changed any.</summary>
    private AssessedBy? By(LiveRules live) => live.Revision == (_assessedBy ?? 0) ? null : new AssessedBy(Id, live.Revision);

    private async Task<Observability> Reports(LiveRules live, string? procuratorate) =>
        string.IsNullOrWhiteSpace(procuratorate) ? Observability.Default : await OfficePath.Reports(procuratorate, live, GrainFactory);

    [LoggerMessage(Level = LogLevel.Error, Message = "Rule {Rule} of an office failed on a case and is silent there.")]
    private partial void LogRuleFailed(string rule);

    private EventMessage AssignedEvent(Assigned assigned) => new(
        CaseOwnership.DrawSource,
        assigned.Name,
        "case.assigned",
        assigned.At,
        null,
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["prosecutor"] = assigned.Prosecutor,
            ["mode"] = assigned.Mode,
            ["draw"] = assigned.Number,
        }));

    private async Task SaveSnapshot()
    {
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

    private static EventMessage Message(CaseEvent e) => new(e.Source, e.Id, e.Type, e.Time, e.RecordedTime == e.Time ? null : e.RecordedTime, e.Raw);
}
