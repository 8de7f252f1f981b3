using System.Text.Json.Nodes;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Silo.Rules;
using Grains.Tests.Engine;
using Grains.Tests.Silo;
using Orleans;

namespace Grains.Tests.Rules;

/// <summary>What becomes of cases and alerts when an office changes its rules.</summary>
public sealed class PublicationTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = SiloUnderTest.Monday;
    private static readonly DateOnly Today = new(2026, 3, 2);

    private SiloUnderTest _silo = null!;

    private ICatalogueGrain Catalogue => _silo.Service<IGrainFactory>().GetGrain<ICatalogueGrain>(ICatalogueGrain.Key);

    public async Task InitializeAsync() => _silo = await SiloUnderTest.Start();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task Nobody_puts_in_force_or_takes_back_what_they_wrote()
    {
        var draft = await Draft(Written.Alone(), "monitor");
        Assert.Null((await Catalogue.Edit(draft, new DraftText(Written.Alone("L2"), null, null, "second"))).Refusal);
        Assert.Equal("same-person", (await Catalogue.Publish(draft, Today, "monitor")).Refusal);
        Assert.Equal("same-person", (await Catalogue.Publish(draft, Today, "second")).Refusal);
        var published = await Catalogue.Publish(draft, Today, "leader");
        Assert.Equal(("published", 1, "leader", Today), (published.Draft!.State, published.Draft.Version, published.Draft.PublishedBy, published.Draft.EffectiveFrom));
        Assert.Equal("same-person", (await Catalogue.RollBack(draft, "why", "second")).Refusal);
        Assert.Equal("not-a-draft", (await Catalogue.Edit(draft, new DraftText(Written.Alone(), null, null, "monitor"))).Refusal);
        Assert.Equal("rolled-back", (await Catalogue.RollBack(draft, "cries wolf", "leader")).Draft!.State);
        Assert.Equal("not-published", (await Catalogue.RollBack(draft, "again", "leader")).Refusal);
    }

    [Fact]
    public async Task A_bad_file_changes_nothing()
    {
        var draft = await Draft(Written.Alone(), "monitor");
        var bad = new DraftText(Written.Alone().Replace("CPL 118", "CPL 999", StringComparison.Ordinal), null, null, "monitor");
        var refused = await Catalogue.Edit(draft, bad);
        Assert.Equal(("invalid", 5L), (refused.Refusal, Assert.Single(refused.Errors).Line));
        Assert.Equal("invalid", (await Catalogue.Draft(bad)).Refusal);
        var kept = Assert.Single(await Catalogue.Drafts());
        Assert.Equal(Written.Alone(), kept.Yaml);
        Assert.Single(await _silo.Journal.Read("catalogue", 0));
        Assert.Equal(0, _silo.Service<LiveCatalogue>().Current.Revision);
    }

    [Fact]
    public async Task Rules_come_into_force_today_or_later_and_before_they_end()
    {
        var draft = await Draft(Written.Alone().Replace("  level: L1", "  until: 2026-03-31\n  level: L1", StringComparison.Ordinal), "monitor");
        Assert.Equal("effective-date", (await Catalogue.Publish(draft, Today.AddDays(-1), "leader")).Refusal);
        Assert.Equal("effective-date", (await Catalogue.Publish(draft, new DateOnly(2026, 4, 1), "leader")).Refusal);
        Assert.Null((await Catalogue.Publish(draft, new DateOnly(2026, 3, 31), "leader")).Refusal);
    }

    [Fact]
    public async Task The_act_of_the_day_before_is_judged_by_the_old_version()
    {
        await Interrogate("before", Monday.AddDays(-1));
        await Interrogate("after", Monday.AddHours(-1));
        await Publish(Written.Alone());
        await Swept();
        Assert.Empty(await Found("before"));
        Assert.Equal("L1", Assert.Single(await Found("after")).Level);

        await Publish(Written.Alone("L3"), Today.AddDays(7));
        await Swept();
        await _silo.JumpTo(Monday.AddDays(7));
        await Interrogate("later", Monday.AddDays(6));
        await Interrogate("last", Monday.AddDays(7));
        Assert.Equal(["L1", "L1", "L3"], [(await Found("after")).Single().Level, (await Found("later")).Single().Level, (await Found("last")).Single().Level]);
    }

    [Fact]
    public async Task A_rollback_brings_back_the_version_before()
    {
        await Interrogate("c", Monday.AddHours(-1));
        await Publish(Written.Alone());
        var second = await Publish(Written.Alone("L3"));
        await Swept();
        Assert.Equal("L3", (await Found("c")).Single().Level);
        await Catalogue.RollBack(second, "cries wolf", "leader");
        await Swept();
        var alert = (await Found("c")).Single();
        Assert.Equal(("L1", null), (alert.Level, alert.RetractedAt));
        Assert.Equal(1, _silo.Service<LiveCatalogue>().Current.Catalogue.Published.Single().Version);

        await Catalogue.RollBack((await Catalogue.Drafts()).Single(d => d.Version == 1).Id, "too", "leader");
        await Swept();
        Assert.NotNull((await _silo.Alerts("c")).Single(a => a.Rule == "XF-001").RetractedAt);
        await _silo.ShouldBeAsAssessed("c");
    }

    [Fact]
    public async Task A_rollback_also_takes_back_the_alerts_of_closed_cases()
    {
        await Interrogate("c", Monday.AddHours(-1));
        var draft = await Publish(Written.Alone());
        await Swept();
        await _silo.Record("c", Sent.Event("closed", "case.closed", Monday.AddMinutes(-1), new JsonObject { ["result"] = "起诉" }));
        Assert.False((await _silo.Index.Find("c"))!.Open);
        await Catalogue.RollBack(draft, "cries wolf", "leader");
        await Swept();
        Assert.NotNull((await _silo.Alerts("c")).Single(a => a.Rule == "XF-001").RetractedAt);
    }

    [Fact]
    public async Task Rules_look_only_at_cases_of_their_office_and_those_below()
    {
        await _silo.Procuratorate("4228").Define(new ProcuratorateDefinition("4228", "恩施州院", "city", null, [], []));
        await _silo.Procuratorate("422826").Define(new ProcuratorateDefinition("422826", "咸丰县院", "county", "4228", [], []));
        await Interrogate("c", Monday.AddHours(-1));
        await Publish(Written.Alone(), scope: "422827");
        await Swept();
        Assert.Empty(await Found("c"));
        await Publish(Written.Alone("L2"), scope: "4228");
        await Swept();
        Assert.Equal("L2", (await Found("c")).Single().Level);
        Assert.Contains((await _silo.Read("c"))!["alerts"]!.AsArray(), a => (string?)a!["rule"] == "XF-001");
    }

    [Fact]
    public async Task A_restart_keeps_drafts_publications_and_what_follows_from_them()
    {
        await Interrogate("c", Monday.AddHours(-1));
        await Publish(Written.Alone());
        var draft = await Draft(Written.Interrogated("1d"), "monitor");
        await Catalogue.Try(draft, true, "monitor");
        await Swept();
        var (drafts, contents, alerts) = (await Json(), _silo.Service<LiveCatalogue>().Current.Revision, await Found("c"));
        await _silo.Restart();
        Assert.Equal(contents, _silo.Service<LiveCatalogue>().Current.Revision);
        await Swept();
        Assert.Equal(drafts, await Json());
        Assert.Equal(alerts.Select(a => a.Id), (await Found("c")).Select(a => a.Id));
        Assert.Empty(await _silo.Service<IRuleIndex>().Stale(contents, [], null, 10));
        await Interrogate("d", Monday.AddHours(-2));
        Assert.Single(await Found("d"));

        async Task<string> Json() => System.Text.Json.JsonSerializer.Serialize(await Catalogue.Drafts());
    }

    [Fact]
    public async Task A_sweep_that_a_crash_cut_off_is_finished_after_it()
    {
        for (var i = 0; i < 40; i++) await Interrogate($"c{i:00}", Monday.AddHours(-1));
        _silo.Disturbance.Refuse = commit => commit.Stream.StartsWith("case:", StringComparison.Ordinal) && string.CompareOrdinal(commit.Stream, "case:c20") > 0 ? new IOException("gone") : null;
        await Publish(Written.Alone());
        await _silo.Until(async () => (await Found("c00")).Count == 1);
        Assert.Empty(await Found("c39"));
        await _silo.Crash(() => { });

        await Swept();
        for (var i = 0; i < 40; i++) Assert.Single(await Found($"c{i:00}"));
        Assert.Empty(await _silo.Service<IRuleIndex>().Stale(_silo.Service<LiveCatalogue>().Current.Revision, [], null, 10));
    }

    [Fact]
    public async Task Another_process_learns_of_a_publication_within_seconds()
    {
        var other = new LiveCatalogue(Cluster.Cases.Assessment.Assessor.Default);
        using var follower = new CatalogueFollower(_silo.Service<IGrainFactory>(), other, _silo.Real, Microsoft.Extensions.Logging.Abstractions.NullLogger<CatalogueFollower>.Instance);
        await follower.StartAsync(default);
        var changed = new TaskCompletionSource();
        other.Changed += changed.SetResult;
        await Publish(Written.Alone());
        Assert.Equal(0, other.Current.Revision);
        _silo.Real.Advance(TimeSpan.FromSeconds(3));
        await changed.Task.Soon();
        Assert.Equal(_silo.Service<LiveCatalogue>().Current.Revision, other.Current.Revision);
        await follower.StopAsync(default);
    }

    [Fact]
    public async Task What_a_rule_in_the_shadow_finds_is_counted_once_and_seen_by_nobody()
    {
        await _silo.Open("d", "p1");
        await Interrogate("c", Monday.AddHours(-1), "d");
        await _silo.Pace();
        var (body, fed, workload, counters) = ((await _silo.Read("c"))!.ToJsonString(), _silo.Disturbance.Fed.Count, await Text(), (await _silo.Index.Find("c"))!);
        var draft = await Draft(Written.Alone() + "\n" + Written.Interrogated("3d"), "monitor");
        var tried = (await Catalogue.Try(draft, true, "monitor")).Draft!;
        await Swept();
        await _silo.Pace();
        Assert.Equal(body, (await _silo.Read("c"))!.ToJsonString());
        Assert.Equal(fed, _silo.Disturbance.Fed.Count);
        Assert.Equal(workload, await Text());
        Assert.Equal(counters, await _silo.Index.Find("c"));
        Assert.DoesNotContain(await _silo.Alerts("c"), a => a.Rule.StartsWith("XF", StringComparison.Ordinal));
        Assert.Equal([("XF-001", 1L, 1L)], await Counts(tried.Run!));

        // The same again, and once more after a restart: still one.
        await _silo.Case("c").Wake();
        await _silo.Restart();
        await _silo.Case("c").Wake();
        Assert.Equal([("XF-001", 1L, 1L)], await Counts(tried.Run!));
        await _silo.Record("c", Sent.Event("again", "suspect.interrogated", Monday.AddMinutes(-5), new JsonObject { ["suspect"] = "1", ["staff"] = 1 }));
        await _silo.Record("other", Sent.Prosecution("o", Monday, "d"));
        Assert.Equal([("XF-001", 2L, 1L)], await Counts(tried.Run!));

        // A rule that waits for time fires in the shadow when its time comes.
        await _silo.PassTo(Monday.AddDays(4));
        Assert.Equal([("XF-001", 2L, 1L), ("XF-002", 1L, 1L)], await Counts(tried.Run!));

        await Catalogue.Try(draft, false, "monitor");
        await Swept();
        Assert.Equal("draft", (await Catalogue.Find(draft))!.State);
        Assert.Equal([("XF-001", 2L, 1L), ("XF-002", 1L, 1L)], await Counts(tried.Run!));

        async Task<string> Text() => System.Text.Encoding.UTF8.GetString((await _silo.Department("d").Workload())!);
        async Task<List<(string, long, long)>> Counts(string run) =>
            [.. (await _silo.Service<IRuleIndex>().Trials()).Where(t => t.Run == run && t.Rule is not null).Select(t => (t.Rule!, t.Fired, t.Cases)).Order()];
    }

    private async Task<string> Draft(string yaml, string user, string? scope = null)
    {
        var outcome = await Catalogue.Draft(new DraftText(yaml, null, scope, user));
        Assert.True(outcome.Refusal is null, outcome.Detail);
        return outcome.Draft!.Id;
    }

    private async Task<string> Publish(string yaml, DateOnly? from = null, string? scope = null)
    {
        var draft = await Draft(yaml, "monitor", scope);
        var outcome = await Catalogue.Publish(draft, from ?? Today, "leader");
        Assert.True(outcome.Refusal is null, outcome.Detail);
        return draft;
    }

    /// <summary>Completes when every open case has been assessed by the rules of this moment.</summary>
    private Task Swept()
    {
        return Wait().Soon();

        // The end of a sweep rings no bell.
        async Task Wait()
        {
            while (_silo.Service<Reassessment>().Finished != _silo.Service<LiveCatalogue>().Current.Revision) await Task.Yield();
        }
    }

    private Task Interrogate(string caseId, DateTimeOffset at, string? department = null) => _silo.Record(
        caseId, Sent.Prosecution("a-" + caseId, Monday.AddDays(-3), department),
        Sent.Event("i-" + caseId, "suspect.interrogated", at, new JsonObject { ["suspect"] = "1", ["staff"] = 1 }));

    private async Task<IReadOnlyList<AlertRow>> Found(string caseId) =>
        [.. (await _silo.Alerts(caseId)).Where(a => a.Rule == "XF-001" && a.RetractedAt is null)];
}
