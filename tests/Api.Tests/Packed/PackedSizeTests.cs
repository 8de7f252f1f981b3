using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cluster.Api.Hosting;
using Cluster.Api.Live;
using Cluster.Api.Tests.World;
using Cluster.Contracts.Storage;
using Microsoft.AspNetCore.SignalR.Protocol;
using Xunit.Abstractions;

namespace Cluster.Api.Tests.Packed;

/// <summary>What either protocol costs, of what the demo sends; <c>--logger "console;verbosity=detailed"</c> shows it.</summary>
public sealed class PackedSizeTests(ITestOutputHelper output)
{
    private const int Rounds = 41;

    // Until the code is compiled as well as it gets.
    private const int WarmUp = 160;

    [Fact]
    public async Task MessagePack_is_smaller_than_JSON()
    {
        await using ApiServer server = await ApiServer.Start();
        IHubProtocol[] protocols = [.. server.Services.GetServices<IHubProtocol>()];
        foreach ((string scope, string json) in Recorded.Snapshots)
        {
            var snapshot = new RawJson(Encoding.UTF8.GetBytes(json));
            Compare($"snapshot of {scope}", protocols, () => [CompletionMessage.WithResult("1", new WatchAnswer(1, snapshot, null, () => { }))]);
        }
        FeedItem[] kept = Items();
        foreach (int most in (int[])[Subscription.LargestBatch, 1])
        {
            Compare($"1,000 items, {most} in a message, to the first screen", protocols, () => Messages(Items(), most));
            Compare($"1,000 items, {most} in a message, to every further one", protocols, () => Messages(kept, most));
        }
    }

    private static FeedItem[] Items() =>
        [.. Recorded.Items.Select((item, n) => new FeedItem("all", n + 1, item.Kind, TestClock.Start, Encoding.UTF8.GetBytes(item.Payload)))];

    private static HubMessage[] Messages(FeedItem[] items, int most) =>
        [.. items.Chunk(most).Select(batch => new InvocationMessage("Feed", [batch.Select(FeedMessage.Of).ToArray()]))];

    private void Compare(string what, IHubProtocol[] protocols, Func<HubMessage[]> messages)
    {
        var bytes = new Dictionary<string, int>();
        foreach (IHubProtocol protocol in protocols)
        {
            var times = new List<double>();
            var written = new ArrayBufferWriter<byte>(2 * 1024 * 1024);
            for (int round = -WarmUp; round < Rounds; round++)
            {
                HubMessage[] batch = messages();
                written.ResetWrittenCount();
                long start = Stopwatch.GetTimestamp();
                foreach (HubMessage message in batch) protocol.WriteMessage(message, written);
                if (round >= 0) times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }
            times.Sort();
            bytes[protocol.Name] = written.WrittenCount;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}, {protocol.Name}: {written.WrittenCount:N0} bytes, {times[Rounds / 2]:N0} µs (median of {Rounds}, best {times[0]:N0})"));
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: MessagePack has {100.0 * bytes["messagepack"] / bytes["json"]:0.0} % of the bytes"));
        Assert.True(bytes["messagepack"] < bytes["json"], what);
    }
}
