using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Serving;

namespace Cluster.Load;

/// <summary>
/// Far more than the server can take, from two senders at once, one with single events and one with batches, beside bystanders and screens that never read.
/// Afterwards every acknowledged event must be there, once.
/// </summary>
internal static class Overload
{
    private const int SilentScreens = 8;
    private const int Sampled = 300;

    /// <returns>Whether nothing acknowledged is missing and nothing is there twice.</returns>
    public static async Task<bool> Measure(int seconds, int connections, int batches)
    {
        using LoadedOffice office = await LoadedOffice.Open();
        using var quiet = new Bystanders(office, "静");
        await quiet.Open();
        using (var time = new CancellationTokenSource(TimeSpan.FromSeconds(15), TimeProvider.System)) await quiet.Run(time.Token);
        quiet.Report("overload: before");

        using var steady = new Bystanders(office, "稳");
        using var singles = new Flood(office, "单", connections, 1);
        using var lots = new Flood(office, "批", batches, 1000);
        await steady.Open();
        await singles.Open();
        await lots.Open();
        List<ClientWebSocket> silent = await Silent(office);
        using var memory = new ServerMemory(office.Server.Id);
        TimeSpan worked = office.Server.Worked;
        long start = Stopwatch.GetTimestamp();
        using (var time = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), TimeProvider.System))
            await Task.WhenAll(steady.Run(time.Token), singles.Run(time.Token), lots.Run(time.Token));
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        worked = office.Server.Worked - worked;
        int cut = 0;
        foreach (ClientWebSocket socket in silent) cut += await IsCut(socket) ? 1 : 0;

        singles.Report(took);
        lots.Report(took);
        steady.Report("overload: meanwhile");
        Console.WriteLine(FormattableString.Invariant($"overload: offered {(singles.Offered + lots.Offered) / (double)Math.Max(1, singles.Acknowledged.Count + lots.Acknowledged.Count):0.0} times what was taken for {took.TotalSeconds:0} s; the server used {worked.TotalSeconds / took.TotalSeconds:0.00} cores; ")
            + $"{cut} of {SilentScreens} screens that never read were cut off; {memory.Describe()}");
        return await Check(office, [.. singles.Acknowledged, .. lots.Acknowledged, .. steady.Acknowledged.Select(id => (id, id))]);
    }

    private static async Task<bool> Check(LoadedOffice office, (string Id, string Case)[] acknowledged)
    {
        await office.Quiet();
        // What is there answers "duplicate"; only a lost one would be taken as new.
        int lost = 0;
        foreach ((string Id, string Case)[] some in acknowledged.Chunk(1000))
        {
            var again = some.Select(a => new CloudEvent(a.Id, $"/{LoadedOffice.Procuratorate}/tyyw", "opinion.heard", a.Case, TimeProvider.System.GetUtcNow(), new { who = "defender", suspect = "1" }));
            JsonNode answer = await office.Admin.Call(HttpMethod.Post, "/api/events", Flood.Body(JsonSerializer.SerializeToUtf8Bytes(again, ApiClient.Json), Flood.Batch));
            lost += answer["results"]!.AsArray().Count(r => (string?)r!["status"] != "duplicate");
        }
        int twice = 0, missing = 0;
        ILookup<string, string> byCase = acknowledged.ToLookup(a => a.Case, a => a.Id);
        foreach (IGrouping<string, string> one in byCase.Where((_, i) => i % Math.Max(1, byCase.Count / Sampled) == 0))
        {
            JsonNode body = await office.Admin.Get($"/api/cases/{Uri.EscapeDataString(one.Key)}");
            string[] ids = [.. body["history"]!.AsArray().Select(e => (string)e!["id"]!)];
            twice += ids.Length - ids.Distinct().Count();
            missing += one.Except(ids).Count();
        }
        Console.WriteLine($"overload: of {acknowledged.Length} acknowledged events {lost} were lost; in {Math.Min(Sampled, byCase.Count)} cases read back {missing} missing, {twice} twice");
        return lost == 0 && twice == 0 && missing == 0;
    }

    private static async Task<List<ClientWebSocket>> Silent(LoadedOffice office)
    {
        var sockets = new List<ClientWebSocket>();
        for (int i = 0; i < SilentScreens; i++)
        {
            var socket = new ClientWebSocket();
            socket.Options.SetRequestHeader("Authorization", $"Bearer {office.Admin.Token}");
            await socket.ConnectAsync(new UriBuilder(office.Address) { Scheme = "ws", Path = "/hubs/monitor" }.Uri, default);
            foreach (string message in (string[])["""{"protocol":"json","version":1}""", """{"type":1,"invocationId":"1","target":"Watch","arguments":["all",null]}"""])
                await socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, true, default);
            sockets.Add(socket);
        }
        return sockets;
    }

    // What had been sent before is still to be read; then comes the end.
    private static async Task<bool> IsCut(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System);
        byte[] buffer = new byte[1 << 18];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), patience.Token)).MessageType != WebSocketMessageType.Close)
            {
                // Still something from before.
            }
            return true;
        }
        catch (WebSocketException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            socket.Dispose();
        }
    }
}
