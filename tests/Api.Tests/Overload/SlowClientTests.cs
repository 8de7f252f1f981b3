using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Cluster.Api.Live;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests.Overload;

/// <summary>Screens that do not read what they asked for.</summary>
public sealed class SlowClientTests : IAsyncLifetime
{
    private const int Most = 4;

    private ApiServer server = null!;
    private string admin = null!;

    public async Task InitializeAsync()
    {
        server = await ApiServer.Start(configure: services => services.Configure<LiveOptions>(live =>
        {
            live.MostOfAccount = Most;
            live.MostWatched = 3;
        }));
        await server.DefineOffice();
        admin = await server.Token("admin", ApiServer.AdminPassword);
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    private async Task<ClientWebSocket> Silent(string scope)
    {
        var socket = new ClientWebSocket();
        // The less the machine itself takes for the client, the sooner the server notices that nobody reads.
        await socket.ConnectAsync(new Uri($"ws://{server.Address.Authority}/hubs/monitor?access_token={Uri.EscapeDataString(admin)}"), default);
        foreach (string message in (string[])["""{"protocol":"json","version":1}""", JsonSerializer.Serialize(new { type = 1, invocationId = "1", target = "Watch", arguments = new object?[] { scope, null } })])
            await socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, true, default);
        return socket;
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_cut_off_and_another_gets_everything_within_a_second()
    {
        const int items = 600;
        string payload = JsonSerializer.Serialize(new { text = new string('x', 64 * 1024) });
        using ClientWebSocket silent = await Silent("all");
        await using HubClient reader = await HubClient.Connect(server, admin);
        await reader.Watch("all");

        TimeSpan slowest = TimeSpan.Zero;
        for (int i = 1; i <= items; i++)
        {
            long start = Stopwatch.GetTimestamp();
            server.Store.Feed("case", payload, "all");
            JsonElement item = Assert.Single(await reader.Feed(1));
            Assert.Equal(i, item.GetProperty("sequence").GetInt64());
            if (Stopwatch.GetElapsedTime(start) is var took && took > slowest) slowest = took;
        }
        Assert.True(slowest < TimeSpan.FromSeconds(1), $"{slowest}");

        // Nobody waits for the silent one for longer than it may take for one message.
        for (int i = 0; i < 200 && !server.Logs.Lines.Any(l => l.Contains("does not read", StringComparison.Ordinal)); i++)
        {
            server.Wall.Advance(TimeSpan.FromSeconds(6));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
        (int got, bool ended) = await Drain(silent);
        Assert.True(ended);
        Assert.InRange(got, 0, items - 1);

        // It has lost nothing: what it saw last is where it goes on.
        await using HubClient again = await HubClient.Connect(server, admin);
        JsonElement answer = await again.Watch("all", got);
        List<long> seen = [.. answer.GetProperty("missed").EnumerateArray().Select(i => i.GetProperty("sequence").GetInt64())];
        seen.AddRange((await again.Feed(items - got - seen.Count)).Select(i => i.GetProperty("sequence").GetInt64()));
        Assert.Equal(Enumerable.Range(got + 1, items - got).Select(i => (long)i), seen);
    }

    // Reads what had been sent; the sequences that came whole, and whether the connection has ended.
    private static async Task<(int Last, bool Ended)> Drain(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var text = new StringBuilder();
        byte[] buffer = new byte[1 << 18];
        bool ended = false;
        try
        {
            while (!ended)
            {
                ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
                ended = part.MessageType == WebSocketMessageType.Close;
                text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
            }
        }
        catch (WebSocketException)
        {
            ended = true;
        }
        string[] messages = text.ToString().Split('\u001e')[..^1];
        long last = messages.Select(m => JsonDocument.Parse(m).RootElement)
            .Where(m => m.TryGetProperty("type", out JsonElement type) && type.GetInt32() == 1)
            .SelectMany(m => m.GetProperty("arguments")[0].EnumerateArray().Select(i => i.GetProperty("sequence").GetInt64())).DefaultIfEmpty().Max();
        return ((int)last, ended);
    }

    [Fact]
    public async Task An_account_has_so_many_connections_and_one_that_ends_makes_room()
    {
        var open = new List<HubClient>();
        for (int i = 0; i < Most; i++) open.Add(await HubClient.Connect(server, admin));
        Assert.Equal(429, (await Assert.ThrowsAsync<HandshakeRefused>(() => HubClient.Connect(server, admin))).Status);
        await server.AddUser("monitor", ["monitor"], "422826");
        await using HubClient other = await HubClient.Connect(server, await server.Token("monitor"));
        await open[0].DisposeAsync();
        for (int i = 0; ; i++)
        {
            try
            {
                await using HubClient next = await HubClient.Connect(server, admin);
                break;
            }
            catch (HandshakeRefused) when (i < 200)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
        foreach (HubClient client in open) await client.DisposeAsync();
    }

    [Fact]
    public async Task So_many_scopes_are_watched_and_no_more_and_one_that_is_left_makes_room()
    {
        await using HubClient client = await HubClient.Connect(server, admin);
        foreach (string scope in (string[])["all", "procuratorate:422826", "department:422826-1"]) await client.Watch(scope);
        await Assert.ThrowsAsync<HubError>(() => client.Watch("prosecutor:422826-p1"));
        await using HubClient same = await HubClient.Connect(server, admin);
        await same.Watch("all");
        await client.Invoke("Unwatch", "department:422826-1");
        await client.Watch("prosecutor:422826-p1");
    }

    [Fact]
    public void A_ring_keeps_no_more_bytes_than_it_may()
    {
        var ring = new FeedRing();
        ring.Reach(0);
        byte[] payload = new byte[FeedRing.MostBytes / 10];
        for (int i = 1; i <= 50; i++) ring.Add(new Contracts.Storage.FeedItem("all", i, "case", TestClock.Start, payload));
        Assert.Null(ring.After(39, 100));
        Assert.Equal(Enumerable.Range(41, 10).Select(i => (long)i), ring.After(40, 100)!.Select(i => i.Sequence));
        // One that is larger than all it may keep is read from the store.
        ring.Add(new Contracts.Storage.FeedItem("all", 51, "case", TestClock.Start, new byte[FeedRing.MostBytes + 1]));
        Assert.Null(ring.After(50, 100));
        Assert.Empty(ring.After(51, 100)!);
        ring.Add(new Contracts.Storage.FeedItem("all", 52, "case", TestClock.Start, payload));
        Assert.Equal([52L], ring.After(51, 100)!.Select(i => i.Sequence));
    }
}
