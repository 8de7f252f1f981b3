using System.Text.Json.Nodes;
using Cluster.Contracts;
using Grains.Tests.Engine;
using Grains.Tests.Silo;
using Orleans;

namespace Grains.Tests.Rules;

/// <summary>Drafts tried on everything stored.</summary>
public sealed class BacktestTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = SiloUnderTest.Monday;

    private SiloUnderTest _silo = null!;

    private ICatalogueGrain Catalogue => _silo.Service<IGrainFactory>().GetGrain<ICatalogueGrain>(ICatalogueGrain.Key);

    private IBacktestGrain Backtest => _silo.Service<IGrainFactory>().GetGrain<IBacktestGrain>(ICatalogueGrain.Key);

    public async Task InitializeAsync() => _silo = await SiloUnderTest.Start();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task It_tells_what_the_draft_would_have_found_and_what_the_rules_in_force_did()
    {
        await Interrogate("two", 2);
        await Interrogate("one", 1);
        await Interrogate("voided", 1);
        await _silo.Record("voided", Sent.Voided("v", Monday, "i-voided"));
        await _silo.Record("corrected", Sent.Prosecution("a-corrected", Monday.AddDays(-3)));
        await _silo.Record("corrected", Sent.Event("i-corrected", "suspect.interrogated", Monday.AddHours(-1), Staff(2)), Sent.Corrected("k", Monday, "i-corrected", Staff(1)));

        var report = await Run(await Draft(Written.Alone()));
        Assert.Equal(("done", 4L, 4L, 2L), (report.State, report.Done, report.Total, report.CasesTotal));
        var rule = Assert.Single(report.Rules);
        Assert.Equal((0L, 2L, 2L, 2L, 0L), (rule.Live.Alerts, rule.Draft.Alerts, rule.Draft.Cases, rule.Added, rule.Removed));
        Assert.Equal([("2026-W10", 2L)], rule.Draft.PerWeek.Select(w => (w.Week, w.Alerts)));
        Assert.Equal([("corrected", "added", "L1"), ("one", "added", "L1")], report.Cases.Select(c => (c.Case, c.Change, c.Level)).Order());
        Assert.Equal("422826", report.Cases[0].Scope.Procuratorate);
        Assert.DoesNotContain(await _silo.Alerts("one"), a => a.Rule == "XF-001");
    }

    [Fact]
    public async Task A_draft_is_compared_with_the_version_in_force()
    {
        await Interrogate("one", 1);
        await _silo.Record("never", Sent.Prosecution("a-never", Monday.AddDays(-20)));
        await Publish(await Draft(Written.Interrogated("5d")));
        await Publish(await Draft(Written.Alone()));

        var same = await Run(await Draft(Written.Alone()));
        Assert.Equal((0L, 0L), (same.CasesTotal, same.Rules.Sum(r => r.Added + r.Removed)));
        var graver = await Run(await Draft(Written.Alone("L3")));
        Assert.Equal(("changed", "L3"), (Assert.Single(graver.Cases).Change, graver.Cases[0].Level));
        var narrower = await Run(await Draft(Written.Alone().Replace("lessThan: 2", "lessThan: 1", StringComparison.Ordinal)
            .Replace("staff: 1", "staff: 0", StringComparison.Ordinal)));
        Assert.Equal(("removed", "L1"), (Assert.Single(narrower.Cases).Change, narrower.Cases[0].Level));
        // In force since Monday, so that a case received before was never judged by it; supposed to be in force ever since, the draft judges it.
        Assert.Equal((0L, 1L), ((await Run(await Draft(Written.Interrogated("9d")))).Rules[0].Live.Alerts, (await Run(await Draft(Written.Interrogated("9d")))).Rules[0].Draft.Alerts));
    }

    [Fact]
    public async Task Cases_outside_the_scope_of_the_draft_are_not_looked_at()
    {
        await _silo.Procuratorate("4228").Define(new ProcuratorateDefinition("4228", "恩施州院", "city", null, [], []));
        await _silo.Procuratorate("422826").Define(new ProcuratorateDefinition("422826", "咸丰县院", "county", "4228", [], []));
        await Interrogate("one", 1);
        var own = await Run(await Draft(Written.Alone(), "4228"));
        Assert.Equal((1L, 1L), (own.Done, own.CasesTotal));
        var other = await Run(await Draft(Written.Alone(), "422827"));
        Assert.Equal((0L, 0L, 0L), (other.Done, other.Total, other.CasesTotal));
    }

    [Fact]
    public async Task The_result_stays_with_the_draft_until_its_text_changes()
    {
        await Interrogate("one", 1);
        var draft = await Draft(Written.Alone());
        var report = await Run(draft);
        await _silo.Until(async () => (await Catalogue.Find(draft))!.Backtest is not null);
        await _silo.Restart();
        Assert.Equal(report.CasesTotal, (await Catalogue.Find(draft))!.Backtest!.CasesTotal);
        Assert.Null(await Backtest.Progress(draft));
        await Catalogue.Edit(draft, new DraftText(Written.Alone("L2"), null, null, "monitor"));
        Assert.Null((await Catalogue.Find(draft))!.Backtest);
    }

    [Fact]
    public async Task One_runs_at_a_time_and_can_be_cancelled()
    {
        await Interrogate("one", 1);
        using var open = new ManualResetEventSlim();
        _silo.Disturbance.BeforeReading = open.Wait;
        var (first, second) = (await Catalogue.Find(await Draft(Written.Alone())), await Catalogue.Find(await Draft(Written.Interrogated("1d"))));
        Assert.Equal("running", (await Backtest.Start(first!))!.State);
        Assert.Null(await Backtest.Start(second!));
        Assert.Equal(("running", 0L, 1L), ((await Backtest.Progress(first!.Id))!.State, (await Backtest.Progress(first.Id))!.Done, (await Backtest.Progress(first.Id))!.Total));
        Assert.Null(await Backtest.Cancel(second!.Id));
        var cancelling = Backtest.Cancel(first.Id);
        open.Set();
        Assert.Equal("cancelled", (await cancelling.Soon())!.State);
        Assert.Null(await Backtest.Cancel(first.Id));
        Assert.Equal("done", (await Run(second.Id)).State);
    }

    private async Task<BacktestReport> Run(string draft)
    {
        Assert.NotNull(await Backtest.Start((await Catalogue.Find(draft))!));
        BacktestReport report;
        // Threads of its own run it, which ring no bell.
        while ((report = (await Backtest.Progress(draft))!).State == "running") await Task.Yield();
        return report;
    }

    private async Task<string> Draft(string yaml, string? scope = null)
    {
        var outcome = await Catalogue.Draft(new DraftText(yaml, null, scope, "monitor"));
        Assert.True(outcome.Refusal is null, outcome.Detail);
        return outcome.Draft!.Id;
    }

    private async Task Publish(string draft) => Assert.Null((await Catalogue.Publish(draft, new DateOnly(2026, 3, 2), "leader")).Refusal);

    private Task Interrogate(string caseId, int staff) => _silo.Record(
        caseId, Sent.Prosecution("a-" + caseId, Monday.AddDays(-3)), Sent.Event("i-" + caseId, "suspect.interrogated", Monday.AddHours(-1), Staff(staff)));

    private static JsonObject Staff(int staff) => new() { ["suspect"] = "1", ["staff"] = staff };
}
