using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Grains.Tests.Storage;

public abstract class JournalTests(StoreKind kind) : IAsyncLifetime
{
    private readonly StoreUnderTest _store = new(kind);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _store.DisposeAsync().AsTask();

    [StoreFact]
    public async Task Events_get_the_next_versions_of_their_stream()
    {
        Assert.Equal(2, (await _store.Journal.Commit(Sample.Commit("case:a", 0, "1", "2"))).Version);
        Assert.Equal(3, (await _store.Journal.Commit(Sample.Commit("case:a", 2, "3"))).Version);
        Assert.Equal(1, (await _store.Journal.Commit(Sample.Commit("case:b", 0, "4"))).Version);

        var events = await _store.Journal.Read("case:a", 1);

        Assert.Equal([(2L, "2"), (3L, "3")], events.Select(e => (e.Version, e.Event.Id)));
    }

    [StoreFact]
    public async Task An_event_is_read_back_as_it_was_written_offsets_included()
    {
        var message = new EventMessage(
            "/来源 \0", "号-1", "case.accepted",
            new DateTimeOffset(2026, 2, 9, 9, 30, 0, TimeSpan.FromHours(-3.5)).AddTicks(1234567),
            new DateTimeOffset(1986, 5, 4, 2, 0, 0, TimeSpan.FromHours(9)), [0, 1, 2, 255]);
        var recordedAt = new DateTimeOffset(2026, 2, 9, 1, 30, 0, TimeSpan.FromHours(1)).AddTicks(7);
        await _store.Journal.Commit(new Commit { Stream = "case:a", ExpectedVersion = 0, RecordedAt = recordedAt, Events = [message, message with { Id = "", RecordedTime = null, Data = [] }] });
        await _store.Reopen();

        var events = await _store.Journal.Read("case:a", 0);

        Assert.Equal((message.Source, message.Id, message.Type), (events[0].Event.Source, events[0].Event.Id, events[0].Event.Type));
        Assert.True(message.Time.EqualsExact(events[0].Event.Time));
        Assert.True(message.RecordedTime!.Value.EqualsExact(events[0].Event.RecordedTime!.Value));
        Assert.True(recordedAt.EqualsExact(events[0].RecordedAt));
        Assert.Equal(message.Data, events[0].Event.Data);
        Assert.Equal("", events[1].Event.Id);
        Assert.Null(events[1].Event.RecordedTime);
        Assert.Empty(events[1].Event.Data);
    }

    [StoreFact]
    public async Task A_stream_that_moved_on_refuses_the_commit_and_nothing_is_written()
    {
        await _store.Journal.Commit(Sample.Commit("case:a", 0, "1"));

        var stale = Sample.Commit("case:a", 0, "2") with { Case = Sample.Case("a"), Feed = [Sample.Item("x", "all")], Due = new DueChange("a", Sample.Now) };
        await Assert.ThrowsAsync<StreamVersionException>(() => _store.Journal.Commit(stale));
        await Assert.ThrowsAsync<StreamVersionException>(() => _store.Journal.Commit(Sample.Commit("case:new", 5, "2")));

        Assert.Single(await _store.Journal.Read("case:a", 0));
        Assert.Null(await _store.Cases.Find("a"));
        Assert.Equal(0, await _store.Feed.Last("all"));
        Assert.Empty(await _store.Due.Until(DateTimeOffset.MaxValue, 10));
    }

    [StoreFact]
    public async Task A_commit_without_events_keeps_the_version_and_is_checked_against_it()
    {
        await _store.Journal.Commit(Sample.Commit("case:a", 0, "1"));

        Assert.Equal(1, (await _store.Journal.Commit(Sample.Commit("case:a", 1) with { Case = Sample.Case("a", 2) })).Version);

        Assert.Equal(2, (await _store.Cases.Find("a"))!.Revision);
        await Assert.ThrowsAsync<StreamVersionException>(() => _store.Journal.Commit(Sample.Commit("case:a", 0)));
    }

    [StoreFact]
    public async Task An_identity_held_by_another_stream_is_a_conflict_and_nothing_is_written()
    {
        await _store.Journal.Commit(Sample.Commit("case:a", 0, "1", "2"));

        var receipt = await _store.Journal.Commit(Sample.Commit("case:b", 0, "3", "2", "4", "1") with { Case = Sample.Case("b"), Feed = [Sample.Item("x", "all")] });

        Assert.Equal([1, 3], receipt.Conflicts);
        Assert.Equal(0, receipt.Version);
        Assert.Empty(await _store.Journal.Read("case:b", 0));
        Assert.Null(await _store.Cases.Find("b"));
        Assert.Equal(0, await _store.Feed.Last("all"));
        Assert.Empty((await _store.Journal.Commit(Sample.Commit("case:b", 0, "3", "4"))).Conflicts);
    }

    [StoreFact]
    public async Task The_same_id_from_another_source_is_another_event()
    {
        await _store.Journal.Commit(Sample.Commit("case:a", 0, "1"));

        var receipt = await _store.Journal.Commit(Sample.Commit("case:b", 0) with { Events = [Sample.Event("1", "/other"), Sample.Event("1", "/third")] });

        Assert.Empty(receipt.Conflicts);
        Assert.Equal(2, receipt.Version);
    }

    [StoreFact]
    public async Task An_identity_twice_in_one_commit_is_a_conflict_of_the_second()
    {
        var receipt = await _store.Journal.Commit(Sample.Commit("case:a", 0, "1", "2", "1"));

        Assert.Equal([2], receipt.Conflicts);
        Assert.Empty(await _store.Journal.Read("case:a", 0));
    }

    [StoreFact]
    public async Task Versions_and_identities_survive_a_restart()
    {
        await _store.Journal.Commit(Sample.Commit("case:a", 0, "1"));
        await _store.Reopen();

        await Assert.ThrowsAsync<StreamVersionException>(() => _store.Journal.Commit(Sample.Commit("case:a", 0, "2")));
        Assert.Equal([0], (await _store.Journal.Commit(Sample.Commit("case:b", 0, "1"))).Conflicts);
        Assert.Equal(2, (await _store.Journal.Commit(Sample.Commit("case:a", 1, "2"))).Version);
    }

    [StoreFact]
    public async Task Of_many_writers_at_one_version_exactly_one_wins()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => Record.ExceptionAsync(
            () => _store.Journal.Commit(Sample.Commit("case:a", 0, $"{i}"))))));

        Assert.Single(outcomes, outcome => outcome is null);
        Assert.Equal(49, outcomes.Count(outcome => outcome is StreamVersionException));
        Assert.Single(await _store.Journal.Read("case:a", 0));
    }

    [StoreFact]
    public async Task A_commit_to_be_delivered_must_carry_its_case() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _store.Journal.Commit(Sample.Commit("case:a", 0, "1") with { Deliver = true }));

    [StoreFact]
    public async Task The_last_instant_is_the_latest_that_was_recorded()
    {
        Assert.Null(await _store.Cases.LastInstant());

        await _store.Journal.Commit(Sample.Commit("case:a", 0, "1") with { RecordedAt = Sample.Now.AddHours(2) });
        await _store.Journal.Commit(Sample.Commit("case:b", 0, "2") with { RecordedAt = Sample.Now });
        Assert.Equal(Sample.Now.AddHours(2), await _store.Cases.LastInstant());

        await _store.Journal.Commit(Sample.Commit("case:b", 1) with { Alerts = [Sample.Alert("x", "b") with { DetectedAt = Sample.Now.AddHours(3) }] });
        await _store.Reopen();
        Assert.Equal(Sample.Now.AddHours(3), await _store.Cases.LastInstant());

        await _store.Journal.Commit(Sample.Commit("case:b", 1) with { Feed = [Sample.Item("x", "all") with { At = Sample.Now.AddHours(4) }] });
        Assert.Equal(Sample.Now.AddHours(4), await _store.Cases.LastInstant());
    }

    [StoreFact]
    public async Task Units_are_replaced_by_kind_and_id()
    {
        await _store.Journal.Commit(Sample.Commit("department:d", 0) with { Unit = new UnitRow("department", "d", "422826", "一部", [1]) });
        await _store.Journal.Commit(Sample.Commit("department:d", 0) with { Unit = new UnitRow("department", "d", "422826", "第一检察部", [2]) });
        await _store.Journal.Commit(Sample.Commit("prosecutor:d", 0) with { Unit = new UnitRow("prosecutor", "d", "d", "王某", [3]) });
        await _store.Journal.Commit(Sample.Commit("procuratorate:4", 0) with { Unit = new UnitRow("procuratorate", "4", null, "省院", [4]) });

        var units = await _store.Units.All();

        Assert.Equal(
            [("department", "d", "422826", "第一检察部", 2), ("procuratorate", "4", null, "省院", 4), ("prosecutor", "d", "d", "王某", 3)],
            units.Select(unit => (unit.Kind, unit.Id, unit.Parent, unit.Name, (int)unit.Json[0])));
    }
}

public sealed class JournalOnSqlite() : JournalTests(StoreKind.Sqlite);

public sealed class JournalOnPostgres() : JournalTests(StoreKind.Postgres), IOnPostgres;
