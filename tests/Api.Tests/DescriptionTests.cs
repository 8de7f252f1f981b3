using System.Text.Json.Nodes;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests;

/// <summary>The dashboard's types are made from a committed description; a server that describes itself otherwise would break it unnoticed.</summary>
public sealed class DescriptionTests : IAsyncLifetime
{
    private static readonly string[] Wording = ["summary", "description", "example", "examples"];

    // Below these the keys are names of ours, not words of OpenAPI.
    private static readonly string[] Maps = ["properties", "schemas", "paths", "content", "responses"];

    private ApiServer server = null!;

    public async Task InitializeAsync() => server = await ApiServer.Start();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task The_committed_description_is_what_the_server_serves()
    {
        using var stranger = new HttpClient { BaseAddress = server.Address };
        JsonNode served = Shape(JsonNode.Parse(await stranger.GetStringAsync("/openapi/v1.json"))!, false);
        JsonNode committed = JsonNode.Parse(await File.ReadAllTextAsync(Committed()))!;

        var differences = new List<string>();
        Compare("", committed, served, differences);
        Assert.True(differences.Count == 0,
            $"The interface has changed. If that is meant: start the server, CLUSTER_URL=http://localhost:5080 npm run api-types in dashboard, and mend what no longer compiles.\n{string.Join('\n', differences.Take(20))}");
    }

    private static string Committed()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Cluster.sln"))) at = at.Parent;
        return Path.Combine(at!.FullName, "dashboard", "src", "api", "openapi.json");
    }

    /// <summary>Shapes only, as api-types.mjs keeps them: wording may change without breaking anybody.</summary>
    private static JsonNode Shape(JsonNode node, bool isMap) => node switch
    {
        JsonArray list => new JsonArray([.. list.Select(one => one is null ? null : Shape(one, false))]),
        JsonObject value => new JsonObject(value
            .Where(p => isMap || !Wording.Contains(p.Key) || p.Value is JsonArray or JsonObject)
            .Select(p => KeyValuePair.Create(p.Key, p.Value is null ? null : (JsonNode?)Shape(p.Value, !isMap && Maps.Contains(p.Key))))),
        _ => node.DeepClone(),
    };

    private static void Compare(string path, JsonNode? committed, JsonNode? served, List<string> differences)
    {
        if (committed is JsonObject was && served is JsonObject now)
        {
            foreach (string key in was.Select(p => p.Key).Union(now.Select(p => p.Key)).Order(StringComparer.Ordinal))
            {
                if (!now.ContainsKey(key)) differences.Add($"{path}/{key} is gone");
                else if (!was.ContainsKey(key)) differences.Add($"{path}/{key} is new");
                else Compare($"{path}/{key}", was[key], now[key], differences);
            }
        }
        else if (!JsonNode.DeepEquals(committed, served))
        {
            differences.Add($"{path} was {committed?.ToJsonString() ?? "null"}, is {served?.ToJsonString() ?? "null"}");
        }
    }
}
