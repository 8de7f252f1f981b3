using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Cluster.Api.Tests.World;

/// <summary>Speaks a hub protocol over a bare WebSocket, negotiation skipped. Messages come in the order of the wire.</summary>
internal sealed class HubClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket socket = new();
    private readonly Queue<JsonElement> arrived = new();
    private readonly HubWire wire;
    private byte[] partial = [];
    private int invocation;

    private HubClient(HubWire wire) => this.wire = wire;

    /// <summary>Feed items that arrived while waiting for something else.</summary>
    public Queue<JsonElement> Items { get; } = new();

    public static Task<HubClient> Connect(ApiServer server, string? token, string? origin = null, string? cookie = null) =>
        Connect(server.Address, token, origin, cookie, server.HubProtocol);

    public static async Task<HubClient> Connect(Uri address, string? token, string? origin = null, string? cookie = null, string protocol = "json")
    {
        var client = new HubClient(HubWire.Of(protocol));
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
        await client.Shake();
        return client;
    }

    /// <summary>Sends bytes as they are.</summary>
    public Task Send(byte[] bytes) => socket.SendAsync(bytes, wire.Frames, true, default);

    public Task<JsonElement> Watch(string scope, long? from = null) => Invoke("Watch", scope, from);

    /// <summary>Calls a method; an error answer is thrown as its text.</summary>
    public async Task<JsonElement> Invoke(string target, params object?[] arguments)
    {
        string id = (++invocation).ToString();
        await Send(wire.Call(id, target, arguments));
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
        while (true)
        {
            if (arrived.TryDequeue(out JsonElement message))
            {
                int type = message.GetProperty("type").GetInt32();
                if (type == 6) continue;
                return type == 7 ? null : message;
            }
            if (!await Receive()) return null;
            Take();
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

    // In every protocol this is JSON.
    private async Task Shake()
    {
        await Send(Encoding.UTF8.GetBytes($$"""{"protocol":"{{wire.Protocol}}","version":{{wire.Version}}}""" + (char)HubWire.Separator));
        while (!partial.Contains(HubWire.Separator)) Assert.True(await Receive());
        int end = Array.IndexOf(partial, HubWire.Separator);
        Assert.Equal("{}", Encoding.UTF8.GetString(partial, 0, end));
        partial = partial[(end + 1)..];
    }

    /// <summary>Receives more; false when the server has ended the connection.</summary>
    private async Task<bool> Receive()
    {
        byte[] buffer = new byte[64 * 1024];
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            ValueWebSocketReceiveResult received = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            partial = [.. partial, .. buffer.AsSpan(0, received.Count)];
            return received.MessageType != WebSocketMessageType.Close;
        }
        catch (WebSocketException)
        {
            return false;
        }
    }

    private void Take()
    {
        int taken = 0;
        while (wire.Take(partial.AsSpan(taken), out JsonElement message) is > 0 and int bytes)
        {
            arrived.Enqueue(message);
            taken += bytes;
        }
        if (taken > 0) partial = partial[taken..];
    }
}

internal sealed class HubError(string message) : Exception(message);

internal sealed class HandshakeRefused(int status, Exception inner) : Exception($"{status}", inner)
{
    public int Status { get; } = status;
}
