using System.Diagnostics;
using Cluster.Contracts.Storage;
using CrashWriter;

namespace Grains.Tests.Storage;

/// <summary>A process that is killed while it writes loses nothing it acknowledged and leaves nothing half-done.</summary>
public abstract class CrashTests(StoreKind kind)
{
    private static readonly string[] Cases = [.. Enumerable.Range(1, 12).Select(n => $"咸检起诉受[2026]{n}号")];

    [StoreFact]
    public async Task Whatever_was_acknowledged_before_a_kill_is_there_once_with_all_that_belongs_to_it()
    {
        await using var store = new StoreUnderTest(kind);
        var acknowledged = Cases.ToDictionary(caseId => caseId, _ => 0L);
        foreach (var moment in new[] { 1, 13, 60, 250, 700, 1_500 })
        {
            await WriteUntilKilled(store.Place, moment, acknowledged);
            await store.Reopen(verify: true);
            Assert.True((await store.Health.Check()).Ready);
            await AssertWhole(store, acknowledged);
            await store.Close();
        }
    }

    private static async Task WriteUntilKilled(string place, int moment, Dictionary<string, long> acknowledged)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "CrashWriter.dll"));
        start.ArgumentList.Add(place);
        foreach (var caseId in Cases)
            start.ArgumentList.Add(caseId);
        using var writer = Process.Start(start)!;
        var lines = 0;
        while (await writer.StandardOutput.ReadLineAsync() is { } line)
        {
            // The last line may be cut; then its reader has not seen the acknowledgement.
            if (line.EndsWith(';') && line[..^1].Split(' ') is [var caseId, var revision])
                acknowledged[caseId] = long.Parse(revision, System.Globalization.CultureInfo.InvariantCulture);
            if (++lines == moment)
                writer.Kill();
        }
        await writer.WaitForExitAsync();
        Assert.True(lines >= moment, $"The writer ended by itself after {lines} acknowledgements.");
    }

    private static async Task AssertWhole(StoreUnderTest store, Dictionary<string, long> acknowledged)
    {
        var due = (await store.Due.Until(DateTimeOffset.MaxValue, 1_000)).ToDictionary(change => change.Case, change => change.At);
        var owed = await store.Due.Undelivered(1_000);
        var revisions = 0L;
        foreach (var (caseId, least) in acknowledged)
        {
            var row = await store.Cases.Find(caseId);
            var events = await store.Journal.Read(CrashPlan.Stream(caseId), 0);
            var revision = row?.Revision ?? 0;
            revisions += revision;
            Assert.True(revision >= least, $"{caseId} is at {revision}, but {least} was acknowledged.");
            Assert.Equal(CrashPlan.Version(revision), events.Count);
            Assert.Equal(Enumerable.Range(1, events.Count).Select(v => ((long)v, CrashPlan.EventId(caseId, v))), events.Select(e => (e.Version, e.Event.Id)));
            if (row is null)
                continue;
            Assert.Equal(events.Count, row.Version);
            Assert.Equal(CrashPlan.Due(revision), due.GetValueOrDefault(caseId));
            Assert.Equal(CrashPlan.Level(revision), Assert.Single(await store.Cases.AlertsOf(caseId)).Level);
            Assert.Contains(caseId, owed);
            await AssertFeed(store.Feed, CrashPlan.Stream(caseId), revision);
        }
        await AssertFeed(store.Feed, CrashPlan.Wall, revisions);
        await AssertAudit(store.Audit, acknowledged);
    }

    // An entry is acknowledged after its revision, so of each case all but perhaps the last one is told, once.
    private static async Task AssertAudit(IAuditLog audit, Dictionary<string, long> acknowledged)
    {
        Assert.Equal((null, null), (await audit.Verify()) is { BrokenAt: var brokenAt, Problem: var problem } ? (brokenAt, problem) : default);
        var entries = await audit.After(0, 1_000_000);
        foreach (var told in entries.GroupBy(e => e.Act.Target!))
            Assert.True(long.Parse(told.Last().Act.Detail["revision"]) >= acknowledged[told.Key["case:".Length..]], $"{told.Key}: an acknowledged entry is gone.");
        Assert.Equal(acknowledged.Where(a => a.Value > 0).Select(a => CrashPlan.Stream(a.Key)).Except(entries.Select(e => e.Act.Target)), []);
    }

    private static async Task AssertFeed(IFeedStore feed, string scope, long last)
    {
        Assert.Equal(last, await feed.Last(scope));
        var from = Math.Max(0, last - 9_000);
        var items = await feed.After(scope, from, 10_000);
        Assert.Equal(Enumerable.Range(1, (int)(last - from)).Select(n => from + n), items!.Select(item => item.Sequence));
    }
}

public sealed class CrashOnSqlite() : CrashTests(StoreKind.Sqlite);

public sealed class CrashOnPostgres() : CrashTests(StoreKind.Postgres), IOnPostgres;
