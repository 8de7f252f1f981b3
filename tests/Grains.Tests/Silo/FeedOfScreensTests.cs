using System.Text.Json.Nodes;
using Cluster.Contracts.Storage;
using Grains.Tests.Engine;

namespace Grains.Tests.Silo;

/// <summary>What the screens are told.</summary>
public sealed class FeedOfScreensTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = SiloUnderTest.Monday;

    private SiloUnderTest _silo = null!;

    public async Task InitializeAsync() => _silo = await SiloUnderTest.Start();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task Sequences_are_gapless_in_every_scope_and_go_on_after_a_restart()
    {
        await _silo.Open("d", "p1", "p2");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _silo.Case($"c{i}").Record([Sent.Arrest($"e{i}", Monday, "d")])));
        await _silo.PassTo(Monday.AddDays(5));
        await _silo.Pace();
        var first = _silo.Disturbance.Fed;
        await _silo.Restart();
        await _silo.PassTo(Monday.AddDays(10));
        await _silo.Pace();
        var fed = first.Concat(_silo.Disturbance.Fed).ToLookup(f => f.Scope, f => f.Sequence);
        foreach (var scope in fed) Assert.Equal(Enumerable.Range(1, scope.Count()).Select(n => (long)n), scope);
        Assert.Equal(["all", "department:d", "procuratorate:422826", "prosecutor:p1", "prosecutor:p2"], fed.Select(s => s.Key).Where(s => !s.StartsWith("case:", StringComparison.Ordinal)).Order());
        Assert.Equal(["alert", "assignment", "case", "counters", "workload"], first.Concat(_silo.Disturbance.Fed).Select(f => f.Kind).Distinct().Order());
    }

    [Fact]
    public async Task What_is_fed_is_what_the_store_gives_to_whoever_asks_again()
    {
        await _silo.Open("d", "p1");
        await _silo.Record("c", Sent.Arrest("e1", Monday, "d"));
        await _silo.Pace();
        foreach (var scope in _silo.Disturbance.Fed.GroupBy(f => f.Scope))
        {
            var asked = await _silo.Feed.After(scope.Key, 0, 1000);
            Assert.Equal(scope.Select(f => (f.Sequence, f.Kind, Text(f.Payload))), asked!.Select(f => (f.Sequence, f.Kind, Text(f.Payload))));
            Assert.Equal(scope.Last().Sequence, await _silo.Feed.Last(scope.Key));
        }
    }

    [Fact]
    public async Task A_case_that_moves_tells_both_prosecutors()
    {
        await _silo.Record("c", Sent.Arrest("e1", Monday), Sent.Assigned("e2", Monday, "p1"));
        await _silo.PassTo(Monday.AddDays(4));
        await _silo.Record("c", Sent.Reassigned("e3", Monday.AddDays(4), "p2"));
        foreach (var scope in new[] { "prosecutor:p1", "prosecutor:p2" })
        {
            var last = _silo.Disturbance.Fed.Where(f => f.Scope == scope).ToList();
            Assert.Equal("p2", (string?)JsonNode.Parse(last.Last(f => f.Kind == "case").Payload)!["prosecutor"]);
            Assert.Equal("p2", (string?)JsonNode.Parse(last.Last(f => f.Kind == "alert").Payload)!["prosecutor"]);
        }

        Assert.Equal(["p2"], (await _silo.Index.Alerts(new AlertQuery(Visibility.Everything) { Open = true })).Items.Select(a => a.Prosecutor).Distinct());
        var told = _silo.Disturbance.Fed.Count(f => f.Scope == "prosecutor:p1");
        await _silo.Record("c", Sent.Rights("e4", Monday.AddDays(4)));
        Assert.Equal(told, _silo.Disturbance.Fed.Count(f => f.Scope == "prosecutor:p1"));
    }

    [Fact]
    public async Task Many_changes_go_out_as_one_workload_and_one_set_of_counters()
    {
        await _silo.Open("d", "p1");
        await _silo.Pace();
        var before = _silo.Disturbance.Fed.Count;
        for (var i = 0; i < 10; i++) await _silo.Record($"c{i}", Sent.Arrest($"e{i}", Monday, "d"));
        Assert.DoesNotContain(_silo.Disturbance.Fed.Skip(before), f => f.Kind is "workload" or "counters");
        await _silo.Pace();
        var told = _silo.Disturbance.Fed.Skip(before).Where(f => f.Scope == "all" && f.Kind is "workload" or "counters").ToList();
        Assert.Equal(["counters", "workload"], told.Where(f => f.Scope == "all").Select(f => f.Kind).Order());
        Assert.Equal(Text((await _silo.Department("d").Workload())!), Text(told.First(f => f.Kind == "workload").Payload));
        Assert.Equal(Text(await _silo.Procuratorate(Office.Code).Counters()), Text(told.First(f => f.Kind == "counters").Payload));
    }

    [Fact]
    public async Task What_was_about_to_be_told_when_the_silo_stops_is_told()
    {
        await _silo.Open("d", "p1");
        await _silo.Pace();
        await _silo.Record("c", Sent.Arrest("e1", Monday, "d"));
        var workload = Text((await _silo.Department("d").Workload())!);
        var counters = Text(await _silo.Procuratorate(Office.Code).Counters());
        await _silo.Stop();
        Assert.Equal(workload, Text(_silo.Disturbance.Fed.Last(f => f.Scope == "department:d" && f.Kind == "workload").Payload));
        Assert.Equal(counters, Text(_silo.Disturbance.Fed.Last(f => f.Scope == "procuratorate:422826" && f.Kind == "counters").Payload));
    }

    [Fact]
    public async Task What_could_not_be_told_is_told_with_the_next_try()
    {
        await _silo.Open("d", "p1");
        await _silo.Pace();
        var (refused, workloads, counters) = (new TaskCompletionSource(), 0, 0);
        _silo.Disturbance.Refuse = commit =>
        {
            if (commit.Stream.StartsWith("case:", StringComparison.Ordinal)) return null;
            if (commit.Stream.StartsWith("department:", StringComparison.Ordinal) ? ++workloads > 1 : ++counters > 1) return null;
            if (workloads + counters == 2) refused.TrySetResult();
            return new JournalOverloadedException(1);
        };
        await _silo.Record("c", Sent.Arrest("e1", Monday, "d"), Sent.Assigned("e2", Monday, "p1"));
        _silo.Real.Advance(TimeSpan.FromSeconds(1));
        await refused.Task.Soon();
        // Each tells anew half a second after it failed.
        while (workloads < 2 || counters < 2)
        {
            var next = _silo.Disturbance.Next;
            _silo.Real.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System));
        }

        await _silo.Pace();
    }

    [Fact]
    public async Task Counters_are_a_recount_of_the_index_before_and_after_a_restart()
    {
        await _silo.Open("d", "p1", "p2");
        await _silo.Open("d2", "p3");
        for (var i = 0; i < 8; i++) await _silo.Record($"c{i}", Sent.Accepted($"e{i}", i % 2 == 0 ? "PRO" : "ARR", Monday, i % 3 == 0 ? "bail" : "detention", i < 5 ? "d" : "d2"));
        await CountersAreTrue();
        await _silo.PassTo(Monday.AddDays(9));
        // Some end; what was done wrongly in them stays open.
        for (var i = 0; i < 4; i++) await _silo.Record($"c{i}", Sent.Decided($"x{i}", Monday.AddDays(9), i % 2 == 0 ? "prosecute" : "approve-arrest"), Sent.Event($"y{i}", "case.closed", Monday.AddDays(9), []));
        await CountersAreTrue();
        var live = Text(await _silo.Procuratorate(Office.Code).Counters());
        var workloads = (Text((await _silo.Department("d").Workload())!), Text((await _silo.Department("d2").Workload())!));
        var loads = (await _silo.Prosecutor("p1").Load(), await _silo.Prosecutor("p2").Load(), await _silo.Prosecutor("p3").Load());
        Assert.Contains((await _silo.Index.Alerts(new AlertQuery(Visibility.Everything) { Open = true, Limit = 500 })).Items, a => a.Case == "c1");
        await _silo.Restart();
        Assert.Equal(live, Text(await _silo.Procuratorate(Office.Code).Counters()));
        Assert.Equal(workloads, (Text((await _silo.Department("d").Workload())!), Text((await _silo.Department("d2").Workload())!)));
        Assert.Equal(loads, (await _silo.Prosecutor("p1").Load(), await _silo.Prosecutor("p2").Load(), await _silo.Prosecutor("p3").Load()));
    }

    [Fact]
    public async Task An_assignment_that_is_voided_is_drawn_anew_and_each_draw_is_told_once()
    {
        await _silo.Open("d", "p1");
        await _silo.Record("c", Sent.Arrest("e1", Monday, "d"));
        var drawn = Assert.Single(await _silo.History("c"), e => e.Source == "/cluster/draw");
        await _silo.Record("c", Sent.Event("v", "event.voided", Monday, new JsonObject { ["source"] = drawn.Source, ["id"] = drawn.Id, ["reason"] = "误" }));
        await _silo.Record("c", Sent.Rights("e2", Monday));
        Assert.Equal([1, 2], _silo.Disturbance.Fed.Where(f => f.Scope == "case:c" && f.Kind == "assignment").Select(f => (int)JsonNode.Parse(f.Payload)!["number"]!));
        Assert.Equal("p1", (await _silo.Index.Find("c"))!.Prosecutor);
        Assert.Equal(1, (await _silo.Prosecutor("p1").Load()).OpenCases);
        await _silo.ShouldBeAsAssessed("c");
    }

    private async Task CountersAreTrue()
    {
        var alerts = new List<AlertRow>();
        for (string? cursor = null; ;)
        {
            var page = await _silo.Index.Alerts(new AlertQuery(Visibility.Everything) { Procuratorate = Office.Code, Open = true, Limit = 500, Cursor = cursor });
            alerts.AddRange(page.Items);
            if ((cursor = page.Next) is null) break;
        }

        var open = (await _silo.Index.Cases(new CaseQuery(Visibility.Everything) { Procuratorate = Office.Code, Open = true, Limit = 500 })).Items.Count;
        var counters = JsonNode.Parse(await _silo.Procuratorate(Office.Code).Counters())!;
        Assert.Equal(open, (int)counters["openCases"]!);
        Assert.Equal(Counted(alerts, a => a.Level), Counts(counters["levels"]!));
        Assert.Equal(Counted(alerts, a => a.Category), Counts(counters["categories"]!));
        foreach (var department in alerts.GroupBy(a => a.Department!))
            Assert.Equal(Counted(department, a => a.Level), Counts(counters["departments"]![department.Key]!));
    }

    private static IEnumerable<(string, int)> Counted(IEnumerable<AlertRow> alerts, Func<AlertRow, string> by) =>
        alerts.GroupBy(by).Select(g => (g.Key, g.Count())).OrderBy(g => g.Key, StringComparer.Ordinal);

    private static IEnumerable<(string, int)> Counts(JsonNode counts) =>
        counts.AsObject().Select(c => (c.Key, (int)c.Value!)).OrderBy(c => c.Key, StringComparer.Ordinal);

    private static string Text(byte[] json) => System.Text.Encoding.UTF8.GetString(json);
}
