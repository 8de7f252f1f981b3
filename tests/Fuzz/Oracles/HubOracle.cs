using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Cluster.Fuzz.Serving;

namespace Cluster.Fuzz.Oracles;

/// <summary>Messages on a live connection: each that asks is answered once, or the connection ends; nothing hangs and nothing is told of our insides.</summary>
internal static class HubOracle
{
    public const char Separator = '\u001e';

    private static readonly TimeSpan Nudge = TimeSpan.FromMilliseconds(300);

    public static async Task<Fault?> Check(World world, Step step, TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        string query = world.Token(step.As) is { } token ? "?access_token=" + token : "";
        var received = new StringBuilder();
        try
        {
            try
            {
                await socket.ConnectAsync(new Uri($"ws://{world.Address.Authority}/hubs/monitor{query}"), deadline.Token);
            }
            catch (WebSocketException)
            {
                return (int)socket.HttpStatusCode is >= 400 and < 500 ? null : new Fault("hub-refused", $"{(int)socket.HttpStatusCode}");
            }
            return await Talk(socket, step, received, deadline.Token);
        }
        catch (OperationCanceledException)
        {
            return new Fault("hub-hang", received.ToString());
        }
    }

    private static async Task<Fault?> Talk(ClientWebSocket socket, Step step, StringBuilder received, CancellationToken deadline)
    {
        Task reading = Receive(socket, received, deadline);
        bool ended = false;
        try
        {
            foreach (string frame in step.Frames!)
            {
                bool binary = frame.StartsWith("binary:", StringComparison.Ordinal);
                byte[] bytes = Encoding.UTF8.GetBytes(binary ? frame[7..] : frame);
                await socket.SendAsync(bytes, binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, true, deadline);
            }
            // The last question of every step; when it is answered, so is all before it.
            await socket.SendAsync(Encoding.UTF8.GetBytes("""{"type":1,"invocationId":"last","target":"Unwatch","arguments":["none"]}""" + Separator), WebSocketMessageType.Text, true, deadline);
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            ended = true;
        }
        try
        {
            // The library stops reading at a message of a kind it does not know, until more arrives.
            while (!ended && await Task.WhenAny(reading, Task.Delay(Nudge, TimeProvider.System, deadline)) != reading)
                await socket.SendAsync(Encoding.UTF8.GetBytes("""{"type":6}""" + Separator), WebSocketMessageType.Text, true, deadline);
            await reading;
        }
        catch (WebSocketException)
        {
            ended = true;
        }
        string all = received.ToString();
        // How the protocol's library marks a refusal.
        if (AnswerOracle.LeakIn(all.Replace("HubException", "", StringComparison.Ordinal)) is { } leak) return new Fault("leak", $"'{leak}' in {all}");
        ended |= !all.Contains("\"invocationId\":\"last\"", StringComparison.Ordinal);
        return Answers(step, all, ended);
    }

    private static async Task Receive(ClientWebSocket socket, StringBuilder received, CancellationToken deadline)
    {
        byte[] buffer = new byte[64 * 1024];
        var bytes = new MemoryStream();
        while (true)
        {
            ValueWebSocketReceiveResult result = await socket.ReceiveAsync(buffer.AsMemory(), deadline);
            if (result.MessageType == WebSocketMessageType.Close) return;
            bytes.Write(buffer, 0, result.Count);
            if (!result.EndOfMessage) continue;
            string text = Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
            bytes.SetLength(0);
            received.Append(text);
            if (text.Contains("\"invocationId\":\"last\"", StringComparison.Ordinal)) return;
        }
    }

    private static Fault? Answers(Step step, string received, bool ended)
    {
        var answered = new Dictionary<string, int>();
        foreach (string message in received.Split(Separator, StringSplitOptions.RemoveEmptyEntries))
        {
            if (Parse(message) is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.Number && type.GetInt32() == 3
                && root.TryGetProperty("invocationId", out JsonElement id))
                answered[id.GetString()!] = answered.GetValueOrDefault(id.GetString()!) + 1;
        }
        if (ended) return null;
        // What comes before the first separator is the handshake, whatever it is.
        string sent = string.Concat(step.Frames!.Select(f => f.StartsWith("binary:", StringComparison.Ordinal) ? f[7..] : f));
        foreach (string id in Asked(sent[(sent.IndexOf(Separator) + 1)..]).Distinct())
        {
            if (!answered.ContainsKey(id)) return new Fault("hub-silent", $"'{id}' was not answered: {received}");
        }
        return null;
    }

    // Ids of well-formed calls of a method; what else is sent may be ignored.
    private static IEnumerable<string> Asked(string messages)
    {
        foreach (string message in messages.Split(Separator, StringSplitOptions.RemoveEmptyEntries))
        {
            if (Parse(message) is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.Number
                && type.TryGetInt32(out int kind) && kind == 1 && root.TryGetProperty("invocationId", out JsonElement id) && id.ValueKind == JsonValueKind.String
                && root.TryGetProperty("target", out JsonElement target) && target.ValueKind == JsonValueKind.String
                && root.TryGetProperty("arguments", out JsonElement arguments) && arguments.ValueKind == JsonValueKind.Array)
                yield return id.GetString()!;
        }
    }

    private static JsonElement? Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
