using Cluster.Contracts.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace Grains.Tests.Storage;

/// <summary>The alert list against a model in memory: every filter, every right, every page.</summary>
public abstract class AlertListTests(StoreKind kind) : IAsyncLifetime
{
    private static readonly string[] Procuratorates = ["422826", "422800", "420000"];
    private static readonly string[] Departments = ["d-1", "d-2", "d-3", "d-4"];
    private static readonly string[] Prosecutors = [.. Enumerable.Range(1, 30).Select(n => $"p-{n}")];
    private static readonly string[] Levels = ["W1", "W2", "L1", "L2"];
    private static readonly string[] Categories = ["rights", "limits", "card"];
    private static readonly string[] Rules = ["QX-001", "QX-008", "T-B05", "CX-028"];
    private static readonly string[] Statuses = ["open", "acknowledged", "closed"];
    private static readonly AlertRow[] All = [.. Enumerable.Range(0, 900).Select(Row)];

    private readonly StoreUnderTest _store = new(kind);

    public async Task InitializeAsync()
    {
        foreach (var alerts in All.Chunk(100))
            await _store.Journal.Commit(Sample.Commit("case:any", 0) with { Alerts = alerts });
    }

    public Task DisposeAsync() => _store.DisposeAsync().AsTask();

    [StoreFact]
    public void Every_query_answers_what_the_model_answers_page_by_page()
    {
        var property = Prop.ForAll(Arb.From(Queries), query =>
        {
            var expected = Model(query).Select(alert => alert.Id).ToList();
            return expected.SequenceEqual(Pages(query).GetAwaiter().GetResult().Select(alert => alert.Id));
        });

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), property);
    }

    [StoreFact]
    public async Task Nothing_visible_means_nothing_listed()
    {
        var page = await _store.Cases.Alerts(new AlertQuery(Visibility.Nothing));

        Assert.Empty(page.Items);
        Assert.Null(page.Next);
    }

    [StoreFact]
    public async Task An_alert_is_read_back_as_it_was_written_and_replaced_by_id()
    {
        var alert = Sample.Alert("x", "case-x") with { Subject = "2", Instance = "round-1", Json = [9], Prosecutor = null };
        await _store.Journal.Commit(Sample.Commit("case:any", 0) with { Alerts = [alert] });
        Assert.Equivalent(alert, await _store.Cases.Alert("x"), strict: true);

        var cleared = alert with { Level = "L2", Status = "closed", ClearedAt = Sample.Now.AddDays(1), Json = [8] };
        await _store.Journal.Commit(Sample.Commit("case:any", 0) with { Alerts = [cleared] });
        Assert.Equivalent(cleared, Assert.Single(await _store.Cases.AlertsOf("case-x")), strict: true);
        Assert.Null(await _store.Cases.Alert("y"));
    }

    [StoreFact]
    public async Task The_alerts_of_a_case_include_cleared_and_retracted_ones()
    {
        var expected = All.Where(alert => alert.Case == "case-7").OrderBy(alert => alert.RaisedAt).ThenBy(alert => alert.Id, StringComparer.Ordinal).Select(alert => alert.Id).ToList();

        Assert.Contains(All, alert => alert.Case == "case-7" && alert.RetractedAt is not null);
        Assert.Equal(expected, (await _store.Cases.AlertsOf("case-7")).Select(alert => alert.Id));
    }

    [StoreFact]
    public async Task A_rule_fired_as_often_as_it_has_alerts_that_were_not_retracted()
    {
        var expected = All.Where(alert => alert.RetractedAt is null).GroupBy(alert => alert.Rule).ToDictionary(group => group.Key, group => (long)group.Count());

        Assert.Equal(expected.OrderBy(rule => rule.Key), (await _store.Cases.Fired()).OrderBy(rule => rule.Key));
    }

    [StoreFact]
    public async Task A_page_has_at_most_five_hundred_rows_and_at_least_one()
    {
        Assert.Equal(500, (await _store.Cases.Alerts(new AlertQuery(Visibility.Everything) { Limit = 100_000 })).Items.Count);
        Assert.Single((await _store.Cases.Alerts(new AlertQuery(Visibility.Everything) { Limit = 0 })).Items);
    }

    [StoreTheory]
    [InlineData("")]
    [InlineData("nonsense!")]
    [InlineData("AAAA")]
    [InlineData("AgAAAAAAAAAA")]
    public async Task A_cursor_that_the_list_did_not_give_is_refused(string cursor)
    {
        var refusal = await Assert.ThrowsAsync<ArgumentException>(async () => await _store.Cases.Alerts(new AlertQuery(Visibility.Everything) { Cursor = cursor }));

        Assert.Equal("cursor", refusal.ParamName);
    }

    [StoreFact]
    public async Task A_cursor_of_the_other_list_is_refused()
    {
        var next = (await _store.Cases.Alerts(new AlertQuery(Visibility.Everything))).Next;

        await Assert.ThrowsAsync<ArgumentException>(async () => await _store.Cases.Cases(new CaseQuery(Visibility.Everything) { Cursor = next }));
    }

    private static AlertRow Row(int i)
    {
        // Spread by primes, so that every combination of columns occurs; many share an instant.
        var raised = Sample.Now.AddMinutes(i * 7919 % 101);
        return new AlertRow(
            $"alert-{i * 7907 % 900}", $"case-{i * 31 % 97}", Rules[i * 13 % 4], "1", "", Levels[i / 3 % 4], Categories[i * 11 % 3], Statuses[i / 7 % 3],
            raised, i % 3 == 1 ? raised.AddHours(1) : null, i % 11 == 2 ? raised.AddHours(2) : null, i % 5 == 0 ? null : raised.AddHours(i % 50),
            raised, i % 17 == 0 ? null : Procuratorates[i / 5 % 3], i % 19 == 0 ? null : Departments[i / 11 % 4], i % 23 == 0 ? null : Prosecutors[i / 2 % 30], "{}"u8.ToArray());
    }

    private static Gen<string?> Maybe(string[] values) => Gen.Frequency((3, Gen.Constant<string?>(null)), (1, Gen.Elements<string?>([.. values, "unknown"])));

    private static Gen<IReadOnlyList<string>> Some(string[] values) =>
        Gen.Frequency((2, Gen.Constant(0)), (3, Gen.Choose(1, 3)), (1, Gen.Constant(values.Length)))
            .SelectMany(count => Gen.ArrayOf(Gen.Elements(values), count), (_, chosen) => (IReadOnlyList<string>)chosen);

    private static Gen<Visibility> Rights => Gen.Frequency(
        (1, Gen.Constant(Visibility.Everything)),
        (4, from procuratorates in Some(Procuratorates)
            from departments in Some(Departments)
            from prosecutors in Some(Prosecutors)
            select new Visibility(false, procuratorates, departments, prosecutors)));

    private static Gen<AlertQuery> Queries =>
        from visible in Rights
        from procuratorate in Maybe(Procuratorates)
        from department in Maybe(Departments)
        from prosecutor in Maybe(Prosecutors)
        from level in Maybe(Levels)
        from category in Maybe(Categories)
        from rule in Maybe(Rules)
        from status in Maybe(Statuses)
        from caseId in Gen.Frequency((9, Gen.Constant<string?>(null)), (1, Gen.Choose(0, 96).Select(n => (string?)$"case-{n}")))
        from open in Gen.Elements<bool?>(null, true, false)
        from due in Gen.Frequency((3, Gen.Constant<int?>(null)), (1, Gen.Choose(0, 60).Select(hours => (int?)hours)))
        from limit in Gen.Elements(1, 7, 50, 500)
        select new AlertQuery(visible)
        {
            Procuratorate = procuratorate,
            Department = department,
            Prosecutor = prosecutor,
            Level = level,
            Category = category,
            Rule = rule,
            Status = status,
            Case = caseId,
            Open = open,
            DueBefore = due is { } hours ? Sample.Now.AddHours(hours) : null,
            // A page of one row is for short lists: each page is a query.
            Limit = limit == 1 && visible.All ? 20 : limit,
        };

    private static IEnumerable<AlertRow> Model(AlertQuery query) => All
        .Where(alert => query.Visible.All
            || query.Visible.Procuratorates.Contains(alert.Procuratorate)
            || query.Visible.Departments.Contains(alert.Department)
            || query.Visible.Prosecutors.Contains(alert.Prosecutor))
        .Where(alert => alert.RetractedAt is null && (query.Open is null || query.Open == (alert.ClearedAt is null && alert.Status is not ("closed" or "dismissed"))))
        .Where(alert => Is(query.Procuratorate, alert.Procuratorate) && Is(query.Department, alert.Department) && Is(query.Prosecutor, alert.Prosecutor)
            && Is(query.Level, alert.Level) && Is(query.Category, alert.Category) && Is(query.Rule, alert.Rule) && Is(query.Status, alert.Status) && Is(query.Case, alert.Case))
        .Where(alert => query.DueBefore is null || alert.DueAt < query.DueBefore)
        .OrderByDescending(alert => alert.RaisedAt).ThenBy(alert => alert.Id, StringComparer.Ordinal);

    private static bool Is(string? wanted, string? actual) => wanted is null || wanted == actual;

    private async Task<List<AlertRow>> Pages(AlertQuery query)
    {
        var rows = new List<AlertRow>();
        for (var cursor = query.Cursor; ;)
        {
            var page = await _store.Cases.Alerts(query with { Cursor = cursor });
            rows.AddRange(page.Items);
            if (page.Items.Count > query.Limit || (page.Next is not null && page.Items.Count < query.Limit))
                throw new InvalidOperationException("A page is not full, or too full.");
            if ((cursor = page.Next) is null)
                return rows;
        }
    }
}

public sealed class AlertListOnSqlite() : AlertListTests(StoreKind.Sqlite);

public sealed class AlertListOnPostgres() : AlertListTests(StoreKind.Postgres), IOnPostgres;
