using System.Text.Json.Nodes;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Grains.Tests.Engine;

namespace Grains.Tests.Silo;

/// <summary>What a stop, orderly or not, leaves behind.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = SiloUnderTest.Monday;

    private SiloUnderTest _silo = null!;

    public async Task InitializeAsync() => _silo = await SiloUnderTest.Start();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task The_same_questions_get_the_same_answers()
    {
        await _silo.Open("d", "p1", "p2", "p3");
        for (var i = 0; i < 10; i++) await _silo.Record($"c{i}", Sent.Arrest($"e{i}", Monday, "d"));
        await _silo.PassTo(Monday.AddDays(6));
        var (cases, alerts, workload) = await Answers();
        await _silo.Restart();
        await _silo.Settled();
        Assert.Equal((cases, alerts, workload), await Answers());
        await _silo.PassTo(Monday.AddDays(12));
        for (var i = 0; i < 10; i++)
        {
            Assert.Single(await _silo.Alerts($"c{i}"), a => a.Rule == "QX-001");
            await _silo.ShouldBeAsAssessed($"c{i}");
        }
    }

    [Fact]
    public async Task A_case_from_snapshot_and_tail_is_the_case_from_the_journal_alone()
    {
        await _silo.Record("c", Sent.Prosecution("e0", Monday));
        for (var i = 1; i <= 150; i++) await _silo.Case("c").Record([Sent.Rights($"e{i}", Monday.AddMinutes(-i))]);
        await _silo.Record("c", Sent.Corrected("x1", Monday, "e0", new JsonObject { ["name"] = "赵某盗窃案" }), Sent.Voided("x2", Monday, "e7"));
        var live = await Body();
        await _silo.Restart();
        Assert.Equal(live, await Body());
        await _silo.Record("c", Sent.Measure("e151", Monday, "bail"));
        live = await Body();
        await _silo.Stop();
        Assert.Equal(1, _silo.Execute("DELETE FROM snapshot WHERE state IS NOT NULL"));
        await _silo.StartHost();
        Assert.Equal(live, await Body());
        await _silo.ShouldBeAsAssessed("c");
    }

    [Fact]
    public async Task On_a_machine_whose_clock_is_behind_what_is_recorded_has_happened_all_the_same()
    {
        await _silo.Open("d", "p1", "p2", "p3", "p4", "p5");
        await _silo.JumpTo(Monday.AddHours(8));
        await _silo.Record("c", Sent.Arrest("e1", Monday, "d"));
        var prosecutor = (await _silo.Index.Find("c"))!.Prosecutor;

        await _silo.Restart(behind: TimeSpan.FromHours(2));
        await _silo.Record("c", Sent.Rights("e2", Monday));

        Assert.Equal(prosecutor, (await _silo.Index.Find("c"))!.Prosecutor);
        Assert.Single(await _silo.Journal.Read("department:d", 0), e => e.Event.Type == "case.drawn");
        Assert.Single(await _silo.History("c"), e => e.Type == "case.assigned");
    }

    [Fact]
    public async Task What_was_committed_but_told_to_nobody_before_a_crash_is_told_after_it()
    {
        await _silo.Open("d", "p1", "p2");
        await _silo.Record("arr", Sent.Arrest("a1", Monday), Sent.Decided("a2", Monday, "approve-arrest"), Sent.Measure("a3", Monday, "arrest"));
        await _silo.Department("d").Workload();
        var silent = new TaskCompletionSource();
        _silo.Disturbance.Hold = commit => commit.Stream == "case:pro" ? silent.Task : null;
        var recorded = _silo.Case("pro").Record([Sent.Prosecution("e1", Monday, "d", "arr")]);
        await _silo.Until(async () => await _silo.Index.Find("pro") is not null);
        Assert.False(recorded.IsCompleted);
        await _silo.Crash(() => silent.TrySetResult());

        await _silo.Settled();
        var prosecutor = (await _silo.Index.Find("pro"))!.Prosecutor!;
        Assert.Equal(1, (await _silo.Prosecutor(prosecutor).Load()).OpenCases);
        Assert.Contains(await _silo.History("arr"), e => e.Source == "/cluster/link");
        // The sender, who got no answer, sends again.
        Assert.Equal([EventStatus.Duplicate], (await _silo.Record("pro", Sent.Prosecution("e1", Monday, "d", "arr"))).Select(o => o.Status));
        await _silo.ShouldBeAsAssessed("pro");
        await _silo.ShouldBeAsAssessed("arr");
    }

    [Fact]
    public async Task A_draw_written_before_a_crash_and_not_recorded_by_its_case_is_the_one_the_case_gets()
    {
        await _silo.Open("d", "p1", "p2", "p3", "p4", "p5");
        var silent = new TaskCompletionSource();
        _silo.Disturbance.Hold = commit => commit.Events is [{ Type: "case.drawn" }] ? silent.Task : null;
        var recorded = _silo.Case("c").Record([Sent.Arrest("e1", Monday, "d")]);
        await _silo.Until(async () => (await _silo.Journal.Read("department:d", 0)).Any(e => e.Event.Type == "case.drawn"));
        await _silo.Crash(() => silent.TrySetResult());

        var drawn = (await _silo.Journal.Read("department:d", 0)).Single(e => e.Event.Type == "case.drawn");
        var chosen = (string?)JsonNode.Parse(drawn.Event.Data)!["assigned"]!["prosecutor"];
        Assert.Null(await _silo.Index.Find("c"));
        Assert.Equal(0, (await _silo.Prosecutor(chosen!).Load()).OpenCases);
        await _silo.Record("c", Sent.Arrest("e1", Monday, "d"));
        Assert.Equal(chosen, (await _silo.Index.Find("c"))!.Prosecutor);
        Assert.Single((await _silo.Journal.Read("department:d", 0)), e => e.Event.Type == "case.drawn");
        Assert.Equal(1, (await _silo.Prosecutor(chosen!).Load()).OpenCases);
    }

    [Fact]
    public async Task Deliveries_that_a_crash_forgot_are_repeated_and_change_nothing()
    {
        await _silo.Open("d", "p1", "p2");
        _silo.Disturbance.LoseDeliveries = true;
        for (var i = 0; i < 6; i++) await _silo.Record($"c{i}", Sent.Arrest($"e{i}", Monday, "d"));
        await _silo.Until(async () => Total(await _silo.Department("d").Workload()) == 6);
        var (_, alerts, workload) = await Answers(6);
        await _silo.Restart();
        await _silo.Settled();
        Assert.Equal((alerts, workload), ((await Answers(6)).Alerts, (await Answers(6)).Workload));
        Assert.Empty(await _silo.Due.Undelivered(10));
    }

    private static int Total(byte[]? workload) => JsonNode.Parse(workload!)!["prosecutors"]!.AsArray().Sum(p => (int)p!["openCases"]!);

    private async Task<(string Cases, string Alerts, string Workload)> Answers(int cases = 10)
    {
        var bodies = new List<string>();
        for (var i = 0; i < cases; i++) bodies.Add((await _silo.Read($"c{i}"))!.ToJsonString());
        var alerts = (await _silo.Index.Alerts(new AlertQuery(Visibility.Everything) { Limit = 500 })).Items;
        return (string.Join('\n', bodies), string.Join('\n', alerts.Select(a => a with { Json = [] })), System.Text.Encoding.UTF8.GetString((await _silo.Department("d").Workload())!));
    }

    private async Task<string> Body() => System.Text.Encoding.UTF8.GetString((await _silo.Case("c").Read(null).Soon())!.Json);
}
