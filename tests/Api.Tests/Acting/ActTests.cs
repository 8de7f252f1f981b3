using System.Text.Json;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests.Acting;

/// <summary>Acting on an alert (contract chapter 6), over the whole system.</summary>
public sealed class ActTests(Desks desks) : IClassFixture<Desks>
{
    private static readonly object Written = new { kind = "written", text = "请说明" };

    [Fact]
    public async Task A_notice_is_given_answered_and_closed_and_everybody_sees_it()
    {
        (string id, string alert) = await desks.Alert();
        await using HubClient wall = await HubClient.Connect(desks.Server.Address, desks.Server.Token);
        await wall.Watch("case:" + id);
        foreach ((HttpClient who, string by, string act, object? body, string status) in new (HttpClient, string, string, object?, string)[]
        {
            (desks.Prosecutor, "handler", "acknowledge", new { note = "看到了" }, "acknowledged"),
            (desks.Monitor, "monitor", "notice", Written, "noticed"),
            (desks.Prosecutor, "handler", "reply", new { text = "已补充讯问", evidence = new object[] { "笔录", new { source = "/test", id = "i-1" } } }, "replied"),
            (desks.Monitor, "monitor", "refer", new { to = "quality-review", reason = "事实认定" }, "replied"),
            (desks["leader"], "leader", "close", null, "closed"),
        })
        {
            JsonElement answer = await (await Desks.Act(who, alert, act, body)).Json();
            Assert.Equal((alert, status), (answer.GetProperty("id").GetString(), answer.GetProperty("status").GetString()));
            JsonElement shown = await desks.Shown(id);
            Assert.Equal(status, shown.GetProperty("status").GetString());
            JsonElement last = shown.GetProperty("acts").EnumerateArray().Last();
            Assert.Equal((act, by, status), (last.GetProperty("act").GetString(), last.GetProperty("by").GetString(), last.GetProperty("status").GetString()));
            Assert.Equal(last.GetProperty("id").GetString(), answer.GetProperty("act").GetProperty("id").GetString());
            Assert.Contains(alert, await Listed($"status={status}"));
            Assert.Equal(status != "closed", (await Listed("open=true")).Contains(alert));
            JsonElement item;
            do
            {
                item = Assert.Single(await wall.Feed(1));
            }
            while (item.GetProperty("kind").GetString() != "alert" || item.GetProperty("payload").GetProperty("id").GetString() != alert);
            Assert.Equal(status, item.GetProperty("payload").GetProperty("status").GetString());
        }

        JsonElement acts = (await desks.Shown(id)).GetProperty("acts");
        Assert.Equal("""["笔录",{"source":"/test","id":"i-1"}]""", acts[2].GetProperty("evidence").GetRawText());
        Assert.Equal(1, acts[1].GetProperty("notice").GetInt32());
        Assert.Equal(JsonValueKind.Null, (await desks.Shown(id)).GetProperty("clearedAt").ValueKind);
        Assert.Equal(5, (await desks.Server.Case(id)).GetProperty("history").EnumerateArray().Count(e => e.GetProperty("source").GetString() == "/cluster/acts"));

        var audit = (await desks.Server.Get("/api/audit?limit=500&target=" + Uri.EscapeDataString("alert:" + alert))).GetProperty("items").EnumerateArray().Reverse().ToList();
        Assert.Equal(
            ["alert.acknowledged", "alert.noticed", "alert.replied", "alert.referred", "alert.closed"],
            audit.Where(e => e.GetProperty("outcome").GetString() == "ok").Select(e => e.GetProperty("action").GetString()));
        Assert.Equal(5, audit.Count(e => e.GetProperty("outcome").GetString() == "begun"));
        Assert.All(audit.Where(e => e.GetProperty("outcome").GetString() == "ok"), e => Assert.Equal(id, e.GetProperty("detail").GetProperty("case").GetString()));
        Assert.DoesNotContain("看到了", (await desks.Server.Get("/api/audit?limit=500")).GetRawText());
    }

    private async Task<string?[]> Listed(string filter) =>
        [.. (await (await desks.Monitor.GetAsync("/api/alerts?limit=500&" + filter)).Json()).GetProperty("items").EnumerateArray().Select(a => a.GetProperty("id").GetString())];

    [Theory]
    [InlineData("handler", "acknowledge reply")]
    [InlineData("head", "acknowledge reply")]
    [InlineData("monitor", "acknowledge notice refer dismiss close")]
    [InlineData("leader", "acknowledge dismiss close")]
    [InlineData("superior", "")]
    public async Task Each_act_needs_the_role_that_the_law_gives_it_to(string user, string may)
    {
        foreach ((string act, object body) in new (string, object)[]
        {
            ("acknowledge", new { }), ("dismiss", new { reason = "x" }), ("notice", Written), ("reply", new { text = "x" }), ("close", new { }), ("refer", new { to = "inspection", reason = "x" }),
        })
        {
            (string id, string alert) = await desks.Alert();
            if (act == "reply") await (await Desks.Act(desks.Monitor, alert, "notice", Written)).Json();
            HttpResponseMessage response = await Desks.Act(desks[user], alert, act, body);
            if (may.Split(' ').Contains(act)) await response.Json();
            else
            {
                await response.Problem(403, "forbidden");
                Assert.Equal(act == "reply" ? "noticed" : "open", (await desks.Shown(id)).GetProperty("status").GetString());
            }
        }
    }

    [Fact]
    public async Task An_alert_of_others_is_as_one_that_does_not_exist()
    {
        (_, string alert) = await desks.Alert();
        foreach ((string user, string act, object body) in new (string, string, object)[]
        {
            ("foreigner", "close", new { }), ("foreigner", "notice", Written), ("handler2", "acknowledge", new { }), ("handler2", "reply", new { text = "x" }),
        })
        {
            JsonElement theirs = await (await Desks.Act(desks[user], alert, act, body)).Problem(404, "not-found");
            JsonElement none = await (await Desks.Act(desks[user], new string('0', 32), act, body)).Problem(404, "not-found");
            Assert.Equal(none.GetRawText(), theirs.GetRawText());
        }
        Assert.Equal((await (await desks["handler2"].GetAsync("/api/alerts/none/notice.docx")).Problem(404)).GetRawText(), (await (await desks["handler2"].GetAsync($"/api/alerts/{alert}/notice.docx")).Problem(404)).GetRawText());
    }

    [Fact]
    public async Task Nobody_supervises_their_own_case()
    {
        (_, string alert) = await desks.Alert();
        foreach ((string act, object body) in new (string, object)[] { ("dismiss", new { reason = "x" }), ("close", new { }), ("notice", Written), ("refer", new { to = "department", reason = "x" }) })
            await (await Desks.Act(desks["both"], alert, act, body)).Problem(403, "own-case");
        await (await Desks.Act(desks["both"], alert, "acknowledge", null)).Json();
    }

    [Fact]
    public async Task What_cannot_follow_is_refused_with_its_reason()
    {
        (_, string alert) = await desks.Alert();
        await (await Desks.Act(desks.Prosecutor, alert, "reply", new { text = "x" })).Problem(409, "no-notice");
        await (await Desks.Act(desks.Monitor, alert, "notice", Written)).Json();
        await (await Desks.Act(desks.Monitor, alert, "notice", Written)).Problem(409, "notice-waiting");
        await (await Desks.Act(desks.Monitor, alert, "dismiss", new { reason = "误报" })).Json();
        foreach ((HttpClient who, string act, object body) in new (HttpClient, string, object)[]
        {
            (desks.Monitor, "acknowledge", new { }), (desks.Monitor, "close", new { }), (desks.Monitor, "dismiss", new { reason = "x" }), (desks.Monitor, "notice", Written),
            (desks.Monitor, "refer", new { to = "department", reason = "x" }), (desks.Prosecutor, "reply", new { text = "x" }),
        })
            await (await Desks.Act(who, alert, act, body)).Problem(409, "alert-closed");

        (string id, string gone) = await desks.Alert();
        string interrogated = (await desks.Server.Case(id)).GetProperty("history").EnumerateArray().Single(e => e.GetProperty("type").GetString() == "suspect.interrogated").GetProperty("id").GetString()!;
        await desks.Server.Send(Events.Event("void-" + interrogated, id, "event.voided", $$"""{"source":"/test","id":"{{interrogated}}","reason":"录入错误"}"""));
        await (await Desks.Act(desks.Monitor, gone, "acknowledge", null)).Problem(409, "alert-retracted");
    }

    [Theory]
    [InlineData("acknowledge", """{"note":""}""", "/note")]
    [InlineData("acknowledge", """{"note":"a\u0007"}""", "/note")]
    [InlineData("acknowledge", """{"note":5}""", "/note")]
    [InlineData("acknowledge", """{"reason":"x"}""", "/reason")]
    [InlineData("dismiss", "{}", "/reason")]
    [InlineData("dismiss", """{"reason":"  "}""", "/reason")]
    [InlineData("dismiss", """{"reason":"~501"}""", "/reason")]
    [InlineData("notice", """{"text":"x"}""", "/kind")]
    [InlineData("notice", """{"kind":"loud","text":"x"}""", "/kind")]
    [InlineData("notice", """{"kind":"oral"}""", "/text")]
    [InlineData("notice", """{"kind":"oral","text":"~2001"}""", "/text")]
    [InlineData("reply", "{}", "/text")]
    [InlineData("reply", """{"text":"x","evidence":5}""", "/evidence")]
    [InlineData("reply", """{"text":"x","evidence":["x",{"source":"/s"}]}""", "/evidence/1")]
    [InlineData("reply", """{"text":"x","evidence":[{"source":"/s","id":"~257"}]}""", "/evidence/0/id")]
    [InlineData("refer", """{"reason":"x"}""", "/to")]
    [InlineData("refer", """{"to":"police","reason":"x"}""", "/to")]
    [InlineData("refer", """{"to":"department"}""", "/reason")]
    [InlineData("close", """{"note":"~501"}""", "/note")]
    public async Task A_wrong_field_is_pointed_at(string act, string body, string pointer)
    {
        string sent = System.Text.RegularExpressions.Regex.Replace(body, "~([0-9]+)", m => new string('字', int.Parse(m.Groups[1].Value)));
        HttpResponseMessage response = await desks.Server.Admin.PostAsync($"/api/alerts/{new string('0', 32)}/{act}", Events.Content(sent, "application/json"));
        Assert.Equal(pointer, (await response.Problem(422)).GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task The_longest_texts_are_taken_as_they_are()
    {
        (string id, string alert) = await desks.Alert();
        string text = string.Concat(Enumerable.Repeat("一\n😀", 666)) + "二三";
        await (await Desks.Act(desks.Monitor, alert, "notice", new { kind = "report", text })).Json();
        Assert.Equal(text, (await desks.Shown(id)).GetProperty("acts")[0].GetProperty("text").GetString());
        await (await Desks.Act(desks.Monitor, alert, "dismiss", new { reason = new string('字', 500) })).Json();
    }

    [Fact]
    public async Task The_same_request_under_the_same_key_is_done_once_and_answers_the_same()
    {
        (string id, string alert) = await desks.Alert();
        (_, string other) = await desks.Alert();
        string first = await Body(await Desks.Act(desks.Monitor, alert, "notice", Written, "key-1"));
        await (await Desks.Act(desks.Prosecutor, alert, "reply", new { text = "x" }, "key-1")).Json();
        await (await Desks.Act(desks.Monitor, alert, "close", null, "key-2")).Json();
        long version = (await desks.Server.Case(id)).GetProperty("version").GetInt64();

        Assert.Equal(first, await Body(await Desks.Act(desks.Monitor, alert, "notice", Written, "key-1")));
        await (await Desks.Act(desks.Monitor, alert, "notice", new { kind = "written", text = "请说明。" }, "key-1")).Problem(422, "idempotency-key-reused");
        await (await Desks.Act(desks.Monitor, other, "notice", Written, "key-1")).Problem(422, "idempotency-key-reused");
        await (await Desks.Act(desks.Monitor, alert, "close", null, "key-1")).Problem(422, "idempotency-key-reused");
        Assert.Equal(version, (await desks.Server.Case(id)).GetProperty("version").GetInt64());
        await (await Desks.Act(desks.Monitor, other, "notice", Written, new string('k', 256))).Problem(400, "idempotency-key");
        // Of several at once one does it.
        string[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => await Body(await Desks.Act(desks.Monitor, other, "notice", Written, "key-3"))));
        Assert.Single(answers.Distinct());
    }

    private static async Task<string> Body(HttpResponseMessage response) => (await response.Json()).GetRawText();

    [Fact]
    public async Task Many_are_done_or_rejected_each_by_itself()
    {
        (string firstCase, string first) = await desks.Alert();
        (_, string second) = await desks.Alert();
        (_, string closed) = await desks.Alert();
        await (await Desks.Act(desks.Monitor, closed, "close", null)).Json();
        var body = new { act = "dismiss", ids = new[] { first, closed, "none", second, first }, reason = "误报" };
        HttpResponseMessage response = await Desks.Post(desks.Monitor, "/api/alerts/acts", body, "bulk");
        JsonElement answer = await response.Json();
        Assert.Equal(["dismissed", "rejected", "rejected", "dismissed", "dismissed"], answer.Statuses());
        Assert.Equal(body.ids, answer.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("id").GetString()));
        Assert.Equal("alert-closed", answer.GetProperty("results")[1].GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(404, answer.GetProperty("results")[2].GetProperty("error").GetProperty("status").GetInt32());
        Assert.False(answer.GetProperty("results")[0].TryGetProperty("error", out _));
        Assert.Equal("dismissed", (await desks.Shown(firstCase)).GetProperty("status").GetString());

        Assert.Equal(answer.GetRawText(), await Body(await Desks.Post(desks.Monitor, "/api/alerts/acts", body, "bulk")));
        await (await Desks.Post(desks.Monitor, "/api/alerts/acts", new { act = "dismiss", ids = new[] { first }, reason = "误报" }, "bulk")).Problem(422, "idempotency-key-reused");
        Assert.Single((await desks.Shown(firstCase)).GetProperty("acts").EnumerateArray());
        var audit = (await desks.Server.Get("/api/audit?limit=500&action=alert.dismissed")).GetProperty("items").EnumerateArray().Where(e => e.GetProperty("detail").TryGetProperty("act", out _)).ToList();
        Assert.Contains(audit, e => e.GetProperty("target").GetString() == "alert:" + first && e.GetProperty("outcome").GetString() == "ok");
        Assert.Contains(audit, e => e.GetProperty("target").GetString() == "alert:none" && e.GetProperty("outcome").GetString() == "refused");
        JsonElement rule = await desks.Server.Get("/api/rules/" + Desks.Rule);
        Assert.True(rule.GetProperty("dismissed").GetInt64() >= 2);
        Assert.InRange(rule.GetProperty("precision").GetDouble(), 0, 0.9999);
    }

    [Theory]
    [InlineData("""{"ids":["a"]}""", "/act")]
    [InlineData("""{"act":"forget","ids":["a"]}""", "/act")]
    [InlineData("""{"act":"close"}""", "/ids")]
    [InlineData("""{"act":"close","ids":[]}""", "/ids")]
    [InlineData("""{"act":"close","ids":["a",null]}""", "/ids/1")]
    [InlineData("""{"act":"close","ids":["a"],"reason":"x"}""", "/reason")]
    [InlineData("""{"act":"close","ids":["a"],"why":"x"}""", "/why")]
    [InlineData("""{"act":"dismiss","ids":["a"]}""", "/reason")]
    public async Task A_wrong_order_for_many_is_refused_whole(string body, string pointer)
    {
        HttpResponseMessage response = await desks.Monitor.PostAsync("/api/alerts/acts", Events.Content(body, "application/json"));
        Assert.Equal(pointer, (await response.Problem(422)).GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Five_thousand_are_taken_and_one_more_is_not()
    {
        string[] ids = [.. Enumerable.Range(0, 5_001).Select(n => n.ToString("x32"))];
        Assert.Equal("/ids", (await (await Desks.Post(desks.Monitor, "/api/alerts/acts", new { act = "close", ids })).Problem(422)).GetProperty("pointer").GetString());
        JsonElement answer = await (await Desks.Post(desks.Monitor, "/api/alerts/acts", new { act = "close", ids = ids[1..] })).Json();
        Assert.Equal(5_000, answer.Statuses().Count(s => s == "rejected"));
    }

    [Fact]
    public async Task Who_may_not_do_it_at_all_is_told_so_at_once()
    {
        await (await Desks.Post(desks.Prosecutor, "/api/alerts/acts", new { act = "dismiss", ids = new[] { "a" }, reason = "x" })).Problem(403, "forbidden");
    }

    [Fact]
    public async Task Nobody_sends_what_only_the_system_writes_nor_takes_it_back()
    {
        (string id, string alert) = await desks.Alert();
        string noted = (await (await Desks.Act(desks.Monitor, alert, "acknowledge", null)).Json()).GetProperty("act").GetProperty("id").GetString()!;
        foreach (string type in (string[])["acknowledged", "dismissed", "closed", "referred"])
            Assert.Equal("reserved-type", await Refused(Events.Event("s-" + type, id, "supervision." + type, $$"""{"alert":"{{alert}}","by":"x"}""")));
        Assert.Equal("reserved-source", await Refused(Events.Event("s-void", id, "event.voided", $$"""{"source":"/cluster/acts","id":"{{noted}}","reason":"x"}""")));
        Assert.Equal("reserved-source", await Refused(Events.Event("s-own", id, "supervision.noticed", "{}", "/cluster/acts")));
        // What another system tells is history, and no act here.
        Assert.Equal(["accepted"], await desks.Server.Send(Events.Event("s-noticed-" + id, id, "supervision.noticed", $$"""{"alert":"{{alert}}","kind":"written"}""")));
        Assert.Equal("acknowledged", (await desks.Shown(id)).GetProperty("status").GetString());

        async Task<string?> Refused(string e)
        {
            JsonElement result = (await (await desks.Server.Admin.PostAsync("/api/events", Events.Batch(e))).Json()).GetProperty("results")[0];
            Assert.Equal("rejected", result.GetProperty("status").GetString());
            return result.GetProperty("error").GetProperty("code").GetString();
        }
    }

    [Fact]
    public async Task The_history_with_its_acts_assesses_to_the_same_case()
    {
        (string id, string alert) = await desks.Alert();
        await (await Desks.Act(desks.Monitor, alert, "notice", Written)).Json();
        JsonElement stored = await desks.Server.Case(id);
        var events = stored.GetProperty("history").EnumerateArray().Select(e => Events.Event(
            e.GetProperty("id").GetString()!, id, e.GetProperty("type").GetString()!, e.GetProperty("data").GetRawText(), e.GetProperty("source").GetString()!)
            .Replace("2026-02-09T09:30:00+08:00", e.GetProperty("time").GetString()!));
        JsonElement assessed = await (await desks.Server.Admin.PostAsync("/api/assess", Events.Content(
            $$"""{"events":[{{string.Join(",", events)}}],"asOf":"{{stored.GetProperty("asOf").GetString()}}"}""", "application/json"))).Json();
        Assert.Equal(stored.GetProperty("deadlines").GetRawText(), assessed.GetProperty("deadlines").GetRawText());
        Assert.Contains(assessed.GetProperty("deadlines").EnumerateArray(), d => d.GetProperty("id").GetString() == "T-D48");
        Assert.Equal("open", assessed.GetProperty("alerts").EnumerateArray().Single(a => a.GetProperty("id").GetString() == alert).GetProperty("status").GetString());
    }
}
