using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Cluster.Api.Tests.World;

/// <summary>Speaks the JSON hub protocol over a bare WebSocket, negotiation skipped. Messages come in the order of the wire.</summary>
internal sealed class HubClient : IAsyncDisposable
{
    private const char Separator = '\u001e';
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket socket = new();
    private readonly Queue<JsonElement> arrived = new();
    private readonly StringBuilder partial = new();
    private int invocation;

    /// <summary>Feed items that arrived while waiting for something else.</summary>
    public Queue<JsonElement> Items { get; } = new();

    public static Task<HubClient> Connect(ApiServer server, string? token, string? origin = null, string? cookie = null) =>
        Connect(server.Address, token, origin, cookie);

    public static async Task<HubClient> Connect(Uri address, string? token, string? origin = null, string? cookie = null)
    {
        var client = new HubClient();
        if (origin is not null) client.socket.Options.SetRequestHeader("Origin", origin);
        if (cookie is not null) client.socket.Options.SetRequestHeader("Cookie", cookie);
        client.socket.Options.CollectHttpResponseDetails = true;
        string query = token is null ? "" : "?access_token=" + Uri.EscapeDataString(token);
        try
        {
            await client.socket.ConnectAsync(new Uri($"ws://{address.Authority}/hubs/monitor{query}"), default);
        }
        catch (WebSocketException e)
        {
            throw new HandshakeRefused((int)client.socket.HttpStatusCode, e);
        }
        await client.Send("""{"protocol":"json","version":1}""");
        Assert.Equal("{}", (await client.Next())!.Value.ToString());
        return client;
    }

    public Task<JsonElement> Watch(string scope, long? from = null) => Invoke("Watch", scope, from);

    /// <summary>Calls a method; an error answer is thrown as its text.</summary>
    public async Task<JsonElement> Invoke(string target, params object?[] arguments)
    {
        string id = (++invocation).ToString();
        await Send(JsonSerializer.Serialize(new { type = 1, invocationId = id, target, arguments }));
        while (true)
        {
            JsonElement message = await Next() ?? throw new InvalidOperationException("The connection has ended.");
            if (message.GetProperty("type").GetInt32() == 1) Keep(message);
            else if (message.TryGetProperty("invocationId", out JsonElement answered) && answered.GetString() == id)
            {
                if (message.TryGetProperty("error", out JsonElement error)) throw new HubError(error.GetString()!);
                return message.TryGetProperty("result", out JsonElement result) ? result : default;
            }
        }
    }

    /// <summary>The next items of the feed, at least so many.</summary>
    public async Task<List<JsonElement>> Feed(int count)
    {
        while (Items.Count < count)
        {
            JsonElement message = await Next() ?? throw new InvalidOperationException("The connection has ended.");
            if (message.GetProperty("type").GetInt32() == 1) Keep(message);
        }
        return [.. Enumerable.Range(0, count).Select(_ => Items.Dequeue())];
    }

    /// <summary>Waits until the server ends the connection.</summary>
    public async Task Ended()
    {
        while (await Next() is { } message)
        {
            if (message.GetProperty("type").GetInt32() == 1) Keep(message);
        }
    }

    /// <summary>The next message; null when the server has ended the connection. Pings are skipped.</summary>
    public async Task<JsonElement?> Next()
    {
        byte[] buffer = new byte[64 * 1024];
        while (true)
        {
            if (arrived.TryDequeue(out JsonElement message))
            {
                if (message.TryGetProperty("type", out JsonElement type) && type.GetInt32() == 6) continue;
                return message.TryGetProperty("type", out type) && type.GetInt32() == 7 ? null : message;
            }
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                ValueWebSocketReceiveResult received = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
                if (received.MessageType == WebSocketMessageType.Close) return null;
                Take(Encoding.UTF8.GetString(buffer, 0, received.Count));
            }
            catch (WebSocketException)
            {
                return null;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Keep(JsonElement message)
    {
        Assert.Equal("Feed", message.GetProperty("target").GetString());
        foreach (JsonElement item in Assert.Single(message.GetProperty("arguments").EnumerateArray()).EnumerateArray()) Items.Enqueue(item);
    }

    private void Take(string text)
    {
        partial.Append(text);
        string all = partial.ToString();
        int end = all.LastIndexOf(Separator);
        if (end < 0) return;
        partial.Clear().Append(all[(end + 1)..]);
        foreach (string message in all[..end].Split(Separator)) arrived.Enqueue(JsonDocument.Parse(message).RootElement);
    }

    private Task Send(string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + Separator), WebSocketMessageType.Text, true, default);
}

internal sealed class HubError(string message) : Exception(message);

internal sealed class HandshakeRefused(int status, Exception inner) : Exception($"{status}", inner)
{
    public int Status { get; } = status;
}
