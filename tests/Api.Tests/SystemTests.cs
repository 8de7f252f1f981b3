using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests;

/// <summary>The contract through the front door, over the real engine, grains and store.</summary>
public sealed class SystemTests : IAsyncLifetime
{
    private RealServer server = null!;

    public async Task InitializeAsync()
    {
        server = await RealServer.Start();
        await server.DefineOffice();
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    private static string Accepted(string subject, string id = "accepted") => Events.Event(
        $"{id}-{subject}", subject, "case.accepted",
        """{"caseType":"PRO","procuratorate":"422826","department":"422826-1","name":"张某盗窃案","receivedOn":"2026-02-02","registeredOn":"2026-02-02","suspects":[{"suspect":"1","name":"张某","measure":{"kind":"arrest","from":"2026-01-10"}}]}""")
        .Replace("2026-02-09T09:30:00", "2026-02-02T09:30:00");

    private static string[] History(string subject) =>
    [
        Accepted(subject),
        Events.Event($"rights-{subject}", subject, "rights.notified", """{"who":"suspect","suspect":"1","how":"document"}""").Replace("2026-02-09T09", "2026-02-04T09"),
        Events.Event($"asked-{subject}", subject, "suspect.interrogated", """{"suspect":"1","staff":2,"signed":true}""").Replace("2026-02-09T09", "2026-02-05T09"),
        Events.Event($"extended-{subject}", subject, "review.extended", """{"approvedOn":"2026-02-08","reason":"重大复杂"}""").Replace("2026-02-09T09", "2026-02-08T09"),
    ];

    private static JsonObject Without(JsonElement body, params string[] fields)
    {
        JsonObject copy = JsonNode.Parse(body.ToString())!.AsObject();
        foreach (string field in fields) copy.Remove(field);
        return copy;
    }

    [Fact]
    public async Task A_case_is_accepted_drawn_and_shown_with_its_deadline()
    {
        const string id = "巴检起诉受[2026]42282600109号";
        Assert.Equal(["accepted"], await server.Send(Accepted(id)));
        JsonElement body = await server.Case(id);
        Assert.Equal("UNDER_REVIEW", body.GetProperty("stage").GetString());
        Assert.Contains(body.GetProperty("prosecutor").GetString(), (string[])["p1", "p2", "p3"]);
        Assert.Equal("2026-02-02", body.GetProperty("acceptedOn").GetString());
        JsonElement review = body.GetProperty("deadlines").EnumerateArray().Single(d => d.GetProperty("id").GetString() == "T-B05");
        Assert.Equal("2026-03-02", review.GetProperty("dueOn").GetString());
        Assert.Equal("running", review.GetProperty("status").GetString());

        JsonElement row = Assert.Single((await server.Get("/api/cases?q=" + Uri.EscapeDataString("张某"))).GetProperty("items").EnumerateArray());
        Assert.Equal(id, row.GetProperty("id").GetString());
        Assert.Equal(body.GetProperty("prosecutor").GetString(), row.GetProperty("prosecutor").GetString());
    }

    [Fact]
    public async Task The_order_of_arrival_changes_nothing()
    {
        // Without a department, which would draw a prosecutor at the time of arrival.
        string[] Of(string subject) => [.. History(subject).Select(e => e.Replace("\"department\":\"422826-1\",", ""))];
        await server.Send(Of("a"));
        foreach (string late in Of("b").Reverse()) await server.Send(late);
        JsonObject a = Without(await server.Case("a"), "asOf", "prosecutor"), b = Without(await server.Case("b"), "asOf", "prosecutor");
        string Plain(JsonObject body) => System.Text.RegularExpressions.Regex.Replace(
            body.ToJsonString(), "\"(recordedAt|detectedAt|prosecutor|id|case|version)\":(\"[^\"]*\"|null|[0-9]+)", "").Replace("-b\"", "-a\"");
        Assert.Equal(Plain(a), Plain(b));
        Assert.NotEmpty(a["deadlines"]!.AsArray());
    }

    [Fact]
    public async Task An_assessment_of_the_same_events_equals_the_stored_case()
    {
        string[] history = History("c");
        await server.Send(history);
        JsonElement stored = await server.Get("/api/cases/c?asOf=" + Uri.EscapeDataString("2026-02-09T12:00:00+08:00"));
        JsonElement assessed = await (await server.Admin.PostAsync("/api/assess", Events.Content(
            $$"""{"events":[{{string.Join(",", history)}}],"asOf":"2026-02-09T12:00:00+08:00"}""", "application/json"))).Json();
        foreach (string field in (string[])["stage", "acceptedOn", "custody", "weight", "deadlines", "documents", "suspects"])
            Assert.Equal(stored.GetProperty(field).ToString(), assessed.GetProperty(field).ToString());
        Assert.Equal(Ids(stored), Ids(assessed));

        static IEnumerable<string> Ids(JsonElement body) => body.GetProperty("alerts").EnumerateArray().Select(a => a.GetProperty("id").GetString() + a.GetProperty("level"));
    }

    [Fact]
    public async Task Everything_is_there_after_a_restart_and_the_session_goes_on()
    {
        await server.Send(History("d"));
        string before = Without(await server.Case("d"), "asOf").ToJsonString();
        await server.StartAgain();
        Assert.Equal(before, Without(await server.Case("d"), "asOf").ToJsonString());
        Assert.Equal(["duplicate", "duplicate", "duplicate", "duplicate"], await server.Send(History("d")));
    }

    [Fact]
    public async Task A_watcher_sees_a_case_come_and_after_a_restart_exactly_what_was_missed()
    {
        // On the day of the machine: the store keeps items for a day by its own clock.
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await using RealServer server = await RealServer.Start(now);
        await server.DefineOffice();
        string Accepted(string subject) => Events.Event("accepted-" + subject, subject, "case.accepted",
            """{"caseType":"PRO","procuratorate":"422826","department":"422826-1","receivedOn":"2026-02-02","suspects":[{"suspect":"1"}]}""")
            .Replace("2026-02-09T09:30:00+08:00", now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));
        long last;
        await using (HubClient client = await HubClient.Connect(server.Address, server.Token))
        {
            JsonElement start = await client.Watch("procuratorate:422826");
            last = start.GetProperty("sequence").GetInt64();
            Assert.True(start.GetProperty("snapshot").TryGetProperty("counters", out _));
            await server.Send(Accepted("e"));
            var kinds = new HashSet<string>();
            while (!kinds.IsSupersetOf(["case", "assignment", "workload", "counters"]))
            {
                foreach (JsonElement item in await client.Feed(1))
                {
                    Assert.Equal(++last, item.GetProperty("sequence").GetInt64());
                    kinds.Add(item.GetProperty("kind").GetString()!);
                }
            }
        }
        await server.StartAgain();
        await server.Send(Accepted("f"));
        await using HubClient again = await HubClient.Connect(server.Address, server.Token);
        JsonElement answer = await again.Watch("procuratorate:422826", last);
        JsonElement[] missed = [.. answer.GetProperty("missed").EnumerateArray()];
        Assert.Equal(Enumerable.Range(1, missed.Length).Select(i => last + i), missed.Select(i => i.GetProperty("sequence").GetInt64()));
        Assert.Contains(missed, i => i.GetProperty("kind").GetString() == "case" && i.GetProperty("payload").GetProperty("id").GetString() == "f");
    }

    [Fact]
    public async Task Two_hundred_cases_in_a_stream_are_drawn_fairly_and_every_draw_is_published()
    {
        HttpResponseMessage response = await server.Admin.PostAsync("/api/events", Events.Lines(Enumerable.Range(0, 200).Select(i => Accepted("case " + i))));
        Assert.All((await response.Json()).Statuses(), status => Assert.Equal("accepted", status));

        JsonElement day = Assert.Single((await server.Get("/api/departments/422826-1/draws")).EnumerateArray());
        Assert.Equal(JsonValueKind.Null, day.GetProperty("secret").ValueKind);
        Assert.Equal(SHA256.HashSizeInBytes * 2, day.GetProperty("commitment").GetString()!.Length);
        Assert.Equal(Enumerable.Range(1, 200), day.GetProperty("draws").EnumerateArray().Select(d => d.GetProperty("number").GetInt32()));

        var open = new HashSet<string>();
        string? cursor = null;
        do
        {
            JsonElement page = await server.Get("/api/cases?open=true&limit=77" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor)));
            foreach (JsonElement row in page.GetProperty("items").EnumerateArray()) Assert.True(open.Add(row.GetProperty("id").GetString()!));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        Assert.Equal(200, open.Count);

        JsonElement preview = await (await server.Admin.PostAsJsonAsync("/api/departments/422826-1/assignments/preview", new { @case = "case 1" })).Json();
        Assert.Equal(3, preview.GetProperty("eligible").GetArrayLength());
    }

    [Theory]
    [InlineData("2026-03-03", 1)]
    [InlineData("2026-03-02", 0)]
    [InlineData("2026-03-02T23:59:59+08:00", 0)]
    public async Task What_is_due_on_a_day_is_due_before_the_next(string dueBefore, int count)
    {
        await server.Send(History("g")[..3]);
        JsonElement row = Assert.Single((await server.Get("/api/cases")).GetProperty("items").EnumerateArray());
        Assert.Equal("2026-03-02", row.GetProperty("nextDueOn").GetString());
        Assert.Equal(count, (await server.Get("/api/cases?dueBefore=" + Uri.EscapeDataString(dueBefore))).GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("/api/cases?cursor=x")]
    [InlineData("/api/alerts?cursor=AAAA")]
    public async Task A_cursor_that_no_list_gave_is_422(string path) => await (await server.Admin.GetAsync(path)).Problem(422);

    [Fact]
    public async Task An_event_for_a_case_nobody_accepted_is_kept_and_the_case_says_so()
    {
        Assert.Equal(["accepted"], await server.Send(Events.Plea("1", "h")));
        JsonElement body = await server.Case("h");
        Assert.Equal("unaccepted", body.GetProperty("stage").GetString());
        Assert.NotEmpty(body.GetProperty("alerts").EnumerateArray());
        await server.Send(Accepted("h"));
        Assert.NotEqual("unaccepted", (await server.Case("h")).GetProperty("stage").GetString());
    }

    [Fact]
    public async Task Alerts_are_listed_filtered_and_counted_by_rule()
    {
        await server.Send(Accepted("i"));
        JsonElement[] alerts = [.. (await server.Get("/api/alerts?open=true")).GetProperty("items").EnumerateArray()];
        Assert.NotEmpty(alerts);
        string rule = alerts[0].GetProperty("rule").GetString()!;
        Assert.All((await server.Get("/api/alerts?rule=" + rule)).GetProperty("items").EnumerateArray(), a => Assert.Equal(rule, a.GetProperty("rule").GetString()));
        Assert.Single((await server.Get("/api/cases?rule=" + rule)).GetProperty("items").EnumerateArray());
        Assert.True((await server.Get("/api/rules")).GetProperty("items").EnumerateArray().Single(r => r.GetProperty("id").GetString() == rule).GetProperty("fired").GetInt64() > 0);
    }

    [Fact]
    public async Task Generated_bodies_are_JSON_in_UTF8_without_escapes()
    {
        await server.Send(Accepted("j"));
        Assert.Contains("张某", Encoding.UTF8.GetString(await server.Admin.GetByteArrayAsync("/api/cases")));
        Assert.Contains("张某", Encoding.UTF8.GetString(await server.Admin.GetByteArrayAsync("/api/cases/j")));
    }
}
