using System.Text.Json;
using System.Xml.Linq;
using Cluster.Api.Tests.Acting;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests.Exports;

/// <summary>Exports over the whole system.</summary>
public sealed class ExportTests(Desks desks) : IClassFixture<Desks>
{
    private static readonly XNamespace Xes = "http://www.xes-standard.org/";

    [Fact]
    public async Task A_workbook_of_cases_has_every_case_of_the_filter_with_names_and_dates()
    {
        (string id, _) = await desks.Alert("=HYPERLINK(\"x\")案");
        List<Dictionary<string, string>> rows = Assert.Single(Sheets.Read(await Bytes(desks.Monitor, "/api/export/cases.xlsx?open=true"))).Rows;
        Assert.Equal((await List(desks.Monitor, "/api/cases?open=true")).Select(c => c.GetProperty("id").GetString()), rows.Select(r => r["部门受案号"]));
        Dictionary<string, string> row = rows.Single(r => r["部门受案号"] == id);
        Assert.Equal(("=HYPERLINK(\"x\")案", "第一检察部", "p1", "是", "巴东县人民检察院"), (row["案件名称"], row["部门"], row["承办检察官"], row["在押"], row["检察院"]));
        Assert.Equal(new DateTime(2026, 2, 9), DateTime.FromOADate(double.Parse(row["受理日期"], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.DoesNotContain("UNDER_REVIEW", row["阶段"], StringComparison.Ordinal);

        Assert.Contains(id, Assert.Single(Sheets.Read(await Bytes(desks.Monitor, $"/api/export/cases.xlsx?lang=en&q={Uri.EscapeDataString(id)}"))).Rows.Select(r => r["Case"]));
        Assert.Empty(Assert.Single(Sheets.Read(await Bytes(desks.Monitor, "/api/export/cases.xlsx?open=false"))).Rows);
    }

    [Fact]
    public async Task Csv_begins_with_the_mark_of_utf8_and_holds_the_same_rows()
    {
        (string id, _) = await desks.Alert("@甲,乙案");
        byte[] file = await Bytes(desks.Monitor, $"/api/export/cases.csv?rule={Desks.Rule}");
        Assert.Equal("\uFEFF"u8.ToArray(), file[..3]);
        List<string[]> records = Sheets.Csv(System.Text.Encoding.UTF8.GetString(file[3..]));
        Assert.All(records, r => Assert.Equal(records[0].Length, r.Length));
        Assert.Equal("'@甲,乙案", records.Single(r => r[0] == id)[1]);
    }

    [Fact]
    public async Task Alerts_tell_what_people_did()
    {
        (string id, string alert) = await desks.Alert();
        await (await Desks.Act(desks.Monitor, alert, "acknowledge", new { note = "已核\n实" })).Json();
        Dictionary<string, string> row = Assert.Single(Assert.Single(Sheets.Read(await Bytes(desks.Monitor, $"/api/export/alerts.xlsx?rule={Desks.Rule}&case={Uri.EscapeDataString(id)}"))).Rows);
        Assert.Equal((alert, "SQ-016", "已知悉"), (row["预警编号"], row["规则"], row["处理状态"]));
        Assert.Contains("monitor acknowledge 已核\n实", row["处理经过"], StringComparison.Ordinal);
        Assert.Contains(alert, await Text(desks.Monitor, "/api/export/alerts.csv?status=acknowledged&lang=en"), StringComparison.Ordinal);
        Assert.DoesNotContain(alert, await Text(desks.Monitor, "/api/export/alerts.csv?status=open"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_for_process_mining_has_a_trace_a_case_with_what_counts_in_the_order_of_time()
    {
        (string id, _) = await desks.Alert();
        await desks.Server.Send(
            Events.Event("wrong-" + id, id, "plea.signed", """{"suspect":"1","lawyerPresent":true}"""),
            Events.Event("void-" + id, id, "event.voided", $$"""{"source":"/test","id":"wrong-{{id}}","reason":"x"}"""));
        HttpResponseMessage answer = await desks.Monitor.GetAsync("/api/export/events.xes");
        Assert.Equal("application/xml", answer.Content.Headers.ContentType?.MediaType);
        XElement log = XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!;
        Assert.Equal(Xes + "log", log.Name);
        Assert.Equal(["concept", "lifecycle", "org", "time"], log.Elements(Xes + "extension").Select(e => (string)e.Attribute("prefix")!));
        Assert.Equal((await List(desks.Monitor, "/api/cases")).Select(c => c.GetProperty("id").GetString()), log.Elements(Xes + "trace").Select(t => Value(t, "concept:name")));
        XElement trace = log.Elements(Xes + "trace").Single(t => Value(t, "concept:name") == id);
        // All at one instant, so by their ids; what was voided is gone.
        Assert.Equal(["case.accepted", "suspect.interrogated", "case.assigned"], trace.Elements(Xes + "event").Select(e => Value(e, "concept:name")));
        Assert.Equal("p1", Value(trace.Elements(Xes + "event").Single(e => Value(e, "concept:name") == "case.assigned"), "org:resource"));
        Assert.All(trace.Elements(Xes + "event"), e =>
        {
            Assert.Equal(DateTimeOffset.Parse("2026-02-09T09:30:00+08:00", System.Globalization.CultureInfo.InvariantCulture), (DateTimeOffset)e.Elements(Xes + "date").Single().Attribute("value")!);
            Assert.Equal("complete", Value(e, "lifecycle:transition"));
        });
    }

    [Theory]
    [InlineData("cases.xlsx")]
    [InlineData("cases.csv")]
    [InlineData("alerts.xlsx")]
    [InlineData("alerts.csv")]
    [InlineData("events.xes")]
    public async Task Nobody_gets_a_row_of_another_office(string file)
    {
        (string id, string alert) = await desks.Alert();
        foreach (string filter in (string[])["", "?procuratorate=422826", "?prosecutor=p1"])
        {
            byte[] foreign = await Bytes(desks["foreigner"], $"/api/export/{file}{filter}");
            if (file.EndsWith("xlsx", StringComparison.Ordinal)) Assert.Empty(Assert.Single(Sheets.Read(foreign)).Rows);
            string text = System.Text.Encoding.UTF8.GetString(foreign);
            Assert.DoesNotContain(id, text, StringComparison.Ordinal);
            Assert.DoesNotContain(alert, text, StringComparison.Ordinal);
            Assert.DoesNotContain("<trace", text, StringComparison.Ordinal);
        }

        // Another prosecutor of the same office sees none of them either.
        Assert.DoesNotContain(id, await Text(desks["handler2"], "/api/export/cases.csv"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/export/cases.xlsx?levle=W1", "levle")]
    [InlineData("/api/export/alerts.csv?stage=X", "stage")]
    [InlineData("/api/export/events.xes?cursor=x", "cursor")]
    [InlineData("/api/export/cases.csv?limit=5", "limit")]
    public async Task An_unknown_filter_is_refused_rather_than_passed_over(string path, string parameter) =>
        Assert.Equal(parameter, (await (await desks.Monitor.GetAsync(path)).Problem(400, "unknown-parameter")).GetProperty("parameter").GetString());

    [Fact]
    public async Task A_filter_that_is_too_long_or_unreadable_is_a_problem()
    {
        await (await desks.Monitor.GetAsync("/api/export/cases.csv?q=" + new string('x', 300))).Problem(422);
        await (await desks.Monitor.GetAsync("/api/export/events.xes?dueBefore=soon")).Problem(422);
    }

    [Fact]
    public async Task Every_export_is_in_the_audit_log_without_the_words_that_were_searched_for()
    {
        foreach ((string path, string action) in ((string, string)[])[("cases.xlsx?q=张三&open=true", "case.exported"), ("alerts.csv?level=W1", "alert.exported"), ("events.xes?caseType=PRO", "events.exported")])
        {
            await Bytes(desks["leader"], "/api/export/" + path);
            JsonElement entry = (await desks.Server.Get($"/api/audit?limit=500&action={action}&actor=leader")).GetProperty("items").EnumerateArray().Last();
            JsonElement detail = entry.GetProperty("detail");
            Assert.Equal("ok", entry.GetProperty("outcome").GetString());
            Assert.NotEmpty(detail.GetProperty("format").GetString()!);
            if (action == "case.exported") Assert.Equal(("given", "true"), (detail.GetProperty("q").GetString(), detail.GetProperty("open").GetString()));
        }
    }

    private static string? Value(XElement element, string key) => element.Elements().SingleOrDefault(e => (string?)e.Attribute("key") == key)?.Attribute("value")?.Value;

    private static async Task<byte[]> Bytes(HttpClient client, string path)
    {
        HttpResponseMessage answer = await client.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task<string> Text(HttpClient client, string path) => System.Text.Encoding.UTF8.GetString(await Bytes(client, path));

    private static async Task<IReadOnlyList<JsonElement>> List(HttpClient client, string path)
    {
        JsonElement page = await (await client.GetAsync(path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "limit=500")).Json();
        return [.. page.GetProperty("items").EnumerateArray()];
    }
}
