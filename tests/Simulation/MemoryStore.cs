using Cluster.Contracts.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Simulation;

/// <summary>How a disk misbehaves; all zero is a good disk.</summary>
internal sealed record Faults(double Write, double WriteUnanswered, double Overload, double Read)
{
    public static Faults None { get; } = new(0, 0, 0, 0);

    public static Faults Storm { get; } = new(Write: 0.02, WriteUnanswered: 0.01, Overload: 0.02, Read: 0.004);
}

/// <summary>
/// The store of one run of a machine on a disk: commits are queued in order and written in groups, reads see what was
/// committed and answer some time later, deliveries are remembered until the next group. As the store on SQLite does it.
/// </summary>
internal sealed class MemoryStore(Machine machine, Disk disk, Dice dice, IServiceProvider services) : IJournal, ICaseIndex, IFeedStore, IDueIndex, IUnitIndex, IGrainStorage
{
    private readonly Queue<Writing> _waiting = new();
    private readonly SortedDictionary<string, long> _delivered = new(StringComparer.Ordinal);
    private bool _writing;

    public Faults Faults { get; set; } = Faults.None;

    /// <summary>Cases whose latest revision others have not learnt of.</summary>
    public IEnumerable<string> OwedNow => disk.Undelivered.Where(u => !(_delivered.GetValueOrDefault(u.Key) >= u.Value)).Select(u => u.Key);

    public Task<CommitReceipt> Commit(Commit commit, CancellationToken cancellation = default)
    {
        if (dice.Chance(Faults.Overload)) return Task.FromException<CommitReceipt>(new JournalOverloadedException(_waiting.Count));
        var writing = new Writing(commit, new TaskCompletionSource<CommitReceipt>());
        _waiting.Enqueue(writing);
        WriteSoon();
        return writing.Done.Task;
    }

    Task<IReadOnlyList<JournalEvent>> IJournal.Read(string stream, long afterVersion, CancellationToken cancellation) =>
        Read<IReadOnlyList<JournalEvent>>(() => [.. disk.EventsOf(stream).Where(e => e.Version > afterVersion)]);

    public Task<CaseRow?> Find(string caseId, CancellationToken cancellation = default) => Read(() => disk.Cases.GetValueOrDefault(caseId));

    public Task<IReadOnlyList<AlertRow>> AlertsOf(string caseId, CancellationToken cancellation = default) =>
        Read<IReadOnlyList<AlertRow>>(() => [.. disk.Alerts.Values.Where(a => a.Case == caseId)]);

    public Task<IReadOnlyList<Cluster.Contracts.CaseSummary>> OpenCases(Cluster.Contracts.CaseScope scope, CancellationToken cancellation = default) =>
        Read(() => disk.SummariesOf(scope));

    public Task<DateTimeOffset?> LastInstant(CancellationToken cancellation = default) => Read(() => disk.LastInstant);

    public Task<IReadOnlyList<DueChange>> Until(DateTimeOffset instant, int limit, DueChange? after = null, CancellationToken cancellation = default) =>
        Read<IReadOnlyList<DueChange>>(() => [.. disk.Due.Where(d => d.Value <= instant && IsAfter(d, after)).OrderBy(d => d.Value).Take(limit).Select(d => new DueChange(d.Key, d.Value))]);

    public Task<IReadOnlyList<string>> Undelivered(int limit, CancellationToken cancellation = default) => Read<IReadOnlyList<string>>(
        () => [.. OwedNow.Take(limit)]);

    public void Delivered(string caseId, long revision) => _delivered[caseId] = Math.Max(revision, _delivered.GetValueOrDefault(caseId));

    public Task<IReadOnlyList<UnitRow>> All(CancellationToken cancellation = default) => Read<IReadOnlyList<UnitRow>>(() => [.. disk.Units.Values]);

    public Task<long> Last(string scope, CancellationToken cancellation = default) => Read(() => (long)(disk.Feed.GetValueOrDefault(scope)?.Count ?? 0));

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = await Read(() => disk.Snapshots.TryGetValue(stateName + grainId, out var snapshot) ? snapshot : default);
        grainState.RecordExists = stored.State is not null;
        grainState.ETag = stored.State is null ? null : stored.Etag.ToString(System.Globalization.CultureInfo.InvariantCulture);
        grainState.State = stored.State is null ? Activator.CreateInstance<T>() : Disk.Thaw<T>(stored.State);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var state = Disk.Freeze(grainState.State);
        var expected = grainState.ETag;
        var etag = await Read(() =>
        {
            var before = disk.Snapshots.TryGetValue(stateName + grainId, out var stored) ? stored.Etag : 0;
            if (expected != (before == 0 ? null : before.ToString(System.Globalization.CultureInfo.InvariantCulture))) throw new InconsistentStateException("Another snapshot is stored.");
            disk.Snapshots[stateName + grainId] = (state, before + 1);
            return before + 1;
        });
        grainState.ETag = etag.ToString(System.Globalization.CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();

    public Task<AlertRow?> Alert(string id, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<Page<CaseRow>> Cases(CaseQuery query, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<Page<AlertRow>> Alerts(AlertQuery query, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<string, long>> Fired(CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<FeedItem>?> After(string scope, long sequence, int limit, CancellationToken cancellation = default) => throw new NotSupportedException();

    private static bool IsAfter(KeyValuePair<string, DateTimeOffset> due, DueChange? after) =>
        after is not { At: { } at } || due.Value > at || (due.Value == at && string.CompareOrdinal(due.Key, after.Case) > 0);

    // The answer comes later than what it says was true.
    private Task<T> Read<T>(Func<T> query)
    {
        var done = new TaskCompletionSource<T>();
        machine.Soon(() =>
        {
            if (dice.Chance(Faults.Read))
            {
                done.SetException(new IOException("A simulated read failed."));
                return;
            }

            try
            {
                var answer = query();
                machine.Soon(() => done.SetResult(answer));
            }
            catch (InconsistentStateException e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    private void WriteSoon()
    {
        if (_writing) return;
        _writing = true;
        machine.Soon(Write);
    }

    private void Write()
    {
        _writing = false;
        var group = new List<Writing>();
        for (var most = 1 + dice.Below(4); most > 0 && _waiting.TryDequeue(out var writing); most--) group.Add(writing);
        if (_waiting.Count > 0) WriteSoon();
        if (dice.Chance(Faults.Write))
        {
            foreach (var writing in group) writing.Done.SetException(new IOException("A simulated write failed."));
            return;
        }

        var fed = new List<FeedItem>();
        var due = new List<DueChange>();
        foreach (var (caseId, revision) in _delivered)
        {
            if (disk.Undelivered.TryGetValue(caseId, out var owed) && owed <= revision) disk.Undelivered.Remove(caseId);
        }

        _delivered.Clear();
        var answers = new List<Action>();
        var unanswered = dice.Chance(Faults.WriteUnanswered);
        foreach (var writing in group)
        {
            try
            {
                var receipt = disk.Apply(writing.Commit, fed, due);
                answers.Add(unanswered ? () => writing.Done.SetException(new IOException("A simulated answer was lost.")) : () => writing.Done.SetResult(receipt));
            }
            catch (StreamVersionException e)
            {
                answers.Add(() => writing.Done.SetException(e));
            }
        }

        // Between the disk and whoever waits for it, a machine may crash.
        machine.Soon(() =>
        {
            foreach (var answer in answers) answer();
            foreach (var observer in services.GetServices<ICommitObserver>()) observer.Committed(fed, due);
        });
    }

    private sealed record Writing(Commit Commit, TaskCompletionSource<CommitReceipt> Done);
}
