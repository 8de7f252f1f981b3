using System.Text.Json.Nodes;
using Cluster.Cases.Assessment;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Grains.Cases;
using Cluster.Grains.Verifying;
using Cluster.Cases.Rules;
using Grains.Tests.Engine;
using Orleans;

namespace Grains.Tests.Silo;

/// <summary>What people do about alerts (contract chapter 6).</summary>
public sealed class ActTests : IAsyncLifetime
{
    private const string Written = """{"kind":"written","text":"请说明"}""", Oral = """{"kind":"oral","text":"请注意"}""", Answer = """{"text":"已纠正"}""";

    // Of an arrest case accepted on the Monday: its limit warns, and is missed.
    private static readonly DateTimeOffset Monday = SiloUnderTest.Monday;
    private static readonly DateTimeOffset FirstWarning = new(2026, 3, 6, 0, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset Missed = new(2026, 3, 10, 0, 0, 0, TimeSpan.FromHours(8));

    private const string Limit = "QX-001", Alone = "SQ-016", Unanswered = "QX-064";

    private SiloUnderTest _silo = null!;

    public async Task InitializeAsync() => _silo = await SiloUnderTest.Start();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    /// <summary>A case whose suspect one person interrogated alone: a finding that nothing clears.</summary>
    private async Task Interrogated(string caseId = "c", string? department = null)
    {
        await _silo.Record(caseId, Sent.Arrest("a-" + caseId, Monday, department), Sent.Event("i-" + caseId, "suspect.interrogated", Monday, new JsonObject { ["suspect"] = "1", ["staff"] = 1 }));
    }

    private async Task<(string Row, string Shown)> Status(string rule) => ((await _silo.AlertOf("c", rule)).Status, (string)(await _silo.Shown("c", rule))["status"]!);

    [Fact]
    public async Task An_alert_goes_from_open_to_closed_and_every_list_and_screen_says_so()
    {
        await Interrogated();
        foreach (var (act, fields, status) in new[]
        {
            ("acknowledge", """{"note":"看到了"}""", "acknowledged"), ("notice", Oral, "noticed"), ("notice", Written, "noticed"),
            ("reply", """{"text":"已纠正","evidence":[{"source":"/s","id":"1"}]}""", "replied"), ("refer", """{"to":"quality-review","reason":"实体问题"}""", "replied"), ("close", "{}", "closed"),
        })
        {
            var done = await _silo.Act("c", Alone, act, fields);
            Assert.Equal((ActResult.Done, status), (done.Result, done.Status));
            Assert.Equal((status, status), await Status(Alone));
            var fed = JsonNode.Parse(_silo.Disturbance.Fed.Last(f => f.Kind == "alert" && f.Scope == "all" && (string?)JsonNode.Parse(f.Payload)!["rule"] == Alone).Payload)!;
            Assert.Equal(status, (string?)fed["status"]);
            Assert.Equal(JsonNode.Parse(done.Act!)!.ToJsonString(), fed["acts"]!.AsArray()[^1]!.ToJsonString());
            await _silo.ShouldBeAsAssessed("c");
        }

        var acts = (await _silo.Shown("c", Alone))["acts"]!.AsArray();
        Assert.Equal(["acknowledge", "notice", "notice", "reply", "refer", "close"], acts.Select(a => (string?)a!["act"]));
        Assert.Equal([null, null, 1, null, null, null], acts.Select(a => (int?)a!["notice"]));
        Assert.Equal("""[{"source":"/s","id":"1"}]""", acts[3]!["evidence"]!.ToJsonString());
        Assert.All(acts, a => Assert.Equal(("m1", "2026-03-02T09:00:00+08:00"), ((string?)a!["by"], (string?)a["at"])));
        // The finding is of the law and stays.
        Assert.Null((await _silo.AlertOf("c", Alone)).ClearedAt);
        foreach (var act in AlertActs.All) Assert.Equal(ActResult.Settled, (await _silo.Act("c", Alone, act, Written)).Result);
    }

    [Fact]
    public async Task Every_act_is_in_the_history()
    {
        await Interrogated();
        await _silo.Act("c", Alone, "dismiss", """{"reason":"张三说是误报"}""");
        var e = Assert.Single(await _silo.History("c"), e => e.Source == AlertActs.Source);
        Assert.Equal("supervision.dismissed", e.Type);
        var shown = (await _silo.Read("c"))!["history"]!.AsArray().Single(h => (string?)h!["type"] == e.Type)!;
        Assert.Equal("排除监控预警", (string?)shown["summary"]);
        Assert.Equal("张三说是误报", (string?)shown["data"]!["reason"]);
    }

    [Theory]
    [InlineData("reply", Answer, ActResult.NoNotice)]
    [InlineData("notice", Oral, ActResult.Done)]
    [InlineData("refer", """{"to":"inspection","reason":"x"}""", ActResult.Done)]
    [InlineData("close", "{}", ActResult.Done)]
    [InlineData("dismiss", """{"reason":"x"}""", ActResult.Done)]
    public async Task What_can_be_done_about_an_open_alert(string act, string fields, ActResult result)
    {
        await Interrogated();
        Assert.Equal(result, (await _silo.Act("c", Alone, act, fields)).Result);
    }

    [Fact]
    public async Task While_a_notice_waits_only_a_graver_one_may_follow()
    {
        await Interrogated();
        Assert.Equal(ActResult.Done, (await _silo.Act("c", Alone, "notice", Written)).Result);
        Assert.Equal(ActResult.NoticeWaiting, (await _silo.Act("c", Alone, "notice", Oral)).Result);
        Assert.Equal(ActResult.NoticeWaiting, (await _silo.Act("c", Alone, "notice", Written)).Result);
        Assert.Equal(ActResult.Done, (await _silo.Act("c", Alone, "notice", """{"kind":"report","text":"x"}""")).Result);
        Assert.Equal(ActResult.Done, (await _silo.Act("c", Alone, "reply", Answer)).Result);
        Assert.Equal(ActResult.Done, (await _silo.Act("c", Alone, "reply", """{"text":"补充"}""")).Result);
        Assert.Equal("noticed", (await _silo.Act("c", Alone, "notice", Oral)).Status);
    }

    [Fact]
    public async Task Taking_note_twice_is_taking_note_once_unless_there_is_more_to_say()
    {
        await Interrogated();
        var first = await _silo.Act("c", Alone, "acknowledge");
        var version = (await _silo.Index.Find("c"))!.Version;
        Assert.Equal(Text(first.Act), Text((await _silo.Act("c", Alone, "acknowledge")).Act));
        Assert.Equal(version, (await _silo.Index.Find("c"))!.Version);
        await _silo.Act("c", Alone, "acknowledge", """{"note":"x"}""");
        await _silo.Act("c", Alone, "acknowledge", by: "m2");
        Assert.Equal(version + 2, (await _silo.Index.Find("c"))!.Version);
    }

    [Fact]
    public async Task The_same_act_sent_again_does_nothing_and_answers_the_same_whatever_came_after()
    {
        await Interrogated();
        var first = await _silo.Act("c", Alone, "notice", Written, id: "k/1");
        await _silo.Act("c", Alone, "reply", Answer);
        await _silo.Act("c", Alone, "close");
        var version = (await _silo.Index.Find("c"))!.Version;
        await _silo.Restart();
        var again = await _silo.Act("c", Alone, "notice", Written, id: "k/1");
        Assert.Equal((first.Result, first.Status, Text(first.Act)), (again.Result, again.Status, Text(again.Act)));
        Assert.Equal(ActResult.IdTaken, (await _silo.Act("c", Alone, "close", id: "k/1")).Result);
        Assert.Equal(version, (await _silo.Index.Find("c"))!.Version);
    }

    [Fact]
    public async Task A_request_is_remembered_under_its_key_for_ever()
    {
        IActRequestGrain Request(string key) => _silo.Service<IGrainFactory>().GetGrain<IActRequestGrain>(key);
        Assert.True(await Request("k").Open("one").Soon());
        Assert.True(await Request("k").Open("one").Soon());
        Assert.False(await Request("k").Open("other").Soon());
        await _silo.Restart();
        Assert.False(await Request("k").Open("other").Soon());
        Assert.True(await Request("k").Open("one").Soon());
        Assert.True(await Request("l").Open("other").Soon());
        Assert.Single(await _silo.Journal.Read("supervision:k", 0));
    }

    [Fact]
    public async Task Nobody_acts_on_what_is_theirs_or_changed_hands_or_does_not_exist()
    {
        await Interrogated();
        await _silo.Record("c", Sent.Assigned("p", Monday, "p1"));
        foreach (var act in new[] { "dismiss", "close", "notice", "refer" }) Assert.Equal(ActResult.OwnCase, (await _silo.Act("c", Alone, act, Written, prosecutor: "p1")).Result);
        Assert.Equal(ActResult.Done, (await _silo.Act("c", Alone, "acknowledge", prosecutor: "p1")).Result);
        var seen = await _silo.AlertOf("c", Alone);
        Assert.Equal(ActResult.Unknown, (await _silo.Act("c", seen with { Id = "no" }, "close")).Result);
        Assert.Equal(ActResult.Unknown, (await _silo.Act("nobody's", seen, "close")).Result);
        await _silo.Record("c", Sent.Reassigned("r", Monday, "p2"));
        Assert.Equal(ActResult.Moved, (await _silo.Act("c", seen, "close")).Result);
        Assert.Equal(ActResult.Done, (await _silo.Act("c", Alone, "close", prosecutor: "p1")).Result);
    }

    [Fact]
    public async Task What_people_settled_no_longer_counts_anywhere()
    {
        await _silo.Open("d", "p1");
        await Interrogated(department: "d");
        var before = await Counts();
        Assert.Equal("L2", (await _silo.AlertOf("c", Alone)).Level);
        await _silo.Act("c", Alone, "dismiss", """{"reason":"x"}""");
        var after = await Counts();
        Assert.Equal((before.Prosecutor - 1, before.Department - 1, before.Office - 1, before.Listed - 1), (after.Prosecutor, after.Department, after.Office, after.Listed));
        foreach (var alert in (await _silo.Alerts("c")).Where(a => a.ClearedAt is null && a.Status == "open")) await _silo.Act("c", alert, "close");
        Assert.Null((await _silo.Index.Find("c"))!.Light);
        Assert.Equal((0, 0, 0, 0), await Counts());
        await _silo.Restart();
        Assert.Equal((0, 0, 0, 0), await Counts());
        Assert.Equal(before.Listed, (await _silo.Index.Alerts(new AlertQuery(Visibility.Everything) { Case = "c", Open = false })).Items.Count);
        Assert.Equal(before.Listed, (await _silo.Index.Alerts(new AlertQuery(Visibility.Everything) { Case = "c" })).Items.Count);
        Assert.Equal(new RuleDecisions(1, 1), (await _silo.Service<IRuleIndex>().Decisions(Visibility.Everything))[Alone]);
        Assert.Equal(before.Listed, (await _silo.Service<IRuleIndex>().Decisions(Visibility.Everything)).Values.Sum(d => d.Decided));
    }

    private async Task<(int Prosecutor, int Department, int Office, int Listed)> Counts() => (
        (await _silo.Prosecutor("p1").Load()).OpenAlerts,
        (int)JsonNode.Parse((await _silo.Department("d").Workload())!)!["prosecutors"]![0]!["alerts"]!,
        JsonNode.Parse(await _silo.Procuratorate(Office.Code).Counters())!["levels"]!.AsObject().Sum(l => (int)l.Value!),
        (await _silo.Index.Alerts(new AlertQuery(Visibility.Everything) { Open = true })).Items.Count);

    [Fact]
    public async Task A_written_notice_not_answered_for_ten_days_is_a_finding_that_the_answer_clears()
    {
        await Interrogated();
        await _silo.Act("c", Alone, "notice", Written);
        await _silo.PassTo(Monday.AddDays(5));
        Assert.DoesNotContain(await _silo.Alerts("c"), a => a.Rule == Unanswered);
        await _silo.PassTo(new DateTimeOffset(2026, 3, 13, 0, 0, 0, TimeSpan.FromHours(8)).AddTicks(-1));
        Assert.Equal("W3", (await _silo.AlertOf("c", Unanswered)).Level);
        await _silo.PassTo(new DateTimeOffset(2026, 3, 13, 0, 0, 0, TimeSpan.FromHours(8)));
        Assert.Equal(("L2", "open"), ((await _silo.AlertOf("c", Unanswered)).Level, (await _silo.AlertOf("c", Unanswered)).Status));
        await _silo.Act("c", Alone, "reply", Answer);
        Assert.Equal((_silo.Now, "closed"), ((await _silo.AlertOf("c", Unanswered)).ClearedAt!.Value.ToOffset(_silo.Now.Offset), (await _silo.AlertOf("c", Unanswered)).Status));
        await _silo.ShouldBeAsAssessed("c");
    }

    [Theory]
    [InlineData("notice", Oral)]
    [InlineData("close", "{}")]
    [InlineData("dismiss", """{"reason":"x"}""")]
    public async Task An_oral_notice_or_one_taken_back_is_owed_no_answer(string act, string fields)
    {
        await Interrogated();
        if (act != "notice") await _silo.Act("c", Alone, "notice", Written);
        await _silo.Act("c", Alone, act, fields);
        await _silo.PassTo(Monday.AddDays(40));
        Assert.DoesNotContain(await _silo.Alerts("c"), a => a.Rule == Unanswered && a.RetractedAt is null);
    }

    [Fact]
    public async Task Acts_make_no_finding_but_that_of_the_notice()
    {
        await Interrogated("c");
        await Interrogated("d");
        foreach (var (act, fields) in new[] { ("acknowledge", "{}"), ("notice", Oral), ("notice", Written), ("reply", Answer), ("refer", """{"to":"department","reason":"x"}"""), ("close", "{}") }) await _silo.Act("c", Alone, act, fields);
        foreach (var days in new[] { 0, 1, 5, 20, 100 })
        {
            await _silo.PassTo(Monday.AddDays(days));
            Assert.Equal(await Found("d"), await Found("c"));
        }

        async Task<string> Found(string caseId) => string.Join('\n', (await _silo.Read(caseId))!["alerts"]!.AsArray().Select(a => $"{a!["rule"]} {a["subject"]} {a["instance"]} {a["level"]} {a["raisedAt"]} {a["clearedAt"]}"));
    }

    [Fact]
    public async Task What_passed_by_itself_is_closed_and_can_still_be_blamed_or_dismissed()
    {
        await _silo.Record("c", Sent.Arrest("e1", Monday));
        await _silo.PassTo(Missed.AddDays(1));
        await _silo.Act("c", Limit, "acknowledge");
        await _silo.Record("c", Sent.Decided("e2", Missed.AddDays(1), "approve-arrest"));
        Assert.Equal(("closed", "closed"), await Status(Limit));
        Assert.Equal(ActResult.Settled, (await _silo.Act("c", Limit, "close")).Result);
        Assert.Equal(ActResult.Settled, (await _silo.Act("c", Limit, "acknowledge")).Result);
        Assert.Equal("noticed", (await _silo.Act("c", Limit, "notice", Written)).Status);
        Assert.Equal(("noticed", "noticed"), await Status(Limit));
        Assert.Empty((await _silo.Index.Alerts(new AlertQuery(Visibility.Everything) { Rule = Limit, Open = true })).Items);
        Assert.Equal("replied", (await _silo.Act("c", Limit, "reply", Answer)).Status);
        Assert.Equal("dismissed", (await _silo.Act("c", Limit, "dismiss", """{"reason":"x"}""")).Status);
        Assert.Equal(("dismissed", "dismissed"), await Status(Limit));
        await _silo.ShouldBeAsAssessed("c");
    }

    [Fact]
    public async Task A_warning_that_was_closed_opens_again_as_a_violation_and_one_that_was_dismissed_does_not()
    {
        foreach (var id in new[] { "c", "d" }) await _silo.Record(id, Sent.Arrest("e-" + id, Monday));
        await _silo.PassTo(FirstWarning);
        await _silo.Act("c", Limit, "close");
        await _silo.Act("d", Limit, "dismiss", """{"reason":"x"}""");
        await _silo.PassTo(Missed.AddTicks(-1));
        Assert.Equal("closed", (await _silo.AlertOf("c", Limit)).Status);
        await _silo.PassTo(Missed);
        Assert.Equal(("open", "open"), await Status(Limit));
        Assert.Equal("dismissed", (await _silo.AlertOf("d", Limit)).Status);
        Assert.Equal("closed", (await _silo.Act("c", Limit, "close")).Status);
        await _silo.PassTo(Missed.AddDays(30));
        Assert.Equal(("closed", "closed"), await Status(Limit));
    }

    [Fact]
    public async Task What_a_correction_took_away_and_gave_back_is_what_it_was()
    {
        await Interrogated();
        await _silo.Act("c", Alone, "notice", Written);
        await _silo.Record("c", Sent.Voided("v1", Monday, "i-c"));
        Assert.NotNull((await _silo.AlertOf("c", Alone)).RetractedAt);
        Assert.Equal("closed", (await _silo.AlertOf("c", Alone)).Status);
        Assert.Equal(ActResult.Retracted, (await _silo.Act("c", Alone, "acknowledge")).Result);
        Assert.Equal(ActResult.Retracted, (await _silo.Act("c", Alone, "dismiss", """{"reason":"x"}""")).Result);
        await _silo.Record("c", Sent.Voided("v2", Monday, "v1"));
        Assert.Equal(("noticed", "noticed"), await Status(Alone));
        await _silo.Record("c", Sent.Voided("v3", Monday, "v2"));
        // The notice is still owed its answer.
        Assert.Equal(ActResult.Done, (await _silo.Act("c", Alone, "reply", Answer)).Result);
        Assert.Equal(ActResult.Done, (await _silo.Act("c", Alone, "close")).Result);
        Assert.Equal(ActResult.Retracted, (await _silo.Act("c", Alone, "close")).Result);
        await _silo.PassTo(Monday.AddDays(30));
        Assert.DoesNotContain(await _silo.Alerts("c"), a => a.Rule == Unanswered && a.RetractedAt is null);
    }

    [Fact]
    public async Task Handling_follows_from_the_journal_alone()
    {
        await Interrogated();
        // All in one instant: the order is that in which they were done.
        foreach (var (act, fields) in new[] { ("acknowledge", "{}"), ("notice", Oral), ("notice", Written), ("reply", Answer), ("close", "{}") }) await _silo.Act("c", Alone, act, fields);
        await _silo.Record("c", Sent.Rights("late", Monday.AddDays(-1)));
        var body = (await _silo.Read("c"))!.ToJsonString();
        var row = await _silo.AlertOf("c", Alone);
        await _silo.Stop();
        _silo.Execute("DELETE FROM snapshot");
        await _silo.StartHost();
        Assert.Equal(body, (await _silo.Read("c"))!.ToJsonString());

        var stored = new StoredCase((await _silo.Index.Find("c"))!, CaseHistory.Of((await _silo.History("c")).Reverse()), await _silo.Alerts("c"), (await _silo.Due.Until(Monday.AddYears(9), 1))[0].At);
        Assert.Empty(stored.Faults(Assessor.Default, Observability.Default, _silo.Time.GetUtcNow()));
        Assert.NotEmpty((stored with { Alerts = [.. stored.Alerts.Select(a => a.Id == row.Id ? a with { Status = "open" } : a)] }).Faults(Assessor.Default, Observability.Default, _silo.Time.GetUtcNow()));
    }

    [Fact]
    public async Task Many_alerts_of_a_case_are_one_commit_and_each_has_its_own_outcome()
    {
        await Interrogated();
        await _silo.PassTo(FirstWarning);
        var (alone, limit) = (await _silo.AlertOf("c", Alone), await _silo.AlertOf("c", Limit));
        await _silo.Act("c", alone, "close");
        var commits = 0;
        _silo.Disturbance.Refuse = commit =>
        {
            if (commit.Events.Count > 0) commits++;
            return null;
        };
        var others = (await _silo.Alerts("c")).Where(a => a.Status == "open").ToList();
        Assert.True(others.Count > 1);
        var done = await _silo.Case("c").Act([Acting.Ordered(alone, "acknowledge"), .. others.Select(a => Acting.Ordered(a, "acknowledge")), Acting.Ordered(limit with { Id = "no" }, "acknowledge")]).Soon();
        Assert.Equal([ActResult.Settled, .. others.Select(_ => ActResult.Done), ActResult.Unknown], done.Select(d => d.Result));
        Assert.Equal(1, commits);
    }

    [Fact]
    public async Task An_act_that_cannot_be_written_is_not_done()
    {
        await Interrogated();
        _silo.Disturbance.Refuse = commit => commit.Events.Any(e => e.Source == AlertActs.Source) ? new StoreUnavailableException(new IOException("away")) : null;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _silo.Act("c", Alone, "close", id: "k"));
        _silo.Disturbance.Refuse = null;
        Assert.Equal(("open", "open"), await Status(Alone));
        Assert.Equal("closed", (await _silo.Act("c", Alone, "close", id: "k")).Status);
    }

    [Fact]
    public async Task In_a_large_case_an_act_shows_at_once_and_outlives_what_was_being_found()
    {
        await Interrogated();
        await _silo.JumpTo(Monday.AddDays(1));
        await _silo.Case("c").Record([.. Enumerable.Range(0, LargeCases.Events).Select(n => Sent.Rights($"r{n}", Monday.AddSeconds(n)))]).Soon();
        var done = await _silo.Case("c").Act([Acting.Ordered(await _silo.AlertOf("c", Alone), "notice", Written)]).Soon();
        Assert.Equal("noticed", Assert.Single(done).Status);
        Assert.Equal("noticed", (await _silo.AlertOf("c", Alone)).Status);
        await _silo.Case("c").Act([Acting.Ordered(await _silo.AlertOf("c", Alone), "dismiss", """{"reason":"x"}""")]).Soon();
        Assert.Equal("dismissed", (await _silo.AlertOf("c", Alone)).Status);
        for (var i = 0; (int)(await _silo.Read("c"))!["version"]! < LargeCases.Events + 4; i++)
        {
            Assert.True(i < 5_000);
            _silo.Real.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        Assert.Equal(("dismissed", "dismissed"), await Status(Alone));
        Assert.Equal(2, (await _silo.Shown("c", Alone))["acts"]!.AsArray().Count);
        await _silo.ShouldBeAsAssessed("c");
    }

    private static string? Text(byte[]? json) => json is null ? null : System.Text.Encoding.UTF8.GetString(json);
}
