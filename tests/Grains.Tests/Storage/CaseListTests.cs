using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Grains.Tests.Storage;

public abstract class CaseListTests(StoreKind kind) : IAsyncLifetime
{
    private readonly StoreUnderTest _store = new(kind);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _store.DisposeAsync().AsTask();

    [StoreFact]
    public async Task A_case_is_read_back_as_it_was_written_and_replaced()
    {
        var row = Sample.Case("咸检起诉受[2026]42282600109号");
        await Save(row);
        Assert.Equal(row, await _store.Cases.Find(row.Id));

        var bare = new CaseRow(row.Id, "ARR", null, "unaccepted", null, null, null, null, 0, false, false, 3, 2, null, null, null, null, Sample.Now.AddHours(1), new DateOnly(2026, 3, 4));
        await Save(bare);
        Assert.Equal(bare, await _store.Cases.Find(row.Id));
        Assert.Null(await _store.Cases.Find("other"));
    }

    [StoreTheory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_revision_that_does_not_follow_the_stored_one_is_refused_with_everything_it_brings(long revision)
    {
        await Save(Sample.Case("a"));
        var commit = Sample.Commit("case:a", 0, "1") with { Case = Sample.Case("a", revision), Feed = [Sample.Item("x", "all")], Alerts = [Sample.Alert("a/1", "a")] };
        await Assert.ThrowsAsync<StreamVersionException>(() => _store.Journal.Commit(commit));
        Assert.Equal(Sample.Case("a"), await _store.Cases.Find("a"));
        Assert.Empty(await _store.Journal.Read("case:a", 0));
        Assert.Equal(0, await _store.Feed.Last("all"));
        Assert.Null(await _store.Cases.Alert("a/1"));
    }

    [StoreFact]
    public async Task Cases_are_listed_by_their_next_deadline_and_those_without_one_last()
    {
        await Save(Sample.Case("none-b") with { NextDueAt = null });
        await Save(Sample.Case("late") with { NextDueAt = Sample.Now.AddDays(9) });
        await Save(Sample.Case("none-a") with { NextDueAt = null, Open = false });
        await Save(Sample.Case("soon-b") with { NextDueAt = Sample.Now.AddDays(1) });
        await Save(Sample.Case("soon-a") with { NextDueAt = Sample.Now.AddDays(1), Open = false });

        Assert.Equal(["soon-a", "soon-b", "late", "none-a", "none-b"], await Paged(new CaseQuery(Visibility.Everything) { Limit = 2 }));
        Assert.Equal(["soon-b", "late", "none-b"], await Paged(new CaseQuery(Visibility.Everything) { Limit = 1, Open = true }));
        Assert.Equal(["soon-a", "none-a"], await Paged(new CaseQuery(Visibility.Everything) { Open = false }));
        Assert.Equal(["soon-a", "soon-b"], await Paged(new CaseQuery(Visibility.Everything) { DueBefore = Sample.Now.AddDays(9) }));
        Assert.Equal(["late"], await Paged(new CaseQuery(Visibility.Everything) { DueAfter = Sample.Now.AddDays(1) }));
    }

    [StoreFact]
    public async Task Cases_are_counted_by_the_days_on_which_they_came_and_went()
    {
        DateOnly monday = new(2026, 2, 9), tuesday = monday.AddDays(1);
        await Save(Sample.Case("a") with { AcceptedOn = monday });
        await Save(Sample.Case("b") with { AcceptedOn = monday, Open = false, ClosedOn = tuesday });
        await Save(Sample.Case("c") with { AcceptedOn = tuesday, Procuratorate = "422800", Department = "d-2", Prosecutor = "p-2" });
        await Save(Sample.Case("d") with { AcceptedOn = null });

        Assert.Equal([new CaseFlow(monday, 2, 0), new CaseFlow(tuesday, 1, 1)], await _store.Cases.Flow(Visibility.Everything, monday.AddDays(-1), tuesday));
        Assert.Equal([new CaseFlow(tuesday, 1, 1)], await _store.Cases.Flow(Visibility.Everything, tuesday, tuesday));
        Assert.Equal([new CaseFlow(tuesday, 1, 0)], await _store.Cases.Flow(Visibility.Everything, monday, tuesday, "422800"));
        Assert.Equal([new CaseFlow(monday, 2, 0), new CaseFlow(tuesday, 0, 1)], await _store.Cases.Flow(Visibility.Everything, monday, tuesday, department: "d-1"));
        Assert.Equal([new CaseFlow(tuesday, 1, 0)], await _store.Cases.Flow(new Visibility(false, [], ["d-2"], []), monday, tuesday));
        Assert.Empty(await _store.Cases.Flow(Visibility.Nothing, monday, tuesday));

        Assert.Equal(["b"], await Paged(new CaseQuery(Visibility.Everything) { ClosedFrom = tuesday }));
        Assert.Equal(["c"], await Paged(new CaseQuery(Visibility.Everything) { AcceptedFrom = tuesday }));
    }

    [StoreFact]
    public async Task Each_filter_narrows_the_list()
    {
        await Save(Sample.Case("a"));
        await Save(Sample.Case("b") with { CaseType = "ARR", Stage = "trial", Light = null, Procuratorate = "422800", Department = "d-2", Prosecutor = "p-2" });

        foreach (var query in new CaseQuery[]
        {
            new(Visibility.Everything) { CaseType = "ARR" },
            new(Visibility.Everything) { Stage = "trial" },
            new(Visibility.Everything) { Procuratorate = "422800" },
            new(Visibility.Everything) { Department = "d-2" },
            new(Visibility.Everything) { Prosecutor = "p-2", Department = "d-2", Procuratorate = "422800" },
        })
            Assert.Equal(["b"], await Paged(query));
        Assert.Equal(["a"], await Paged(new CaseQuery(Visibility.Everything) { Level = "W2" }));
        Assert.Empty(await Paged(new CaseQuery(Visibility.Everything) { Prosecutor = "p-2", Department = "d-1" }));
    }

    [StoreTheory]
    [InlineData("100%", "percent")]
    [InlineData("5_2", "underscore")]
    [InlineData("\\", "backslash")]
    [InlineData("盗窃", "name")]
    [InlineData("%", "percent")]
    [InlineData("' OR 1=1", "quote")]
    [InlineData("nowhere")]
    public async Task Text_is_looked_for_literally_in_id_and_name(string text, params string[] found)
    {
        await Save(Sample.Case("percent") with { Name = "掺假100%案" });
        await Save(Sample.Case("underscore") with { Name = "5_2案" });
        await Save(Sample.Case("plain") with { Name = "502案" });
        await Save(Sample.Case("backslash") with { Name = "a\\b" });
        await Save(Sample.Case("name") with { Name = "陈某盗窃案" });
        await Save(Sample.Case("quote") with { Name = "x' OR 1=1 --" });
        await Save(Sample.Case("unnamed") with { Name = null });

        Assert.Equal(found, await Paged(new CaseQuery(Visibility.Everything) { Text = text }));
        Assert.Equal(["unnamed"], await Paged(new CaseQuery(Visibility.Everything) { Text = "named" }));
    }

    [StoreFact]
    public async Task Texts_may_hold_any_character_and_are_in_order_of_their_bytes()
    {
        string[] departments = ["", "\0", "\0a", "\u0001", "\u0001a", "\u0002", "Z", "a", "é", "盗", "\ud83d\ude00"];
        foreach (var (department, i) in departments.Select((d, i) => (d, i)))
            await Save(Sample.Case($"{department}-") with { NextDueAt = null, Department = $"d{department}", Name = $"案{department}\0{i}" }, Sample.Alert($"{i}", $"{department}-") with { Subject = department });

        Assert.Equal(departments.Select(d => $"{d}-").Order(StringComparer.Ordinal), (await Paged(new CaseQuery(Visibility.Everything) { Limit = 3 })).Order(StringComparer.Ordinal));
        Assert.Equal(departments.Where(d => d.Length > 0).Select(d => $"{d}-"), (await Paged(new CaseQuery(Visibility.Everything) { Limit = 3 })).Where(id => id != "-"));
        foreach (var department in departments)
        {
            Assert.Equal([$"{department}-"], await Paged(new CaseQuery(Visibility.Everything) { Department = $"d{department}" }));
            Assert.Equal(department, Assert.Single(await _store.Cases.AlertsOf($"{department}-")).Subject);
        }
        Assert.Equal(["\u0001a-"], await Paged(new CaseQuery(Visibility.Everything) { Text = "\u0001a\u00004" }));
    }

    [StoreFact]
    public async Task A_caller_sees_the_cases_of_any_of_their_scopes_and_no_other()
    {
        await Save(Sample.Case("mine") with { Procuratorate = "1", Department = "d", Prosecutor = "me" });
        await Save(Sample.Case("ours") with { Procuratorate = "1", Department = "ours", Prosecutor = "you" });
        await Save(Sample.Case("below") with { Procuratorate = "2", Department = "x", Prosecutor = "you" });
        await Save(Sample.Case("foreign") with { Procuratorate = "3", Department = "y", Prosecutor = "z" });
        await Save(Sample.Case("nobody's") with { Procuratorate = null, Department = null, Prosecutor = null });
        var rights = new Visibility(false, ["2"], ["ours"], ["me"]);
        var many = rights with { Prosecutors = ["me", .. Enumerable.Range(0, 100).Select(n => $"other-{n}")] };

        Assert.Empty(await Paged(new CaseQuery(Visibility.Nothing)));
        Assert.Equal(["below", "mine", "ours"], await Paged(new CaseQuery(rights) { Limit = 1 }));
        Assert.Equal(["below", "mine", "ours"], await Paged(new CaseQuery(many) { Limit = 1 }));
        Assert.Equal(["below", "ours"], await Paged(new CaseQuery(rights) { Prosecutor = "you" }));
        Assert.Empty(await Paged(new CaseQuery(rights) { Procuratorate = "3" }));
        Assert.Empty(await Paged(new CaseQuery(rights) { Text = "foreign" }));
    }

    [StoreFact]
    public async Task Open_cases_are_those_of_the_narrowest_scope_with_their_open_alerts_counted()
    {
        await Save(Sample.Case("a", 4), [
            Sample.Alert("1", "a"), Sample.Alert("2", "a"), Sample.Alert("3", "a") with { Level = "L2" }, Sample.Alert("4", "a") with { Category = "limits" },
            Sample.Alert("5", "a") with { ClearedAt = Sample.Now }, Sample.Alert("6", "a") with { RetractedAt = Sample.Now }]);
        await Save(Sample.Case("b") with { Prosecutor = "p-2" });
        await Save(Sample.Case("c") with { Department = "d-2", Prosecutor = "p-3" });
        await Save(Sample.Case("done") with { Open = false }, [Sample.Alert("7", "done") with { ClearedAt = Sample.Now }]);

        var mine = Assert.Single(await _store.Cases.OpenCases(new CaseScope("422826", "d-1", "p-1")));
        Assert.Equal(("a", 4L, "422826", "d-1", "p-1", "PRO", 1.5, true), (mine.Case, mine.Revision, mine.Procuratorate, mine.Department, mine.Prosecutor, mine.CaseType, mine.Weight, mine.Open));
        Assert.Equal([new AlertCount("limits", "W1", 1), new AlertCount("rights", "L2", 1), new AlertCount("rights", "W1", 2)], mine.Alerts);
        Assert.Equal(["a", "b"], (await _store.Cases.OpenCases(new CaseScope("422826", "d-1", null))).Select(summary => summary.Case));
        Assert.Equal(["a", "b", "c"], (await _store.Cases.OpenCases(new CaseScope("422826", null, null))).Select(summary => summary.Case));
        Assert.Empty(await _store.Cases.OpenCases(new CaseScope(null, null, "nobody")));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _store.Cases.OpenCases(new CaseScope(null, null, null)));
    }

    [StoreFact]
    public async Task A_closed_case_whose_alerts_are_still_open_counts_with_them()
    {
        await Save(Sample.Case("open"));
        await Save(Sample.Case("closed", 3) with { Open = false }, [Sample.Alert("1", "closed"), Sample.Alert("2", "closed") with { RetractedAt = Sample.Now }]);
        foreach (var scope in new[] { new CaseScope("422826", null, null), new CaseScope(null, "d-1", null), new CaseScope(null, null, "p-1") })
        {
            var summaries = await _store.Cases.OpenCases(scope);
            Assert.Equal([("closed", 3L, false, 1), ("open", 1L, true, 0)], summaries.Select(s => (s.Case, s.Revision, s.Open, s.Alerts.Sum(a => a.Count))));
        }
    }

    private Task Save(CaseRow row, params AlertRow[] alerts) =>
        _store.Journal.Commit(Sample.Commit($"case:{row.Id}", 0) with { Case = row, Alerts = alerts });

    private async Task<List<string>> Paged(CaseQuery query)
    {
        var ids = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = await _store.Cases.Cases(query with { Cursor = cursor });
            ids.AddRange(page.Items.Select(row => row.Id));
            if ((cursor = page.Next) is null)
                return ids;
        }
    }
}

public sealed class CaseListOnSqlite() : CaseListTests(StoreKind.Sqlite);

public sealed class CaseListOnPostgres() : CaseListTests(StoreKind.Postgres), IOnPostgres;
