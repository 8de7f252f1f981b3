using System.Net;
using System.Text;
using System.Text.Json;
using Cluster.Api.Tests.World;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Tests;

public sealed class CaseTests : IAsyncLifetime
{
    private ApiServer server = null!;
    private HttpClient admin = null!;

    public async Task InitializeAsync()
    {
        server = await ApiServer.Start();
        admin = await server.Admin();
        await server.DefineOffice();
    }

    public async Task DisposeAsync()
    {
        admin.Dispose();
        await server.DisposeAsync();
    }

    private void Alert(string id, string caseId, string rule, string procuratorate, string status = "open") => server.Store.Put(new AlertRow(
        id, caseId, rule, "case", "1", "W1", "期限", status, TestClock.Start, null, null, null, TestClock.Start, procuratorate, null, null,
        Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","rule":"{{rule}}","message":{"zh":"期限"} }""")));

    [Theory]
    [InlineData("咸检起诉受[2026]42282600109号")]
    [InlineData("a/b/c")]
    [InlineData("a%2Fb")]
    [InlineData("a b+c&d=e?f#g%")]
    [InlineData("..a/./b")]
    [InlineData("😀")]
    public async Task Any_case_id_can_be_read_percent_encoded(string id)
    {
        await server.Accept(id, "422826");
        JsonElement body = await (await admin.GetAsync(new Uri(server.Address, "/api/cases/" + Uri.EscapeDataString(id)))).Json();
        Assert.Equal(id, body.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Ids_that_differ_in_encoding_alone_are_different_cases()
    {
        await server.Accept("a/b", "422826");
        await (await admin.GetAsync("/api/cases/a%252Fb")).Problem(404);
        await (await admin.GetAsync("/api/cases/a/b")).Json();
    }

    [Fact]
    public async Task A_case_reads_as_of_an_instant()
    {
        await server.Accept("c", "422826");
        JsonElement body = await (await admin.GetAsync("/api/cases/c?asOf=" + Uri.EscapeDataString("2026-03-01T00:00:00+08:00"))).Json();
        Assert.Equal("2026-03-01T00:00:00+08:00", body.GetProperty("asOf").GetString());
        // A plus sign that a client forgot to encode.
        await (await admin.GetAsync("/api/cases/c?asOf=2026-03-01T00:00:00+08:00")).Json();
        JsonElement problem = await (await admin.GetAsync("/api/cases/c?asOf=2026-03-01T00:00:00")).Problem(422);
        Assert.Equal("asOf", problem.GetProperty("parameter").GetString());
    }

    [Fact]
    public async Task A_case_of_others_and_one_that_does_not_exist_answer_the_same()
    {
        await server.Accept("theirs", "422827");
        using HttpClient monitor = await server.User("monitor", ["monitor"], "422826");
        JsonElement foreign = await (await monitor.GetAsync("/api/cases/theirs")).Problem(404);
        JsonElement missing = await (await monitor.GetAsync("/api/cases/missing")).Problem(404);
        Assert.Equal(missing.ToString(), foreign.ToString());
    }

    [Fact]
    public async Task Each_role_lists_its_own_scope()
    {
        await server.Accept("1", "422826", "422826-1", "422826-p1");
        await server.Accept("2", "422826", "422826-1", "422826-p2");
        await server.Accept("3", "422827", "422827-1", "422827-p1");
        await server.Accept("4", "4228");
        async Task Sees(string[] roles, string[] ids, string? procuratorate = null, string? department = null, string? prosecutor = null)
        {
            using HttpClient user = await server.User("u-" + Guid.NewGuid().ToString("N"), roles, procuratorate, department, prosecutor);
            JsonElement page = await (await user.GetAsync("/api/cases")).Json();
            Assert.Equal(ids, page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()));
            foreach (string id in (string[])["1", "2", "3", "4"])
                Assert.Equal(ids.Contains(id), (await user.GetAsync("/api/cases/" + id)).StatusCode == HttpStatusCode.OK);
        }
        await Sees(["handler"], ["1"], "422826", "422826-1", "422826-p1");
        await Sees(["head"], ["1", "2"], "422826", "422826-1");
        await Sees(["monitor"], ["1", "2"], "422826");
        await Sees(["leader"], ["3"], "422827");
        await Sees(["superior"], ["1", "2", "3", "4"], "4228");
        await Sees(["leader"], ["4"], "4228");
        await Sees(["handler", "leader"], ["1", "3"], "422827", null, "422826-p1");
        await Sees(["handler"], []);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap()
    {
        foreach (int i in Enumerable.Range(0, 7)) await server.Accept("c" + i, "422826");
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            JsonElement page = await (await admin.GetAsync("/api/cases?limit=3" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor)))).Json();
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Range(0, 7).Select(i => "c" + i), ids);
    }

    [Fact]
    public async Task A_row_has_the_fields_that_lists_show()
    {
        await server.Accept("c", "422826", "422826-1", "422826-p1");
        JsonElement row = (await (await admin.GetAsync("/api/cases")).Json()).GetProperty("items")[0];
        Assert.Equal(
            ["id", "name", "caseType", "stage", "procuratorate", "department", "prosecutor", "acceptedOn", "weight", "custody", "open", "version", "nextLimit", "nextDueOn", "nextDueAt", "light", "updatedAt", "closedOn"],
            row.EnumerateObject().Select(p => p.Name));
        Assert.Equal("2026-02-09T09:30:00+08:00", row.GetProperty("updatedAt").GetString());
    }

    [Fact]
    public async Task Cases_are_found_by_their_alerts_page_by_page()
    {
        foreach (int i in Enumerable.Range(0, 9))
        {
            await server.Accept("c" + i, "422826");
            if (i % 3 == 0) Alert("a" + i, "c" + i, "QX-001", "422826");
        }
        JsonElement first = await (await admin.GetAsync("/api/cases?rule=QX-001&limit=2")).Json();
        Assert.Equal(["c0", "c3"], first.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()));
        JsonElement second = await (await admin.GetAsync("/api/cases?rule=QX-001&limit=2&cursor=" + first.GetProperty("next").GetString())).Json();
        Assert.Equal(["c6"], second.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()));
        Assert.Empty((await (await admin.GetAsync("/api/cases?rule=QX-001&status=closed")).Json()).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Alerts_are_given_as_they_were_written()
    {
        Alert("a", "c", "QX-001", "422826");
        JsonElement page = await (await admin.GetAsync("/api/alerts?open=true&level=W1")).Json();
        Assert.Equal("期限", page.GetProperty("items")[0].GetProperty("message").GetProperty("zh").GetString());
        Assert.Equal(JsonValueKind.Null, page.GetProperty("next").ValueKind);
        Assert.Empty((await (await admin.GetAsync("/api/alerts?open=false")).Json()).GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("/api/cases")]
    [InlineData("/api/alerts")]
    [InlineData("/api/units")]
    public async Task An_unchanged_list_answers_304(string path)
    {
        await server.Accept("c", "422826");
        Alert("a", "c", "QX-001", "422826");
        HttpResponseMessage first = await admin.GetAsync(path);
        var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        HttpResponseMessage unchanged = await admin.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Empty(await unchanged.Content.ReadAsByteArrayAsync());

        await server.Accept("d", "422826");
        Alert("b", "d", "QX-002", "422826");
        server.Store.Put(new UnitRow("department", "x", "422826", "x", "{}"u8.ToArray()));
        server.Wall.Advance(TimeSpan.FromMinutes(1));
        var changed = new HttpRequestMessage(HttpMethod.Get, path);
        changed.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.OK, (await admin.SendAsync(changed)).StatusCode);
    }

    [Fact]
    public async Task A_rule_counts_only_what_the_caller_sees()
    {
        Alert("a", "1", "QX-001", "422826");
        Alert("b", "2", "QX-001", "422827");
        using HttpClient monitor = await server.User("monitor", ["monitor"], "422826");
        async Task<long> Fired(HttpClient client) =>
            (await (await client.GetAsync("/api/rules")).Json()).GetProperty("items").EnumerateArray().Single(r => r.GetProperty("id").GetString() == "QX-001").GetProperty("fired").GetInt64();
        Assert.Equal(2, await Fired(admin));
        Assert.Equal(1, await Fired(monitor));
    }

    [Fact]
    public async Task An_assessment_takes_the_events_of_one_case()
    {
        HttpContent Body(string asOf, params string[] events) => Events.Content($$"""{"events":[{{string.Join(",", events)}}],"asOf":{{asOf}}}""", "application/json");
        string accepted = Events.Accepted("1", "c", "422826");
        JsonElement body = await (await admin.PostAsync("/api/assess", Body("\"2026-03-01T00:00:00+08:00\"", accepted, Events.Plea("2", "c")))).Json();
        Assert.Equal("c", body.GetProperty("id").GetString());
        Assert.StartsWith("2026-03-01", body.GetProperty("asOf").GetString());
        await (await admin.PostAsync("/api/assess", Body("null", accepted))).Json();

        JsonElement two = await (await admin.PostAsync("/api/assess", Body("null", accepted, Events.Plea("2", "d")))).Problem(422);
        Assert.Equal("/events/1/subject", two.GetProperty("pointer").GetString());
        JsonElement bad = await (await admin.PostAsync("/api/assess", Body("null", accepted, Events.Event("3", "c", "no.type", "{}")))).Problem(422, "unknown-type");
        Assert.Equal("/events/1/type", bad.GetProperty("pointer").GetString());
        Assert.Empty(server.Grains.Known);
    }

    [Fact]
    public async Task The_calculator_answers_a_deadline_with_its_proof()
    {
        JsonElement deadline = await (await admin.PostAsJsonAsync("/api/deadlines/compute", new { limit = "T-B05", start = "2026-02-09", custody = true, extensions = new[] { "15d" } })).Json();
        Assert.Equal("T-B05", deadline.GetProperty("id").GetString());
        Assert.Equal("2026-02-09", deadline.GetProperty("startedOn").GetString());
        Assert.Equal("2026-03-24", deadline.GetProperty("dueOn").GetString());
        Assert.Equal("custody", deadline.GetProperty("clock").GetString());
        Assert.Equal("15d", deadline.GetProperty("extendedBy")[0].GetString());
        Assert.Equal("running", deadline.GetProperty("status").GetString());
        Assert.False(deadline.GetProperty("provisional").GetBoolean());
        Assert.NotEmpty(deadline.GetProperty("proof").GetProperty("steps").EnumerateArray());
    }

    [Theory]
    [InlineData("""{"start":"2026-02-09"}""", "/limit")]
    [InlineData("""{"limit":"T-Z99","start":"2026-02-09"}""", "/limit")]
    [InlineData("""{"limit":"T-B05"}""", "/start")]
    [InlineData("""{"limit":"T-B05","start":"2026-02-30"}""", "/start")]
    [InlineData("""{"limit":"T-B05","start":"9999-12-31"}""", "/start")]
    [InlineData("""{"limit":"T-B05","start":"2026-02-09","custody":"yes"}""", "/custody")]
    [InlineData("""{"limit":"T-B05","start":"2026-02-09","variant":"99d"}""", "/variant")]
    [InlineData("""{"limit":"T-B05","start":"2026-02-09","extensions":["15d","x"]}""", "/extensions/1")]
    [InlineData("""{"limit":"T-B05","start":"2026-02-09","extensions":[null]}""", "/extensions/0")]
    [InlineData("""{"limit":"T-B05","start":"2026-02-09","extensions":["99999y"]}""", "/extensions")]
    [InlineData("""{"limit":"T-B05","start":"2026-02-09","extension":["15d"]}""", "/extension")]
    [InlineData("""{"limit":"T-B05","start":"2026-02-09","excluded":[{"from":"2026-02-10"}]}""", "/excluded/0/until")]
    [InlineData("""{"limit":"T-B05","start":"2026-02-09","excluded":[{"from":"2026-02-10","until":"2026-02-01"}]}""", "/excluded/0/until")]
    [InlineData("""{"limit":"T-B05","start":"2026-02-09","excluded":[null]}""", "/excluded/0")]
    [InlineData("[]", "")]
    public async Task The_calculator_points_at_what_is_wrong(string body, string pointer)
    {
        JsonElement problem = await (await admin.PostAsync("/api/deadlines/compute", Events.Content(body, "application/json"))).Problem(422);
        Assert.Equal(pointer, problem.GetProperty("pointer").GetString());
    }
}
