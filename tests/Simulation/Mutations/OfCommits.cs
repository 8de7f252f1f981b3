using System.Text.Json;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Grains.Cases;
using Cluster.Storage.Snapshots;
using Simulation.Failing;

namespace Simulation.Mutations;

/// <summary>A bug in what is committed.</summary>
internal abstract class CommitMutation : Mutation
{
    private int _commits;

    public override object? StoreCall(Interception call)
    {
        if (!call.Is<IJournal>(nameof(IJournal.Commit))) return base.StoreCall(call);
        return Commit(call, (Commit)call.Arguments[0]!, ++_commits);
    }

    /// <param name="number">How many commits there were.</param>
    protected abstract object? Commit(Interception call, Commit commit, int number);

    protected static object? Instead(Interception call, Commit commit)
    {
        call.Arguments[0] = commit;
        return call.Go();
    }
}

internal sealed class DedupeSkipped : CommitMutation
{
    public override string Says => "The store takes an event that another case already holds.";

    protected override object? Commit(Interception call, Commit commit, int number) => TakeAnyhow(call, commit);

    private static async Task<CommitReceipt> TakeAnyhow(Interception call, Commit commit)
    {
        var receipt = await (Task<CommitReceipt>)call.Go()!;
        if (receipt.Conflicts.Count == 0) return receipt;
        EventMessage[] renamed = [.. commit.Events.Select((e, place) => receipt.Conflicts.Contains(place) ? e with { Id = e.Id + "\u0001" } : e)];
        return await (Task<CommitReceipt>)Instead(call, commit with { Events = renamed })!;
    }
}

internal sealed class DueForgotten : CommitMutation
{
    public override string Says => "Now and then a commit leaves out when the case is due.";

    protected override object? Commit(Interception call, Commit commit, int number) => Instead(call, number % 9 == 0 ? commit with { Due = null } : commit);
}

internal sealed class ReplyBeforeCommit : CommitMutation
{
    public override string Says => "A commit is answered before it is written.";

    protected override object? Commit(Interception call, Commit commit, int number)
    {
        call.Go();
        return Task.FromResult(new CommitReceipt(commit.ExpectedVersion + commit.Events.Count, []));
    }
}

internal sealed class DeliveredBeforeReceivers : CommitMutation
{
    private IDueIndex? _due;

    public override string Says => "A revision counts as delivered before its receivers have answered.";

    public override object? StoreCall(Interception call)
    {
        _due = call.Target as IDueIndex ?? _due;
        return base.StoreCall(call);
    }

    protected override object? Commit(Interception call, Commit commit, int number) => NoteAtOnce(call, commit);

    private async Task<CommitReceipt> NoteAtOnce(Interception call, Commit commit)
    {
        var receipt = await (Task<CommitReceipt>)call.Go()!;
        if (commit.Deliver && receipt.Conflicts.Count == 0) _due!.Delivered(commit.Case!.Id, commit.Case.Revision);
        return receipt;
    }
}

internal sealed class AlertsTwice : CommitMutation
{
    public override string Says => "An alert is stored once more under another id.";

    protected override object? Commit(Interception call, Commit commit, int number) => Instead(
        call, number % 5 == 0 ? commit with { Alerts = [.. commit.Alerts, .. commit.Alerts.Select(a => a with { Id = a.Id + "'" })] } : commit);
}

internal sealed class OrderOfArrivalCounts : CommitMutation
{
    private readonly Dictionary<string, DateTimeOffset> _last = new(StringComparer.Ordinal);

    public override string Says => "An event that comes late is taken to have happened when it came.";

    protected override object? Commit(Interception call, Commit commit, int number)
    {
        if (!commit.Stream.StartsWith("case:", StringComparison.Ordinal)) return call.Go();
        var events = new List<EventMessage>();
        foreach (var e in commit.Events)
        {
            var last = _last.GetValueOrDefault(commit.Stream);
            events.Add(e.Time < last ? e with { Time = last } : e);
            _last[commit.Stream] = events[^1].Time;
        }

        return Instead(call, commit with { Events = events });
    }
}

internal sealed class SnapshotAhead : CommitMutation
{
    private ISnapshotStore? _snapshots;

    public override string Says => "A snapshot holds what is not committed yet.";

    public override object? StoreCall(Interception call)
    {
        _snapshots = call.Target as ISnapshotStore ?? _snapshots;
        return base.StoreCall(call);
    }

    protected override object? Commit(Interception call, Commit commit, int number)
    {
        if (number % 3 == 0 && _snapshots is not null && commit.Events.Count > 0 && commit.Stream.StartsWith("case:", StringComparison.Ordinal)) Save((IJournal)call.Target, commit);
        return call.Go();
    }

    private void Save(IJournal journal, Commit commit)
    {
        var key = "case/" + commit.Stream["case:".Length..];
        // Reads of the store end before they return.
        var events = journal.Read(commit.Stream, 0).GetAwaiter().GetResult().Select(e => e.Event).Concat(commit.Events).ToList();
        var state = new CaseSnapshot { Version = commit.ExpectedVersion + commit.Events.Count, Events = events };
        _snapshots!.Write("case", key, JsonSerializer.SerializeToUtf8Bytes(state), _snapshots.Read("case", key).GetAwaiter().GetResult()?.Etag);
    }
}
