using System.Text.Json;
using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Simulation;

/// <summary>What is on the disk: everything that a crash leaves. It changes only by whole commits.</summary>
internal sealed class Disk
{
    public Dictionary<string, List<JournalEvent>> Streams { get; } = new(StringComparer.Ordinal);

    /// <summary>Who holds an event for ever.</summary>
    public Dictionary<(string Source, string Id), string> Holder { get; } = [];

    public SortedDictionary<string, CaseRow> Cases { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, AlertRow> Alerts { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, List<FeedItem>> Feed { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, DateTimeOffset> Due { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, long> Undelivered { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<(string Kind, string Id), UnitRow> Units { get; } = [];

    public Dictionary<string, (byte[] State, int Etag)> Snapshots { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset? LastInstant { get; private set; }

    public long VersionOf(string stream) => Streams.TryGetValue(stream, out var events) ? events.Count : 0;

    public IReadOnlyList<JournalEvent> EventsOf(string stream) => Streams.TryGetValue(stream, out var events) ? events : [];

    /// <summary>Applies a commit as the store's own writer does.</summary>
    public CommitReceipt Apply(Commit commit, List<FeedItem> fed, List<DueChange> due)
    {
        var version = VersionOf(commit.Stream);
        if (version != commit.ExpectedVersion) throw new StreamVersionException(commit.Stream, commit.ExpectedVersion, version);
        var seen = new HashSet<(string, string)>();
        var conflicts = Enumerable.Range(0, commit.Events.Count)
            .Where(i => !seen.Add((commit.Events[i].Source, commit.Events[i].Id)) || Holder.ContainsKey((commit.Events[i].Source, commit.Events[i].Id))).ToList();
        if (conflicts.Count > 0) return new CommitReceipt(version, conflicts);

        foreach (var e in commit.Events)
        {
            if (!Streams.TryGetValue(commit.Stream, out var stream)) Streams[commit.Stream] = stream = [];
            stream.Add(new JournalEvent(++version, e, commit.RecordedAt));
            Holder[(e.Source, e.Id)] = commit.Stream;
        }

        if (commit.Case is { } row) Cases[row.Id] = row;
        foreach (var alert in commit.Alerts)
        {
            Alerts[alert.Id] = alert;
            Saw(alert.DetectedAt);
        }

        foreach (var entry in commit.Feed)
        {
            Saw(entry.At);
            foreach (var scope in entry.Scopes)
            {
                if (!Feed.TryGetValue(scope, out var items)) Feed[scope] = items = [];
                var item = new FeedItem(scope, items.Count + 1, entry.Kind, entry.At, entry.Payload);
                items.Add(item);
                fed.Add(item);
            }
        }

        if (commit.Unit is { } unit) Units[(unit.Kind, unit.Id)] = unit;
        if (commit.Due is { } change)
        {
            if (change.At is { } at) Due[change.Case] = at;
            else Due.Remove(change.Case);
            due.Add(change);
        }

        if (commit.Deliver) Undelivered[commit.Case!.Id] = commit.Case.Revision;
        Saw(commit.RecordedAt);
        return new CommitReceipt(version, []);
    }

    public IReadOnlyList<CaseSummary> SummariesOf(CaseScope scope)
    {
        bool Mine(string? procuratorate, string? department, string? prosecutor) => scope switch
        {
            { Prosecutor: { } p } => prosecutor == p,
            { Department: { } d } => department == d,
            _ => procuratorate == scope.Procuratorate,
        };
        var open = Alerts.Values.Where(a => a is { ClearedAt: null, RetractedAt: null }).ToLookup(a => a.Case);
        return
        [
            .. Cases.Values.Where(c => Mine(c.Procuratorate, c.Department, c.Prosecutor) && (c.Open || open[c.Id].Any())).Select(c => new CaseSummary(
                c.Id, c.Revision, c.Procuratorate, c.Department, c.Prosecutor, c.CaseType, c.Weight, c.Open,
                [.. open[c.Id].GroupBy(a => (a.Category, a.Level)).Select(g => new AlertCount(g.Key.Category, g.Key.Level, g.Count()))])),
        ];
    }

    public static byte[] Freeze<T>(T state) => JsonSerializer.SerializeToUtf8Bytes(state);

    public static T Thaw<T>(byte[] state) => JsonSerializer.Deserialize<T>(state)!;

    private void Saw(DateTimeOffset instant)
    {
        if (!(instant <= LastInstant)) LastInstant = instant;
    }
}
