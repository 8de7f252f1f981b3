using System.Collections.Concurrent;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Silo.Clustered;
using Grains.Tests.Silo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Runtime;

namespace Grains.Tests.Clustered;

/// <summary>One of three silos dies and another leaves while events are recorded all the time.</summary>
public sealed class LeavingTests
{
    private const int Writers = 6;
    private const int EventsPerCase = 10;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    // A call that finds nobody is asked again for six seconds, the last time for four.
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(11);

    [ClusterFact]
    public async Task When_silos_go_every_event_is_recorded_once_their_shards_live_on_and_what_the_others_commit_is_told()
    {
        await using var silos = await SilosUnderTest.Start();
        await silos.EveryShardLivesOnce();
        using var stop = new CancellationTokenSource();
        var written = new ConcurrentBag<(string Case, string Event, EventStatus Status, TimeSpan Took)>();
        var writers = Enumerable.Range(0, Writers).Select(w => Write(silos, w, written, stop.Token)).ToArray();
        await GoesOn();

        var killed = await Leaves(silos.Kill);
        var refusal = Assert.ThrowsAsync<SiloUnavailableException>(() => silos.Client.GetGrain<INodeGrain>(killed.ToParsableString()).Report()).WaitAsync(LongestAnswer, TimeProvider.System);
        await Comes();
        await Leaves(silos.Stop);
        await Comes();
        await refusal;
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        Assert.All(written, w => Assert.True(w.Took < LongestAnswer, $"{w.Event} took {w.Took}"));
        foreach (var events in written.GroupBy(w => w.Case))
        {
            var recorded = (await silos.Client.GetGrain<ICaseGrain>(events.Key).Events())!.Events.Select(e => e.Id);
            Assert.Equal(events.Select(e => e.Event).Order(StringComparer.Ordinal), recorded.Order(StringComparer.Ordinal));
        }

        await EverythingIsTold(silos);

        async Task<SiloAddress> Leaves(Func<IHost, Task> how)
        {
            var leaving = silos.Running[^1];
            var left = SilosUnderTest.Address(leaving);
            await how(leaving);
            await silos.EveryShardLivesOnce();
            Assert.DoesNotContain(await silos.Alive("shard"), shard => shard.SiloAddress.Equals(left));
            await GoesOn();
            return left;
        }

        // Who comes is followed too, and gets cases.
        async Task Comes()
        {
            var added = await silos.Add();
            await silos.Follows();
            await Eventually.Holds("the new silo commits", () => Task.FromResult(By(added).Sequences.Count > 0));
        }

        Task GoesOn()
        {
            var before = written.Count;
            return Eventually.Holds("events are recorded", () => Task.FromResult(written.Count > before + 100));
        }
    }

    // What every silo that is left committed reached the client once. News may overtake news: whoever shows them goes by their places and finds what is missing in the store.
    private static async Task EverythingIsTold(SilosUnderTest silos)
    {
        foreach (var silo in silos.Running.Take(2))
        {
            var committed = By(silo).Sequences;
            Assert.NotEmpty(committed);
            await Eventually.Holds("the client is told of everything", () => Task.FromResult(!committed.Except(silos.Told.Sequences).Any()));
        }

        var told = silos.Told.Sequences;
        Assert.Equal(told.Count, told.Distinct().Count());
        var feed = silos.Services.GetRequiredService<IFeedStore>();
        var last = await feed.Last("all");
        var kept = (await feed.After("all", 0, int.MaxValue))!.Select(item => item.Sequence).ToList();
        Assert.Equal(Enumerable.Range(1, (int)last).Select(n => (long)n), kept);
        Assert.Empty(told.Except(kept));
    }

    private static Heard By(IHost silo) => silo.Services.GetRequiredService<Heard>();

    private static async Task Write(SilosUnderTest silos, int writer, ConcurrentBag<(string, string, EventStatus, TimeSpan)> written, CancellationToken stop)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var pace = new PeriodicTimer(Pace, TimeProvider.System);
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            await pace.WaitForNextTickAsync(CancellationToken.None);
            var (one, id) = ($"c-{writer}-{i / EventsPerCase}", $"e-{writer}-{i}");
            var start = TimeProvider.System.GetTimestamp();
            var sent = i % EventsPerCase == 0 ? Sent.Arrest(id, now) : Sent.Rights(id, now);
            var outcome = Assert.Single(await silos.Client.GetGrain<ICaseGrain>(one).Record([sent]));
            Assert.NotEqual(EventStatus.Rejected, outcome.Status);
            written.Add((one, id, outcome.Status, TimeProvider.System.GetElapsedTime(start)));
        }
    }
}
