using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Cluster.Serving;

/// <summary>Asks the hub for a scope's last sequence, past any browser.</summary>
internal static class FeedProbe
{
    private const char EndOfMessage = '\u001e';

    /// <summary>The last sequence of a scope as the server holds it now.</summary>
    public static async Task<long> Sequence(Uri server, string token, string scope)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        await socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/hubs/monitor" }.Uri, patience.Token);
        await Send("""{"protocol":"json","version":1}""");
        await Send(new JsonObject { ["type"] = 1, ["invocationId"] = "1", ["target"] = "Watch", ["arguments"] = new JsonArray(scope, null) }.ToJsonString());
        var text = new StringBuilder();
        byte[] buffer = new byte[1 << 16];
        var decoder = Encoding.UTF8.GetDecoder();
        char[] chars = new char[buffer.Length];
        while (true)
        {
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            text.Append(chars, 0, decoder.GetChars(buffer, 0, part.Count, chars, 0));
            if (!part.EndOfMessage) continue;
            foreach (string message in text.ToString().Split(EndOfMessage, StringSplitOptions.RemoveEmptyEntries))
            {
                JsonNode read = JsonNode.Parse(message)!;
                if ((string?)read["invocationId"] != "1") continue;
                return (long?)read["result"]?["sequence"] ?? throw new InvalidOperationException($"The hub refused {scope}: {message}");
            }
            text.Clear();
        }

        Task Send(string message) => socket.SendAsync(Encoding.UTF8.GetBytes(message + EndOfMessage), WebSocketMessageType.Text, true, patience.Token);
    }
}
