using System.Text;
using System.Text.Json;
using Cluster.Api.Calendars;
using Cluster.Api.Tests.Acting;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests.Exports;

/// <summary>Calendars that telephones subscribe to.</summary>
public sealed class CalendarTests(Desks desks) : IClassFixture<Desks>
{
    private const string Access = "/api/prosecutors/p1/calendar";

    [Fact]
    public async Task A_telephone_without_login_gets_the_deadlines_of_the_owners_open_cases_and_no_names()
    {
        (string id, _) = await desks.Alert("张某盗窃案");
        string path = await Open();
        List<Dictionary<string, string>> events = Read(await Fetch(path));
        IEnumerable<JsonElement> running = (await desks.Server.Case(id)).GetProperty("deadlines").EnumerateArray().Where(d => d.GetProperty("status").GetString() == "running");
        Assert.NotEmpty(running);
        foreach (JsonElement deadline in running)
        {
            Dictionary<string, string> found = Assert.Single(events, e => e["SUMMARY"] == Summary(id, deadline) && Ends(e, deadline.GetProperty("dueOn").GetString()!));
            Assert.EndsWith("@cluster", found["UID"], StringComparison.Ordinal);
        }

        Assert.Equal(events.Count, events.Select(e => e["UID"]).Distinct().Count());
        string text = Encoding.UTF8.GetString(await Fetch(path));
        Assert.DoesNotContain("张某", text, StringComparison.Ordinal);
        Assert.Contains("Review", Encoding.UTF8.GetString(await Fetch(path + "&lang=en")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Who_is_logged_in_reads_the_own_deadlines_soonest_first_and_nobody_elses()
    {
        (string id, _) = await desks.Alert("李某诈骗案");
        JsonElement[] items = [.. (await (await desks.Prosecutor.GetAsync("/api/prosecutors/p1/deadlines")).Json()).GetProperty("items").EnumerateArray()];
        Assert.Equal(items.Select(i => i.GetProperty("dueOn").GetString()).Order(StringComparer.Ordinal), items.Select(i => i.GetProperty("dueOn").GetString()));
        Assert.Equal(
            (await desks.Server.Case(id)).GetProperty("deadlines").EnumerateArray().Where(d => d.GetProperty("status").GetString() == "running").Select(d => d.GetProperty("id").GetString()).Order(),
            items.Where(i => i.GetProperty("case").GetString() == id && i.GetProperty("caseName").GetString() == "李某诈骗案").Select(i => i.GetProperty("id").GetString()).Order());
        await (await desks["handler2"].GetAsync("/api/prosecutors/p1/deadlines")).Problem(404);
        Assert.Empty((await (await desks["handler2"].GetAsync("/api/prosecutors/p2/deadlines")).Json()).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_deadline_keeps_its_uid_and_grows_in_sequence_when_its_case_does()
    {
        (string id, _) = await desks.Alert();
        string path = await Open();
        Dictionary<string, string> Of(byte[] file) => Read(file).First(e => e["SUMMARY"].StartsWith(id, StringComparison.Ordinal));
        Dictionary<string, string> before = Of(await Fetch(path));
        await desks.Server.Send(Events.Plea("plea-" + id, id));
        Dictionary<string, string> after = Of(await Fetch(path));
        Assert.Equal(before["UID"], after["UID"]);
        Assert.True(int.Parse(after["SEQUENCE"], System.Globalization.CultureInfo.InvariantCulture) > int.Parse(before["SEQUENCE"], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task What_is_wrong_with_a_token_is_not_told()
    {
        string first = await Open(), second = await Open();
        await desks["handler2"].DeleteAsync("/api/prosecutors/p2/calendar");
        string token = second[(second.IndexOf('=', StringComparison.Ordinal) + 1)..];
        var answers = new HashSet<string>();
        foreach (string path in (string[])
            [first, "/api/prosecutors/p1/deadlines.ics", "/api/prosecutors/p1/deadlines.ics?token=", "/api/prosecutors/p1/deadlines.ics?token=" + new string('A', 43),
             $"/api/prosecutors/p2/deadlines.ics?token={token}", $"/api/prosecutors/nobody/deadlines.ics?token={token}", $"/api/prosecutors/{new string('x', 300)}/deadlines.ics?token={token}",
             $"/api/prosecutors/p1/deadlines.ics?token={token}&token={token}"])
        {
            answers.Add((await (await Stranger(path)).Problem(404)).ToString());
        }

        Assert.Single(answers);
        Assert.NotEmpty(await Fetch(second));
        (await desks.Prosecutor.DeleteAsync(Access)).EnsureSuccessStatusCode();
        Assert.Equal(Assert.Single(answers), (await (await Stranger(second)).Problem(404)).ToString());
        Assert.False((await (await desks.Prosecutor.GetAsync(Access)).Json()).GetProperty("open").GetBoolean());
    }

    [Fact]
    public async Task Only_the_prosecutor_makes_sees_or_revokes_the_address()
    {
        await Open();
        Assert.True((await (await desks.Prosecutor.GetAsync(Access)).Json()).GetProperty("open").GetBoolean());
        foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete])
        {
            await (await desks["handler2"].SendAsync(new HttpRequestMessage(method, Access))).Problem(404);
            await (await desks.Monitor.SendAsync(new HttpRequestMessage(method, Access))).Problem(403);
        }
    }

    [Fact]
    public async Task The_store_and_the_audit_log_never_hold_the_token()
    {
        string path = await Open();
        string token = path[(path.IndexOf('=', StringComparison.Ordinal) + 1)..];
        await Fetch(path);
        JsonElement read = (await desks.Server.Get("/api/audit?limit=500&action=calendar.read")).GetProperty("items").EnumerateArray().Last();
        Assert.Equal(("handler", "prosecutor:p1", "ok"), (read.GetProperty("actor").GetString(), read.GetProperty("target").GetString(), read.GetProperty("outcome").GetString()));
        Assert.DoesNotContain(token, (await desks.Server.Get("/api/audit?limit=500")).ToString(), StringComparison.Ordinal);
        var accounts = desks.Server.Services.GetRequiredService<Cluster.Contracts.Storage.IAccountStore>();
        string kept = (await accounts.Setting("calendar:p1"))!;
        Assert.DoesNotContain(token, kept, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(token))), kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_with_the_account_that_made_it_and_a_new_one_of_the_name_begins_with_nothing()
    {
        object body = new { password = Desks.Password, mustChangePassword = false, roles = new[] { "handler" }, procuratorate = Desks.Office, prosecutor = "p3" };
        await (await desks.Server.Admin.PutAsJsonAsync("/api/users/leaving", body)).Json();
        using HttpClient leaving = await LogIn("leaving");
        await (await leaving.PutAsJsonAsync("/api/me/views", new { views = new[] { new { name = "我的", query = "open=true" } } })).Json();
        string path = (await (await leaving.PostAsync("/api/prosecutors/p3/calendar", null)).Json()).GetProperty("path").GetString()!;
        await Fetch(path);
        (await desks.Server.Admin.DeleteAsync("/api/users/leaving")).EnsureSuccessStatusCode();
        await (await Stranger(path)).Problem(404);

        await (await desks.Server.Admin.PutAsJsonAsync("/api/users/leaving", body)).Json();
        await (await Stranger(path)).Problem(404);
        using HttpClient next = await LogIn("leaving");
        Assert.Empty((await (await next.GetAsync("/api/me/views")).Json()).GetProperty("views").EnumerateArray());
    }

    [Fact]
    public void Lines_are_folded_at_75_octets_between_characters_and_texts_are_escaped()
    {
        string text = new CalendarText().Text("SUMMARY", new string('案', 60) + ",;\\\n\r𠮷").ToString();
        Assert.All(text.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75));
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
        Assert.Equal("SUMMARY:" + new string('案', 60) + "\\,\\;\\\\\\n𠮷\r\n", text.Replace("\r\n ", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_limit_of_hours_stands_at_its_instant_in_legal_time()
    {
        string text = Encoding.UTF8.GetString(DeadlineCalendar.Write([new CalendarEntry("u@cluster", "案", null, "T-1", "case", "限", "limit", "2026-02-09T23:30:00Z", 3, DateTimeOffset.UnixEpoch)], true));
        Assert.Contains("DTSTART;TZID=Asia/Shanghai:20260210T073000\r\n", text, StringComparison.Ordinal);
    }

    private static string Summary(string id, JsonElement deadline) =>
        $"{id} {deadline.GetProperty("name").GetProperty("zh").GetString()}" + (deadline.GetProperty("subject").GetString() is var subject and not "case" ? $"（嫌疑人{subject}）" : "");

    private static bool Ends(Dictionary<string, string> entry, string dueOn) =>
        !DateOnly.TryParseExact(dueOn, "yyyy-MM-dd", out DateOnly due)
        || (entry["DTSTART;VALUE=DATE"] == due.ToString("yyyyMMdd", null) && entry["DTEND;VALUE=DATE"] == due.AddDays(1).ToString("yyyyMMdd", null));

    /// <summary>Events by property, unfolded; the file keeps to the form.</summary>
    private static List<Dictionary<string, string>> Read(byte[] file)
    {
        string text = Encoding.UTF8.GetString(file);
        Assert.EndsWith("END:VCALENDAR\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.All(text.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75));
        var events = new List<Dictionary<string, string>>();
        Dictionary<string, string>? current = null;
        foreach (string line in text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            if (line == "BEGIN:VEVENT") events.Add(current = []);
            else if (line == "END:VEVENT") current = null;
            else if (current is not null) current.Add(line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        }

        Assert.All(events, e => Assert.All((string[])["UID", "DTSTAMP", "SEQUENCE", "SUMMARY"], name => Assert.Contains(name, e.Keys)));
        return events;
    }

    private async Task<string> Open() => (await (await desks.Prosecutor.PostAsync(Access, null)).Json()).GetProperty("path").GetString()!;

    private async Task<HttpResponseMessage> Stranger(string path)
    {
        using HttpClient stranger = desks.Server.Client(null);
        return await stranger.GetAsync(path);
    }

    private async Task<byte[]> Fetch(string path)
    {
        HttpResponseMessage answer = await Stranger(path);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        Assert.Equal("text/calendar", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private async Task<HttpClient> LogIn(string user)
    {
        using HttpClient stranger = desks.Server.Client(null);
        return desks.Server.Client((await (await stranger.PostAsJsonAsync("/api/login", new { user, password = Desks.Password })).Json()).GetProperty("token").GetString());
    }
}
