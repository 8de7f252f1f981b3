using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cluster.Serving;

/// <summary>A logged-in caller of the HTTP interface.</summary>
internal sealed class ApiClient : IDisposable
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly MediaTypeHeaderValue Batch = new("application/cloudevents-batch+json");

    private ApiClient(HttpClient http) => Http = http;

    public HttpClient Http { get; }

    /// <summary>The session's token.</summary>
    public string Token { get; private set; } = "";

    /// <summary>Logs in.</summary>
    /// <exception cref="HttpRequestException">The server refused.</exception>
    public static async Task<ApiClient> LogIn(Uri server, string user, string password)
    {
        var client = new ApiClient(new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromMinutes(10) });
        JsonNode session = await client.Call(HttpMethod.Post, "/api/login", JsonContent.Create(new { user, password }));
        client.Token = (string)session["token"]!;
        client.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", client.Token);
        return client;
    }

    public Task<JsonNode> Get(string path) => Call(HttpMethod.Get, path, null);

    public Task<JsonNode> Put(string path, object body) => Call(HttpMethod.Put, path, JsonContent.Create(body, options: Json));

    /// <summary>Posts up to 1,000 events as one batch.</summary>
    /// <exception cref="HttpRequestException">The server refused the batch or one of the events.</exception>
    public async Task Send(params CloudEvent[] events)
    {
        JsonNode answer = await Call(HttpMethod.Post, "/api/events", JsonContent.Create(events, Batch, Json));
        if (answer["results"]!.AsArray().FirstOrDefault(r => (string?)r!["status"] != "accepted") is { } refused)
            throw new HttpRequestException($"An event was not accepted: {refused.ToJsonString()}");
    }

    /// <summary>Every item of a list, page after page.</summary>
    /// <param name="path">With a query, without limit and cursor.</param>
    public async Task<IReadOnlyList<JsonNode>> List(string path)
    {
        var items = new List<JsonNode>();
        for (string? cursor = ""; cursor is not null;)
        {
            JsonNode page = await Get($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=500{(cursor.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            items.AddRange(page["items"]!.AsArray()!);
            cursor = (string?)page["next"];
        }
        return items;
    }

    /// <summary>One call; an answer other than 2xx throws and tells what the server said.</summary>
    public async Task<JsonNode> Call(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using HttpResponseMessage answer = await Http.SendAsync(request);
        string body = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new HttpRequestException($"{method} {path} answered {(int)answer.StatusCode}: {body}", null, answer.StatusCode);
        return JsonNode.Parse(body)!;
    }

    public void Dispose() => Http.Dispose();
}
