using Cluster.Contracts.Storage;
using Cluster.Storage.Sqlite;
using Cluster.Storage.Sqlite.Tables;
using Cluster.Storage.Writing;
using Simulation.Failing;
using Simulation.Storing;

namespace Simulation.Mutations;

internal sealed class SequenceReused : Mutation
{
    public override string Says => "After a start the last sequence of every feed is given again.";

    public override void Opened(Connection connection) => connection.Execute("""
        DELETE FROM feed WHERE (scope_id, sequence) IN (SELECT id, last FROM feed_scope);
        UPDATE feed_scope SET last = last - 1 WHERE last > 0;
        """);
}

internal sealed class ToldBeforeDurable : Mutation
{
    public override string Says => "Those who watch learn of a commit before it is safe on the disk.";

    public override IGroupWriter Database(IGroupWriter database, AllTables tables, SimulatedStore store) => new Telling(database, store);

    private sealed class Telling(IGroupWriter inner, SimulatedStore store) : IGroupWriter
    {
        public bool HasChores => inner.HasChores;

        public Effects Write(IReadOnlyList<Work> group, IReadOnlyCollection<KeyValuePair<string, long>> delivered, DateTimeOffset now)
        {
            var effects = inner.Write(group, delivered, now);
            foreach (var observer in store.Observers) observer.Committed(effects.Feed, effects.Due);
            return effects;
        }

        public bool IsOfStore(Exception exception) => inner.IsOfStore(exception);
    }
}

/// <summary>A store that writes commits otherwise than it was given them.</summary>
internal abstract class Rewriting(IGroupWriter inner) : IGroupWriter
{
    public bool HasChores => inner.HasChores;

    public Effects Write(IReadOnlyList<Work> group, IReadOnlyCollection<KeyValuePair<string, long>> delivered, DateTimeOffset now)
    {
        var feed = new List<FeedItem>();
        var due = new List<DueChange>();
        foreach (var work in group)
        {
            if (work is CommitWork commit) Write(commit, now, feed, due);
            else inner.Write([work], [], now);
        }

        inner.Write([], delivered, now);
        return new Effects(feed, due);
    }

    public bool IsOfStore(Exception exception) => inner.IsOfStore(exception);

    protected abstract void Write(CommitWork work, DateTimeOffset now, List<FeedItem> feed, List<DueChange> due);

    /// <summary>Writes something in a transaction of its own.</summary>
    protected CommitWork Write(Commit commit, DateTimeOffset now, List<FeedItem> feed, List<DueChange> due)
    {
        var work = new CommitWork(commit);
        var effects = inner.Write([work], [], now);
        work.Complete();
        feed.AddRange(effects.Feed);
        due.AddRange(effects.Due);
        return work;
    }

    protected static void Answer(CommitWork work, CommitWork instead)
    {
        if (instead.Done.IsFaulted) work.Refuse(instead.Done.Exception.InnerException!);
        else work.Answer(instead.Done.GetAwaiter().GetResult());
    }
}

internal sealed class CommitInTwo : Mutation
{
    public override string Says => "A commit is written in two transactions, and the power may go between them.";

    public override IGroupWriter Database(IGroupWriter database, AllTables tables, SimulatedStore store) => new InTwo(database);

    private sealed class InTwo(IGroupWriter inner) : Rewriting(inner)
    {
        protected override void Write(CommitWork work, DateTimeOffset now, List<FeedItem> feed, List<DueChange> due)
        {
            var first = Write(work.Commit with { Alerts = [], Feed = [], Due = null, Tried = [] }, now, feed, due);
            Answer(work, first);
            if (first.Done.IsFaulted || first.Done.Result.Conflicts.Count > 0) return;
            Write(
                work.Commit with { ExpectedVersion = first.Done.Result.Version, Events = [], Case = null, Unit = null, Assessed = null, Deliver = false },
                now, feed, due);
        }
    }
}

internal sealed class FenceRemoved : Mutation
{
    public override string Says => "A commit is taken whatever version and revision it follows.";

    public override IGroupWriter Database(IGroupWriter database, AllTables tables, SimulatedStore store) => new Unfenced(database, tables.Connection);

    private sealed class Unfenced(IGroupWriter inner, Connection connection) : Rewriting(inner)
    {
        protected override void Write(CommitWork work, DateTimeOffset now, List<FeedItem> feed, List<DueChange> due)
        {
            var commit = work.Commit;
            var version = connection.Prepare("SELECT max(e.version) FROM event e JOIN stream s ON s.id = e.stream_id WHERE s.name = ?1").Set(1, commit.Stream).One(row => row.Long(0));
            var revision = commit.Case is null ? 0 : connection.Prepare("SELECT revision FROM case_row WHERE id = ?1").Set(1, commit.Case.Id).One(row => row.Long(0));
            Answer(work, Write(
                commit with { ExpectedVersion = version, Case = commit.Case is null ? null : commit.Case with { Version = version + commit.Events.Count, Revision = revision + 1 } },
                now, feed, due));
        }
    }
}

internal sealed class SweepForgetsTail : Mutation
{
    public override string Says => "After a change of the rules only the first half of the cases is looked at again.";

    public override object? StoreCall(Interception call) =>
        call.Is<IRuleIndex>(nameof(IRuleIndex.Stale)) ? Half((Task<IReadOnlyList<string>>)call.Go()!) : base.StoreCall(call);

    private static Task<IReadOnlyList<string>> Half(Task<IReadOnlyList<string>> stale) =>
        stale.IsCompletedSuccessfully ? Task.FromResult<IReadOnlyList<string>>([.. stale.Result.Take(stale.Result.Count / 2)]) : stale;
}
