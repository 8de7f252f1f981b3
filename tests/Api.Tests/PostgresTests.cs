using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Api.Tests.World;
using Cluster.Shared;

namespace Cluster.Api.Tests;

/// <summary>The whole system over PostgreSQL.</summary>
public sealed class PostgresTests : IAsyncLifetime
{
    private const string Id = "巴检起诉受[2026]42282600109号";

    private PostgresServer database = null!;
    private RealServer server = null!;

    public async Task InitializeAsync()
    {
        database = await PostgresServer.StartOwn();
        await database.CreateDatabase("cluster");
        server = await RealServer.Start(postgres: database.Uri("cluster"));
        await server.DefineOffice();
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        await database.DisposeAsync();
    }

    private static string Accepted(string subject) => Events.Event(
        $"accepted-{subject}", subject, "case.accepted",
        """{"caseType":"PRO","procuratorate":"422826","department":"422826-1","name":"张某\u0000盗窃案","receivedOn":"2026-02-02","registeredOn":"2026-02-02","suspects":[{"suspect":"1\u0000","name":"张某","measure":{"kind":"arrest","from":"2026-01-10"}}]}""")
        .Replace("2026-02-09T09:30:00", "2026-02-02T09:30:00");

    private static string Asked(string subject, string id = "asked") => Events.Event($"{id}-{subject}", subject, "suspect.interrogated", """{"suspect":"1","staff":2,"signed":true}""");

    private static string Plain(JsonElement body)
    {
        JsonObject copy = JsonNode.Parse(body.ToString())!.AsObject();
        copy.Remove("asOf");
        return copy.ToJsonString();
    }

    [PostgresFact]
    public async Task A_case_is_the_same_after_a_restart_and_its_events_are_known()
    {
        Assert.Equal(["accepted", "accepted"], await server.Send(Accepted(Id), Asked(Id)));
        JsonElement before = await server.Case(Id);
        Assert.Contains(before.GetProperty("prosecutor").GetString(), (string[])["p1", "p2", "p3"]);
        Assert.Equal("张某\0盗窃案", before.GetProperty("name").GetString());
        Assert.NotEmpty(before.GetProperty("alerts").EnumerateArray());

        await server.StartAgain();

        Assert.Equal(Plain(before), Plain(await server.Case(Id)));
        Assert.Equal(["duplicate"], await server.Send(Accepted(Id)));
        Assert.Equal(Id, Assert.Single((await server.Get("/api/cases?q=" + Uri.EscapeDataString("盗窃"))).GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(
            before.GetProperty("alerts").EnumerateArray().Count(a => a.GetProperty("clearedAt").ValueKind == JsonValueKind.Null),
            (await server.Get("/api/alerts?open=true")).GetProperty("items").GetArrayLength());
    }

    [PostgresFact]
    public async Task While_the_database_is_away_senders_are_told_to_come_back_and_nobody_restarts_anything()
    {
        await server.Send(Accepted(Id));
        await database.Stop();
        HttpResponseMessage refused = await server.Admin.PostAsync("/api/events", Events.Batch(Asked(Id)));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Admin.GetAsync("/readyz")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Admin.GetAsync("/healthz")).StatusCode);

        await database.Resume();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        HttpResponseMessage answer;
        while ((answer = await server.Admin.PostAsync("/api/events", Events.Batch(Asked(Id)), patience.Token)).StatusCode == HttpStatusCode.ServiceUnavailable)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        Assert.Single((await answer.Json()).Statuses(), status => status is "accepted" or "duplicate");
        Assert.Equal(2, (await server.Case(Id)).GetProperty("history").EnumerateArray().Count(e => e.GetProperty("source").GetString() == "/test"));
    }
}
