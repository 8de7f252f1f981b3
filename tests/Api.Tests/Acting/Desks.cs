using System.Text.Json;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests.Acting;

/// <summary>An office with people at their desks, and a case whose suspect one person interrogated alone: a finding that nothing clears.</summary>
public sealed class Desks : IAsyncLifetime
{
    internal const string Password = "a secret of twelve", Rule = "SQ-016", Handler = "p1", Department = "422826-1", Office = "422826";

    private readonly Dictionary<string, HttpClient> clients = [];
    private int cases;

    internal RealServer Server { get; private set; } = null!;

    /// <summary>The monitor of the office.</summary>
    internal HttpClient Monitor => clients["monitor"];

    /// <summary>The prosecutor of every case.</summary>
    internal HttpClient Prosecutor => clients["handler"];

    internal HttpClient this[string user] => clients[user];

    public async Task InitializeAsync()
    {
        Server = await RealServer.Start();
        await Server.DefineOffice();
        await (await Server.Admin.PutAsJsonAsync("/api/procuratorates/422827", new { name = "别院", level = "county" })).Json();
        await Hire("handler", ["handler"], prosecutor: Handler);
        await Hire("handler2", ["handler"], prosecutor: "p2");
        await Hire("head", ["head"], department: Department);
        await Hire("monitor", ["monitor"]);
        await Hire("leader", ["leader"]);
        await Hire("superior", ["superior"]);
        await Hire("foreigner", ["monitor", "leader"], "422827");
        // A monitor who handles cases too.
        await Hire("both", ["monitor", "handler"], prosecutor: Handler);
    }

    public async Task DisposeAsync()
    {
        foreach (HttpClient client in clients.Values) client.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>A new case with its alert.</summary>
    internal async Task<(string Case, string Alert)> Alert(string? name = "张某盗窃案")
    {
        string id = $"巴检起诉受[2026]{++cases}号";
        string accepted = JsonSerializer.Serialize(new
        {
            caseType = "PRO", procuratorate = Office, department = Department, name, receivedOn = "2026-02-09", registeredOn = "2026-02-09",
            suspects = new[] { new { suspect = "1", measure = new { kind = "arrest", from = "2026-01-10" } } },
        });
        await Server.Send(
            Events.Event($"a-{cases}", id, "case.accepted", accepted),
            Events.Event($"p-{cases}", id, "case.assigned", $$"""{"prosecutor":"{{Handler}}","mode":"designated"}"""),
            Events.Event($"i-{cases}", id, "suspect.interrogated", """{"suspect":"1","staff":1,"signed":true}"""));
        return (id, (await Shown(id)).GetProperty("id").GetString()!);
    }

    internal async Task<JsonElement> Shown(string caseId) =>
        (await Server.Case(caseId)).GetProperty("alerts").EnumerateArray().Single(a => a.GetProperty("rule").GetString() == Rule);

    internal static Task<HttpResponseMessage> Act(HttpClient client, string alert, string act, object? body, string? key = null) => Post(client, $"/api/alerts/{alert}/{act}", body, key);

    internal static async Task<HttpResponseMessage> Post(HttpClient client, string path, object? body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    private async Task Hire(string user, string[] roles, string procuratorate = Office, string? department = null, string? prosecutor = null)
    {
        await (await Server.Admin.PutAsJsonAsync("/api/users/" + user, new { password = Password, mustChangePassword = false, roles, procuratorate, department, prosecutor })).Json();
        using HttpClient stranger = Server.Client(null);
        JsonElement login = await (await stranger.PostAsJsonAsync("/api/login", new { user, password = Password })).Json();
        clients[user] = Server.Client(login.GetProperty("token").GetString());
    }
}
