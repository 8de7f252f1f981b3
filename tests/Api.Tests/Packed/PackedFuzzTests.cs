using System.Net.WebSockets;
using System.Text.Json;
using Cluster.Api.Tests.World;
using MessagePack;

namespace Cluster.Api.Tests.Packed;

/// <summary>Frames that no client of ours sends end their own connection at most; the server stays as it was.</summary>
public sealed class PackedFuzzTests
{
    private const int Connections = 1_500;
    private const int DamagedOfConnection = 2;
    private const int AtOnce = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Nudge = TimeSpan.FromMilliseconds(150);
    private static readonly byte[] Last = new PackedWire().Call("last", "Unwatch", ["all"]);

    [Fact]
    public async Task Damaged_frames_end_their_own_connection_at_most()
    {
        await using ApiServer server = await ApiServer.Start();
        await server.DefineOffice();
        string token = await server.Token("admin", ApiServer.AdminPassword);
        server.Logs.Lines.Clear();
        int answered = 0, ended = 0;
        await Parallel.ForAsync(0, Connections, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            var dice = new Sequence((ulong)number);
            await using HubClient client = await HubClient.Connect(server.Address, token, protocol: "messagepack");
            Task<bool> reading = Read(client);
            try
            {
                await client.Send(PackedWire.Frame(Call(dice)));
                for (int i = 0; i < DamagedOfConnection; i++) await client.Send(Damaged(dice));
                await client.Send(Last);
                // What says that it is longer than it is swallows this, until there is more of it than a call may have.
                if (await Task.WhenAny(reading, Task.Delay(Nudge, TimeProvider.System)) != reading) await client.Send(new byte[40 * 1024]);
            }
            catch (WebSocketException)
            {
                // It has ended already.
            }
            if (await reading.WaitAsync(Patience, TimeProvider.System)) Interlocked.Increment(ref answered);
            else Interlocked.Increment(ref ended);
        });
        // Otherwise nothing was tried: some are damaged so that nothing can follow, some are only odd.
        Assert.True(answered > Connections / 20 && ended > Connections / 20, $"{answered} answered, {ended} ended");

        // Nothing failed that should not, nobody was left behind, and the next one is served.
        Assert.DoesNotContain(server.Logs.Lines, line => line.Contains(" Error ", StringComparison.Ordinal) || line.Contains(" Critical ", StringComparison.Ordinal));
        await using HubClient next = await HubClient.Connect(server.Address, token, protocol: "messagepack");
        Assert.True((await next.Watch("all")).TryGetProperty("snapshot", out _));
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0x0f })] // longer than any message
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 5, 0xdd, 0xff, 0xff, 0xff, 0xff })] // an array of four thousand million
    [InlineData(new byte[] { 7, 0x95, 1, 0xdf, 0xff, 0xff, 0xff, 0xff })] // as many headers
    [InlineData(new byte[] { 9, 0x95, 1, 0x80, 0xdb, 0xff, 0xff, 0xff, 0xff, (byte)'a' })] // a text as long
    [InlineData(new byte[] { 1, 0xc1 })] // a code that is none
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 1, 0xc0 })]
    [InlineData(new byte[] { 2, 0x91, 0xa0 })]
    public async Task What_is_no_message_ends_the_connection(byte[] frame)
    {
        await using ApiServer server = await ApiServer.Start();
        await using HubClient client = await HubClient.Connect(server.Address, await server.Token("admin", ApiServer.AdminPassword), protocol: "messagepack");
        await client.Send(frame);
        await client.Ended().WaitAsync(Patience, TimeProvider.System);
    }

    [Fact]
    public async Task A_call_with_an_argument_nested_without_end_is_refused_or_ends_the_connection()
    {
        await using ApiServer server = await ApiServer.Start();
        await using HubClient client = await HubClient.Connect(server.Address, await server.Token("admin", ApiServer.AdminPassword), protocol: "messagepack");
        byte[] call = [0x95, 1, 0x80, 0xa1, (byte)'1', 0xa5, .. "Watch"u8, 0x92, .. Enumerable.Repeat((byte)0x91, 30_000), 0xc0, 0xc0];
        await client.Send(PackedWire.Frame(call));
        Assert.True(await client.Next() is not { } answer || answer.TryGetProperty("error", out _));
    }

    /// <summary>Reads until the last call is answered; false if the connection ends before.</summary>
    private static async Task<bool> Read(HubClient client)
    {
        while (await client.Next() is { } message)
        {
            if (message.TryGetProperty("invocationId", out JsonElement id) && id.GetString() == "last") return true;
        }
        return false;
    }

    private static byte[] Call(Sequence dice)
    {
        object? scope = dice.Below(6) switch { 0 => "all", 1 => "procuratorate:422826", 2 => "case:" + new string('中', dice.Below(200)), 3 => null, 4 => dice.Below(1_000_000), _ => "nothing" };
        object? from = dice.Below(4) switch { 0 => null, 1 => -1L, 2 => ulong.MaxValue, _ => 0.5 };
        int type = dice.Below(12) == 0 ? dice.Below(12) : 1;
        return MessagePackSerializer.Serialize<object?[]>(
            [type, new Dictionary<string, string>(), "x" + dice.Below(1_000), dice.Below(3) == 0 ? "Unwatch" : "Watch", new[] { scope, from }]);
    }

    // Mostly inside of its frame: what damages the length has no more to say.
    private static byte[] Damaged(Sequence dice) =>
        dice.Below(4) == 0 ? Damage(PackedWire.Frame(Call(dice)), dice) : PackedWire.Frame(Damage(Call(dice), dice));

    private static byte[] Damage(byte[] bytes, Sequence dice)
    {
        for (int changes = 1 + dice.Below(2); changes > 0 && bytes.Length > 0; changes--)
        {
            int at = dice.Below(bytes.Length);
            bytes = dice.Below(6) switch
            {
                0 => [.. bytes[..at], (byte)dice.Below(256), .. bytes[at..]],
                1 => [.. bytes[..at], .. bytes[(at + 1)..]],
                2 => bytes[..at],
                3 => [.. bytes[..at], .. bytes],
                _ => [.. bytes[..at], (byte)dice.Below(256), .. bytes[(at + 1)..]],
            };
        }
        return bytes;
    }

    /// <summary>Numbers that look drawn and are the same each time (SplitMix64).</summary>
    private sealed class Sequence(ulong seed)
    {
        private ulong state = seed;

        public int Below(int bound)
        {
            ulong z = state += 0x9e3779b97f4a7c15;
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
            z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
            return (int)((z ^ (z >> 31)) % (ulong)bound);
        }
    }
}
