using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Cluster.Crash.Load;

/// <summary>
/// A screen that watches everything from the first item on and, whenever it is cut off, asks for what it missed. It checks that no sequence is left out or
/// comes twice, and keeps what the items say.
/// </summary>
/// <param name="servers">Where it connects: to the next whenever it was cut off.</param>
internal sealed class Watcher(Uri[] servers, string token)
{
    public const string Scope = "all";

    private const char EndOfMessage = '\u001e';
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(30);

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _watching = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, JsonNode> _cases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonNode> _alerts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonNode> _workloads = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonNode> _counters = new(StringComparer.Ordinal);
    private long? _sequence;
    private int _tries;
    private string? _broken;

    /// <summary>Completes when the first connection watches: what is fed before it does not see.</summary>
    public Task Watching => _watching.Task;

    /// <summary>Connections it made.</summary>
    public int Connections { get; private set; }

    /// <summary>Whether the server last ended the connection by saying so, not by dying.</summary>
    public bool ToldToClose { get; private set; }

    /// <summary>The sequence it has reached.</summary>
    public long Sequence
    {
        get
        {
            lock (_gate) return _sequence ?? 0;
        }
    }

    /// <summary>What following the items gives: the last of each case, alert, department and procuratorate.</summary>
    public (Dictionary<string, JsonNode> Cases, Dictionary<string, JsonNode> Alerts, Dictionary<string, JsonNode> Workloads, Dictionary<string, JsonNode> Counters) Followed()
    {
        lock (_gate) return (new(_cases), new(_alerts), new(_workloads), new(_counters));
    }

    /// <exception cref="BrokenClaim">A sequence was left out or came twice, or what was missed was no longer given.</exception>
    public void MustBeSound()
    {
        lock (_gate)
        {
            if (_broken is not null) throw new BrokenClaim(_broken);
        }
    }

    /// <summary>The state of everything and the sequence that it belongs to, as a new screen gets them.</summary>
    public static async Task<(long Sequence, JsonNode Snapshot)> Snapshot(Uri server, string token)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        using ClientWebSocket socket = await Connect(server, token, null, patience.Token);
        await foreach (JsonNode message in Messages(socket, patience.Token))
        {
            if ((string?)message["invocationId"] != "1") continue;
            JsonNode answer = message["result"] ?? throw new BrokenClaim($"The hub refused {Scope}: {message.ToJsonString()}");
            return ((long)answer["sequence"]!, answer["snapshot"]!);
        }
        throw new BrokenClaim("The hub closed before it answered.");
    }

    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Follow(stop);
            }
            catch (Exception e) when (e is WebSocketException or IOException or HttpRequestException or InvalidOperationException)
            {
                // No server now.
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(Breath, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Follow(CancellationToken stop)
    {
        using ClientWebSocket socket = await Connect(servers[_tries++ % servers.Length], token, _sequence, stop);
        Connections++;
        ToldToClose = false;
        await foreach (JsonNode message in Messages(socket, stop))
        {
            switch ((int?)message["type"])
            {
                case 1:
                    Take(message["arguments"]![0]!.AsArray());
                    break;
                case 3 when message["error"] is null:
                    Answered(message["result"]!);
                    break;
                case 7:
                    ToldToClose = true;
                    return;
                case 3:
                    return;
            }
        }
        ToldToClose = true;
    }

    private static async Task<ClientWebSocket> Connect(Uri server, string token, long? from, CancellationToken stop)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            await socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/hubs/monitor" }.Uri, stop);
            await Send("""{"protocol":"json","version":1}""");
            await Send(new JsonObject { ["type"] = 1, ["invocationId"] = "1", ["target"] = "Watch", ["arguments"] = new JsonArray(Scope, from) }.ToJsonString());
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        Task Send(string message) => socket.SendAsync(Encoding.UTF8.GetBytes(message + EndOfMessage), WebSocketMessageType.Text, true, stop);
    }

    private static async IAsyncEnumerable<JsonNode> Messages(ClientWebSocket socket, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        byte[] buffer = new byte[1 << 16];
        var text = new MemoryStream();
        while (true)
        {
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(), stop);
            if (part.MessageType == WebSocketMessageType.Close) yield break;
            text.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage) continue;
            string[] messages = Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length).Split(EndOfMessage, StringSplitOptions.RemoveEmptyEntries);
            text.SetLength(0);
            foreach (string message in messages) yield return JsonNode.Parse(message)!;
        }
    }

    private void Answered(JsonNode answer)
    {
        lock (_gate)
        {
            if (_sequence is not { } reached)
            {
                _sequence = (long)answer["sequence"]!;
                _watching.TrySetResult();
                return;
            }
            if (answer["missed"] is JsonArray missed) Keep(missed);
            else _broken ??= $"After {reached} the hub gave a snapshot at {answer["sequence"]} instead of what was missed.";
        }
    }

    private void Take(JsonArray items)
    {
        lock (_gate) Keep(items);
    }

    private void Keep(JsonArray items)
    {
        foreach (JsonNode? item in items)
        {
            long sequence = (long)item!["sequence"]!;
            if (sequence != _sequence + 1) _broken ??= $"After item {_sequence} came item {sequence}.";
            _sequence = sequence;
            JsonNode payload = item["payload"]!;
            switch ((string?)item["kind"])
            {
                case "case":
                    _cases[(string)payload["id"]!] = payload;
                    break;
                case "alert":
                    _alerts[(string)payload["id"]!] = payload;
                    break;
                case "workload":
                    _workloads[(string)payload["department"]!] = payload;
                    break;
                case "counters":
                    _counters[(string)payload["procuratorate"]!] = payload;
                    break;
            }
        }
    }
}
