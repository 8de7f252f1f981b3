using System.Text.Json;
using Cluster.Api.Demo;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests.Moving;

/// <summary>What a site answers to every question that a screen or another system asks, byte for byte.</summary>
internal static class Answered
{
    /// <param name="lasts">Last sequence of each scope when the store was moved: what came later is the new server's own news.</param>
    public static async Task<SortedDictionary<string, string>> By(MovingSite site, IReadOnlyDictionary<string, long> lasts)
    {
        var answers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await Feeds(site, lasts, answers);
        await Lists(site, answers);
        foreach (string path in (string[])["/api/units", "/api/rules", "/api/limits", "/api/catalogue", "/api/rules/drafts", "/api/rules/XF-001"])
            answers[path] = await site.Admin.GetStringAsync(path);
        foreach (DemoDepartment department in DemoOffice.Departments())
        {
            foreach (string path in (string[])["workload", "draws?from=2018-01-01&until=2018-12-31"])
                answers[$"{department.Id} {path}"] = await site.Admin.GetStringAsync($"/api/departments/{department.Id}/{path}");
        }
        foreach (DemoUser user in DemoOffice.Users())
        {
            using HttpClient client = site.Client(await site.LogIn(user.Name));
            JsonElement me = await (await client.GetAsync("/api/me")).Json();
            // Of a session, not of an account.
            answers["me " + user.Name] = string.Join('\n', me.EnumerateObject().Where(p => p.Name is not ("expiresAt" or "csrf")).Select(p => p.ToString()));
        }
        return answers;
    }

    private static async Task Lists(MovingSite site, SortedDictionary<string, string> answers)
    {
        foreach (string list in (string[])["cases?", "cases?department=990101-01&", "alerts?", "alerts?status=open&", "alerts?status=closed&", "alerts?procuratorate=990101&"])
        {
            string? cursor = null;
            for (int page = 1; page == 1 || cursor is not null; page++)
            {
                HttpResponseMessage response = await site.Admin.GetAsync($"/api/{list}limit=20{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}");
                string body = await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
                answers[$"{list} page {page:000}"] = $"{response.Headers.ETag} {body}";
                JsonElement answer = JsonDocument.Parse(body).RootElement;
                cursor = answer.TryGetProperty("next", out JsonElement next) ? next.GetString() : null;
                if (list != "cases?") continue;
                foreach (JsonElement row in answer.GetProperty("items").EnumerateArray())
                {
                    string path = "/api/cases/" + Uri.EscapeDataString(row.GetProperty("id").GetString()!);
                    answers[path] = await site.Admin.GetStringAsync(path);
                    answers[path + "?asOf"] = await site.Admin.GetStringAsync(path + "?asOf=2018-02-01T00%3A00%3A00%2B08%3A00");
                }
            }
        }
    }

    private static async Task Feeds(MovingSite site, IReadOnlyDictionary<string, long> lasts, SortedDictionary<string, string> answers)
    {
        foreach ((string scope, long last) in lasts.Where(l => l.Key is "all" || l.Key.StartsWith("p", StringComparison.Ordinal) || l.Key.StartsWith("d", StringComparison.Ordinal)))
        {
            await using HubClient hub = await HubClient.Connect(site.Address, site.Token);
            JsonElement answer = await hub.Watch(scope, Math.Max(0, last - 30));
            var missed = answer.GetProperty("missed").EnumerateArray().Where(i => i.GetProperty("sequence").GetInt64() <= last).ToList();
            Assert.Equal(Math.Min(30, last), missed.Count);
            answers["feed " + scope] = string.Join('\n', missed.Select(i => i.GetRawText()));
        }
    }
}
