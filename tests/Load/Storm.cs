using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Cluster.Serving;

namespace Cluster.Load;

/// <summary>A switch fails and comes back: every screen of an office is cut at the same instant, and all of them return at the same instant.</summary>
internal static class Storm
{
    private const char EndOfMessage = '\u001e';

    /// <summary>Sockets of one account; the server takes 32.</summary>
    private const int OfAccount = 25;

    // As the dashboard does: the server may still hold the place of the socket that was cut.
    private static readonly int[] Retries = [300, 700, 1500, 2500, 2500, 2500];

    /// <returns>Whether every socket watched again, without a refusal.</returns>
    public static async Task<bool> Measure(int sockets, int rounds)
    {
        using LoadedOffice office = await LoadedOffice.Open();
        string[] tokens = new string[(sockets + OfAccount - 1) / OfAccount];
        for (int i = 0; i < tokens.Length; i++)
        {
            await office.Admin.Put($"/api/users/screen{i}", new { password = LoadedOffice.Password, mustChangePassword = false, roles = new[] { "monitor" }, procuratorate = LoadedOffice.Procuratorate });
            using ApiClient account = await ApiClient.LogIn(office.Address, $"screen{i}", LoadedOffice.Password);
            tokens[i] = account.Token;
        }

        bool whole = true;
        ClientWebSocket[] watching = [];
        long?[] sequences = new long?[sockets];
        for (int round = 0; round <= rounds; round++)
        {
            foreach (ClientWebSocket socket in watching) socket.Dispose();
            string load = File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0] : "unknown";
            long begun = Stopwatch.GetTimestamp();
            (ClientWebSocket? Socket, double At, string? Failure)[] answers = await Task.WhenAll(Enumerable.Range(0, sockets).Select(i => Return(office.Address, tokens[i / OfAccount], sequences, i, begun)));
            watching = [.. answers.Select(a => a.Socket).OfType<ClientWebSocket>()];
            string way = round == 0 ? "first" : string.Create(CultureInfo.InvariantCulture, $"return {round}");
            Console.WriteLine($"storm: {way}: {watching.Length} of {sockets} sockets watch, {new Quantiles([.. answers.Where(a => a.Socket is not null).Select(a => a.At)]).Describe("ms")}; load average {load}");
            foreach (IGrouping<string?, (ClientWebSocket?, double, string?)> failure in answers.Where(a => a.Failure is not null).GroupBy(a => a.Failure)) Console.WriteLine($"storm: {failure.Count()} × {failure.Key}");
            whole &= watching.Length == sockets;
        }
        foreach (ClientWebSocket socket in watching) socket.Dispose();
        return whole;
    }

    private static async Task<(ClientWebSocket? Socket, double At, string? Failure)> Return(Uri server, string token, long?[] sequences, int place, long begun)
    {
        foreach (int pause in Retries)
        {
            (ClientWebSocket? Socket, double At, string? Failure) tried = await Watch(server, token, sequences, place, begun);
            if (tried.Socket is not null) return tried;
            await Task.Delay(TimeSpan.FromMilliseconds(pause), TimeProvider.System);
        }
        return await Watch(server, token, sequences, place, begun);
    }

    private static async Task<(ClientWebSocket? Socket, double At, string? Failure)> Watch(Uri server, string token, long?[] sequences, int place, long begun)
    {
        var socket = new ClientWebSocket();
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            await socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/hubs/monitor" }.Uri, patience.Token);
            await Say("""{"protocol":"json","version":1}""");
            await Say(new JsonObject { ["type"] = 1, ["invocationId"] = "1", ["target"] = "Watch", ["arguments"] = new JsonArray($"procuratorate:{LoadedOffice.Procuratorate}", sequences[place]) }.ToJsonString());
            var bytes = new MemoryStream();
            byte[] buffer = new byte[1 << 14];
            while (true)
            {
                ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
                if (part.MessageType == WebSocketMessageType.Close) throw new WebSocketException("closed by the server");
                bytes.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage) continue;
                foreach (string message in Encoding.UTF8.GetString(bytes.ToArray()).Split(EndOfMessage, StringSplitOptions.RemoveEmptyEntries))
                {
                    JsonNode read = JsonNode.Parse(message)!;
                    if ((string?)read["invocationId"] != "1") continue;
                    sequences[place] = (long?)read["result"]?["sequence"] ?? throw new InvalidOperationException((string?)read["error"] ?? message);
                    return (socket, Stopwatch.GetElapsedTime(begun).TotalMilliseconds, null);
                }
                bytes.SetLength(0);
            }

            Task Say(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text + EndOfMessage), WebSocketMessageType.Text, true, patience.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or InvalidOperationException or HttpRequestException)
        {
            socket.Dispose();
            return (null, 0, $"{e.GetType().Name}: {e.Message}");
        }
    }
}
